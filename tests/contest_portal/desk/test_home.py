"""The home page: what it shows of the contest, its works and its activities."""

import pytest
from django.urls import reverse

from contest_portal.desk.home import Home
from contests.models import Contest
from submissions.models import Submission
from submissions.states import State
from tests.factories.accounts import CitizenFactory
from tests.factories.contests import (
    make_miniature_contest,
    make_shipped_contest,
    make_wenzhou_contest,
)
from tests.factories.submissions import COLLECTING, make_contest, make_handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


def test_without_a_contest_the_page_says_so(client):
    response = client.get("/")

    assert response.status_code == 200
    assert response.templates[0].name == "desk/no_contest.html"


def test_the_page_names_every_unit_and_track_of_the_rule_book(client):
    contest = make_shipped_contest()

    html = client.get("/").content.decode()

    book = contest.rulebook
    names = [unit.name for unit in book.units] + [track.name for track in book.tracks]
    assert [name for name in names if name not in html] == []
    assert html.count('class="scroll"') == len(book.units)


def test_another_contest_has_a_home_page_of_its_own(client):
    contest = make_miniature_contest()

    html = client.get("/").content.decode()

    assert html.count('class="scroll"') == len(contest.rulebook.units)
    assert "img/home-wide.jpg" in html


def test_two_units_have_words_of_their_own(client):
    assert len(make_wenzhou_contest().rulebook.units) == 2
    client.cookies["django_language"] = "en"

    html = client.get("/").content.decode()

    assert "Two units: which one would you film?" in html


def test_a_unit_counts_what_was_handed_in_and_not_taken_back(contest):
    unit = contest.units.first()
    make_handed_in(contest, unit=unit, state=State.ACCEPTED)
    make_handed_in(contest, unit=unit, state=State.SUBMITTED)
    make_handed_in(contest, unit=unit, state=State.WITHDRAWN)

    counts = {scroll.key: scroll.count for scroll in Home(contest, at=COLLECTING).units}

    assert counts == {u.key: 2 if u == unit else 0 for u in contest.units.all()}


def test_works_are_shown_once_accepted(contest):
    make_handed_in(contest, title="Seen", state=State.ACCEPTED)
    make_handed_in(contest, title="Not yet", state=State.SCREENING)

    tiles = Home(contest, at=COLLECTING).tiles

    assert [tile.title for tile in tiles] == ["Seen"]


def test_a_chip_filters_works_by_category(client, contest):
    film = contest.categories.get(media="video")
    make_handed_in(contest, title="A film", category=film, state=State.ACCEPTED)
    make_handed_in(contest, title="A photo", state=State.ACCEPTED)

    html = client.get("/", {"category": film.key}).content.decode()

    assert "A film" in html
    assert "A photo" not in html


def test_htmx_gets_the_works_alone(client, contest):
    make_handed_in(contest, title="A film", state=State.ACCEPTED)

    html = client.get("/", headers={"HX-Request": "true"}).content.decode()

    assert "A film" in html
    assert "<html" not in html


def test_htmx_gets_the_whole_page_when_it_goes_back_in_history(client, contest):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    response = client.get("/", headers=headers)

    assert "<html" in response.content.decode()
    assert "HX-Request" in response.headers["Vary"]


def test_nothing_selected_leaves_the_list_empty(contest):
    make_handed_in(contest, state=State.ACCEPTED)

    assert Home(contest, at=COLLECTING, selected=True).tiles == []


def test_the_page_costs_the_same_queries_for_one_work_and_for_many(
    client, contest, django_assert_max_num_queries
):
    for works in (1, 3):
        while Submission.objects.count() < works:
            make_handed_in(contest, state=State.ACCEPTED)

        with django_assert_max_num_queries(12):
            client.get("/")


def test_the_home_page_names_the_contest_only_through_its_rule_book(client):
    Contest.objects.all().delete()
    make_miniature_contest()

    html = client.get("/").content.decode()

    assert "杭州" not in html


def test_a_signed_in_citizen_is_led_to_the_own_works(client, contest):
    client.force_login(CitizenFactory())

    html = client.get("/").content.decode()

    assert f'href="{reverse("submissions:mine")}"' in html
    assert reverse("account_login") not in html
