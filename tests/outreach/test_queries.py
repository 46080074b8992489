import datetime as dt

import pytest

from contests import clock
from outreach.queries import (
    activity_board,
    districts_with_tables,
    districts_without_table,
    next_activities,
    tables_waiting,
)
from outreach.states import ActivityState, RecommendationState
from tests.factories.judging import make_contest as make_contest_without_outreach
from tests.factories.outreach import (
    BEFORE_DUE,
    district_of,
    make_activity,
    make_contest,
    make_officer,
    make_organiser,
    make_table,
)

pytestmark = pytest.mark.django_db
TODAY = clock.start_of(dt.date(2023, 5, 12)) + dt.timedelta(hours=15)


@pytest.fixture
def contest():
    return make_contest()


def test_next_activities_are_the_confirmed_ones_not_over_in_order(contest):
    stations = make_table(district_of(contest)).stations.all()
    others = make_table(district_of(contest, "xihu")).stations.all()
    later = make_activity(stations[0], position=3)
    running = make_activity(stations[1], position=2, on=TODAY.date(), hour=14)
    make_activity(stations[2], position=1, on=TODAY.date(), hour=13)
    make_activity(others[0], position=1, state=ActivityState.PENDING)
    make_activity(others[1], position=2, state=ActivityState.HELD)

    assert next_activities(contest, at=TODAY) == [running, later]
    assert next_activities(contest, at=TODAY, limit=1) == [running]


def test_next_activities_are_of_one_contest(contest):
    make_activity(make_table(district_of(contest)).stations.first(), position=3)

    assert next_activities(make_contest_without_outreach(), at=TODAY) == []


def test_the_board_has_a_dot_for_each_activity_planned_or_not(contest):
    stations = make_table(district_of(contest)).stations.all()
    held = make_activity(stations[0], position=1, state=ActivityState.HELD)
    confirmed = make_activity(stations[1], position=2)
    make_activity(stations[2], position=3, state=ActivityState.PENDING)

    board = activity_board(contest)

    may = board[0]
    shangcheng, gongshu, _xihu = may.districts
    assert [month.month for month in board] == [5, 6, 7, 8, 9]
    assert sum(month.total for month in board) == 42
    assert [dot.state for dot in shangcheng.dots] == ["held", "confirmed", "open"]
    assert [dot.activity for dot in shangcheng.dots][:2] == [held, confirmed]
    assert [dot.state for dot in gongshu.dots] == ["open"] * 3
    assert (may.held, may.fixed, may.total) == (1, 2, 9)


def test_the_board_costs_the_same_however_much_is_planned(contest, queries_of):
    first, second, third = (
        make_table(district_of(contest, key)).stations.first()
        for key in ("shangcheng", "xihu", "yuhang")
    )
    make_activity(first)
    with_one = queries_of(lambda: activity_board(contest))
    make_activity(second)
    make_activity(third)

    assert queries_of(lambda: activity_board(contest)) == with_one == 2


def test_a_district_officer_sees_the_own_district_and_organisers_all(contest):
    officer = make_officer(district_of(contest, "xihu"))
    organiser = make_organiser(contest)

    seen = districts_with_tables(contest, user=officer)
    all_seen = districts_with_tables(contest, user=organiser)

    assert [district.key for district in seen] == ["xihu"]
    assert len(all_seen) == 14


def test_tables_wait_in_the_order_they_came(contest):
    day = dt.timedelta(days=1)
    late = make_table(
        district_of(contest, "xihu"),
        state=RecommendationState.HANDED_IN,
        handed_in_at=BEFORE_DUE + day,
    )
    early = make_table(
        district_of(contest, "yuhang"), state=RecommendationState.HANDED_IN
    )
    make_table(district_of(contest), state=RecommendationState.ACCEPTED)

    assert list(tables_waiting(contest)) == [early, late]


def test_a_district_without_table_is_one_that_still_owes_it(contest):
    for key, state in (
        ("shangcheng", RecommendationState.HANDED_IN),
        ("gongshu", RecommendationState.ACCEPTED),
        ("xihu", RecommendationState.RETURNED),
        ("binjiang", RecommendationState.DRAFT),
    ):
        make_table(district_of(contest, key), state=state)

    owing = [district.key for district in districts_without_table(contest)]

    assert len(owing) == 12
    assert owing[:2] == ["xihu", "binjiang"]
