"""The month of today as a grid of days."""

import datetime as dt

import pytest

from contest_portal.desk.month import MonthGrid
from outreach.queries import activity_board
from outreach.states import ActivityState
from tests.factories.outreach import (
    district_of,
    make_activity,
    make_contest,
    make_table,
)

TODAY = dt.date(2023, 5, 17)


def test_weeks_begin_on_monday_and_are_filled_up():
    grid = MonthGrid([], today=TODAY)

    assert len(grid.weeks) == 5
    assert {len(week) for week in grid.weeks} == {7}
    assert grid.weeks[0][0].date == dt.date(2023, 5, 1)
    assert [day.date for day in grid.weeks[4] if not day.is_in_month] == [
        dt.date(2023, 6, day) for day in (1, 2, 3, 4)
    ]
    assert [day.date for week in grid.weeks for day in week if day.is_today] == [TODAY]


@pytest.mark.django_db
def test_days_carry_the_activities_that_stand_on_them():
    contest = make_contest()
    stations = make_table(district_of(contest)).stations.all()
    others = make_table(district_of(contest, "xihu")).stations.all()
    held = dt.date(2023, 5, 12)
    both, late = dt.date(2023, 5, 20), dt.date(2023, 5, 31)
    make_activity(stations[0], position=1, on=held, state=ActivityState.HELD)
    make_activity(stations[1], position=2, on=both, state=ActivityState.HELD)
    make_activity(others[0], position=1, on=both)
    make_activity(others[1], position=2, on=late, hour=21)
    make_activity(stations[2], position=3, on=TODAY, state=ActivityState.PENDING)

    grid = MonthGrid(activity_board(contest), today=TODAY)

    days = {day.date: day for week in grid.weeks for day in week if day.dots}
    assert {date: day.state for date, day in days.items()} == {
        held: "held",
        both: "confirmed",
        late: "confirmed",
    }
    assert [dot.position for dot in days[both].dots] == [2, 1]
    assert grid.districts == ["上城区", "拱墅区", "西湖区"]
