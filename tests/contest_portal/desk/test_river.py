"""The time plan as a river, and the countdown beside it."""

import datetime as dt

import pytest
from django.utils import translation

from contest_portal.desk import river
from contests import clock
from tests.factories.contests import shipped_rulebook


@pytest.fixture
def book():
    return shipped_rulebook()


def moment(text):
    return clock.start_of(dt.date.fromisoformat(text[:10])) + dt.timedelta(
        hours=int(text[11:13] or 0), minutes=int(text[14:16] or 0)
    )


@pytest.mark.parametrize(
    ("today", "states"),
    [
        ("2023-05-09", ["next", "next", "next", "next", "next"]),
        ("2023-05-10", ["now", "now", "next", "next", "next"]),
        ("2023-05-11", ["done", "now", "next", "next", "next"]),
        ("2023-07-31", ["done", "now", "next", "next", "next"]),
        ("2023-08-01", ["done", "done", "now", "next", "next"]),
        ("2023-11-01", ["done", "done", "done", "now", "now"]),
        ("2024-01-01", ["done", "done", "done", "done", "done"]),
    ],
)
def test_stages_are_past_present_or_to_come(book, today, states):
    points = river.points(book, today=dt.date.fromisoformat(today))

    assert [point.state for point in points] == states


def test_the_water_has_come_as_far_as_the_latest_stage_that_began(book):
    points = river.points(book, today=dt.date(2023, 9, 23))

    assert [(point.flow, point.is_here) for point in points] == [
        ("past", False),
        ("arriving", False),
        ("", True),
        ("", False),
        ("", False),
    ]


def test_the_drawn_water_ends_at_the_present_stage(book):
    points = river.points(book, today=dt.date(2023, 9, 23))

    course = river.course(points)

    assert course["now"].endswith("600 24")
    assert course["past"].endswith("360 76")
    assert (course["turn"], course["here"]) == (360, 600)


def test_nothing_is_drawn_as_travelled_before_the_first_stage(book):
    points = river.points(book, today=dt.date(2023, 1, 1))

    course = river.course(points)

    assert (course["past"], course["now"]) == ("", "")


def test_a_plan_without_stages_has_no_river():
    assert river.course([]) == {}


@pytest.mark.parametrize(
    ("at", "number", "unit", "day"),
    [
        ("2023-05-01 00:00", 9, "days", None),
        ("2023-09-23 16:35", 38, "days", "2023-10-31"),
        ("2023-07-31 00:00", 1, "days", "2023-07-31"),
        ("2023-07-31 00:01", 23, "hours", "2023-07-31"),
        ("2023-07-31 23:30", 30, "minutes", "2023-07-31"),
        ("2023-08-01 00:00", 92, "days", "2023-10-31"),
        ("2023-11-01 00:00", 61, "days", "2023-12-31"),
    ],
)
def test_the_countdown_leads_to_the_next_date(book, at, number, unit, day):
    with translation.override("en"):
        countdown = river.countdown(book, at=moment(at))

    last_day = day and dt.date.fromisoformat(day)
    assert (countdown.number, countdown.unit, countdown.last_day) == (
        number,
        unit,
        last_day,
    )


def test_the_countdown_is_over_with_the_contest(book):
    assert river.countdown(book, at=moment("2024-01-01 00:00")) is None
