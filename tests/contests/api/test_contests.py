"""Contests for the carousel and the search of a mini-program (rule 85)."""

import datetime as dt

import pytest

from tests.factories.contests import make_shipped_contest
from tests.factories.submissions import make_contest

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/contests/"


def keys(client, search=""):
    return [each["key"] for each in client.get(ADDRESS, {"search": search}).json()]


def test_a_card_has_all_a_carousel_shows(client, settings):
    settings.DEMO_TODAY = dt.date(2023, 6, 1)
    contest = make_shipped_contest()

    [card] = client.get(ADDRESS).json()

    assert (card["title_full"], card["title_short"], card["theme"]) == (
        contest.title_full,
        contest.title_short,
        contest.rulebook.contest.theme,
    )
    assert (card["starts_on"], card["collection_ends_on"]) == (
        "2023-05-10",
        "2023-10-31",
    )
    assert (card["is_open"], card["is_current"]) == (True, True)
    assert card["landing"] == "http://testserver/h5/"
    assert client.get(card["rulebook"]).status_code == 200
    assert [
        (picture["content_type"], picture["url"].rpartition("/")[2])
        for picture in card["picture"]
    ] == [("image/avif", "home-wide.avif"), ("image/jpeg", "home-wide.jpg")]


@pytest.mark.parametrize(
    "search",
    [
        "志愿同行 ‘益’起亚运",
        "志愿同行益起亚运",
        "“益”起亚运",
        "全民参与“志愿善城”",
        "2023 年度",
        "２０２３年度",
    ],
)
def test_a_contest_is_found_by_its_full_or_short_title(client, search):
    shipped = make_shipped_contest()
    make_contest(key="valley")

    assert keys(client, search) == [shipped.key]


def test_a_title_nobody_has_finds_nothing(client):
    make_shipped_contest()

    assert keys(client, "云溪镇") == []


def test_the_contest_opened_last_comes_first_and_leads_somewhere(client):
    make_shipped_contest()
    make_contest(key="valley")

    cards = client.get(ADDRESS).json()

    assert [(card["key"], bool(card["landing"])) for card in cards] == [
        ("valley", True),
        ("hangzhou-2023", False),
    ]


def test_there_may_be_no_contest_yet(client):
    assert client.get(ADDRESS).json() == []
