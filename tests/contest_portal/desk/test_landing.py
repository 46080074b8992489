"""The official account's page (rule 87): read by anybody, one button to begin."""

import datetime as dt

import pytest

from tests.factories.contests import make_shipped_contest

pytestmark = pytest.mark.django_db

ADDRESS = "/h5/"
BUTTON = (
    '<p class="landing-go"><a class="button button-main button-large" href="/submit/">'
)


@pytest.fixture
def on(settings):
    def on(*day):
        settings.DEMO_TODAY = dt.date(*day)

    return on


def test_everybody_may_read_it_and_begin(client, on):
    on(2023, 6, 1)
    contest = make_shipped_contest()

    page = client.get(ADDRESS).content.decode()

    assert contest.rulebook.contest.title_short in page
    assert BUTTON in page
    assert "点击报名投稿" in page
    assert all(unit.summary in page for unit in contest.rulebook.units)


def test_after_the_collection_nothing_can_be_begun(client, on):
    on(2023, 11, 1)
    make_shipped_contest()

    page = client.get(ADDRESS).content.decode()

    assert BUTTON not in page


def test_without_a_contest_there_is_no_page(client):
    assert client.get(ADDRESS).status_code == 404


def test_it_takes_no_form(client):
    make_shipped_contest()

    assert client.post(ADDRESS).status_code == 405
