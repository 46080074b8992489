"""What outreach tells the pages below it."""

import datetime as dt

import pytest

from outreach.states import RecommendationState
from submissions.coming import coming
from submissions.duties import Board
from tests.factories.accounts import CitizenFactory
from tests.factories.outreach import (
    district_of,
    make_activity,
    make_contest,
    make_table,
)

pytestmark = pytest.mark.django_db


def test_one_s_own_page_ends_with_the_next_activities(client, settings):
    settings.DEMO_TODAY = dt.date(2023, 5, 12)
    station = make_table(district_of(make_contest())).stations.first()
    activity = make_activity(station, position=3)
    client.force_login(CitizenFactory())

    response = client.get("/my/")

    assert response.context["activities"] == [activity]
    assert activity.station.name in response.content.decode()


def test_without_a_contest_nothing_comes():
    assert coming(dt.datetime(2023, 5, 12, tzinfo=dt.UTC)) == []


def board_lines(contest, at):
    return {
        (line.organisation.name, line.done.handed_in, line.done.in_time)
        for line in Board(contest, at=at).lines
        if line.done.handed_in
    }


@pytest.mark.parametrize("is_late", [False, True])
def test_stations_in_tables_handed_in_count_on_the_duty_board(is_late):
    contest = make_contest()
    table = make_table(
        district_of(contest), state=RecommendationState.HANDED_IN, is_late=is_late
    )

    lines = board_lines(contest, at=dt.datetime(2023, 5, 12, tzinfo=dt.UTC))

    stations = table.stations.count()
    in_time = 0 if is_late else stations
    assert lines == {(table.organisation.name, stations, in_time)}


def test_stations_of_a_draft_do_not_count():
    contest = make_contest()
    make_table(district_of(contest), state=RecommendationState.DRAFT)

    assert board_lines(contest, at=dt.datetime(2023, 5, 12, tzinfo=dt.UTC)) == set()
