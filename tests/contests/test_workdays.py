"""Working days by the holiday calendar."""

import datetime as dt

import pytest
from django.core.management import call_command

from contests import clock
from contests.models import CalendarDay
from contests.workdays import WorkCalendar

pytestmark = pytest.mark.django_db

GOLDEN_WEEK_EVE = dt.date(2023, 9, 27)  # a Wednesday


def at(day, hour=15):
    return clock.start_of(day) + dt.timedelta(hours=hour)


def test_five_working_days_reach_over_the_golden_week_and_its_worked_weekend():
    calendar = WorkCalendar()

    # The 27th itself counts as the first of five (REQUIREMENTS, publicity).
    last = calendar.after(GOLDEN_WEEK_EVE - dt.timedelta(days=1), days=5)

    assert last == dt.date(2023, 10, 9)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (dt.date(2023, 9, 27), True),
        (dt.date(2023, 9, 29), False),  # Mid-Autumn, a Friday
        (dt.date(2023, 10, 7), True),  # a Saturday worked
        (dt.date(2023, 10, 14), False),  # a plain Saturday
        (dt.date(2040, 6, 4), True),  # beyond the calendar: Monday to Friday
        (dt.date(2040, 6, 3), False),
    ],
)
def test_a_day_is_worked_by_the_calendar_or_by_its_weekday(day, is_working):
    assert WorkCalendar().is_working_day(day) is is_working


def test_an_edited_day_counts_and_a_later_migrate_leaves_it():
    CalendarDay.objects.filter(day=dt.date(2023, 9, 29)).update(is_working=True)
    CalendarDay.objects.filter(day=dt.date(2023, 10, 7)).delete()

    call_command("migrate", verbosity=0)

    calendar = WorkCalendar()
    assert calendar.is_working_day(dt.date(2023, 9, 29)) is True
    assert calendar.is_working_day(dt.date(2023, 10, 7)) is False


def test_an_empty_year_is_filled_by_the_next_migrate():
    CalendarDay.objects.filter(day__year=2024).delete()

    call_command("migrate", verbosity=0)

    assert WorkCalendar().is_working_day(dt.date(2024, 10, 1)) is False


@pytest.mark.parametrize(
    ("came", "due"),
    [
        (dt.date(2023, 9, 25), dt.date(2023, 9, 27)),  # Monday
        (dt.date(2023, 9, 27), dt.date(2023, 10, 7)),  # over the holidays
        (dt.date(2023, 9, 23), dt.date(2023, 9, 26)),  # on a Saturday
    ],
)
def test_two_working_days_end_with_the_second_one(came, due):
    assert WorkCalendar().due(at(came), days=2) == clock.end_of(due)


@pytest.mark.parametrize("day", [dt.date(2023, 9, 20 + n) for n in range(10)])
@pytest.mark.parametrize("came", [dt.date(2023, 9, 15 + n) for n in range(14)])
def test_overdue_is_exactly_what_was_due_before(came, day):
    calendar, now = WorkCalendar(), at(day, hour=9)

    is_overdue = at(came, hour=23) < calendar.overdue_before(now, days=2)

    assert is_overdue == (calendar.due(at(came, hour=23), days=2) <= now)


def test_waiting_counts_the_working_days_since_with_today():
    calendar, came = WorkCalendar(), at(GOLDEN_WEEK_EVE)

    waited = [
        calendar.waited(came, at=at(day))
        for day in (GOLDEN_WEEK_EVE, dt.date(2023, 10, 6), dt.date(2023, 10, 9))
    ]

    assert waited == [0, 1, 4]


def test_the_calendar_says_how_far_it_is_known():
    CalendarDay.objects.all().delete()
    unknown = WorkCalendar().known_until
    CalendarDay.objects.create(day=dt.date(2031, 10, 1), is_working=False)

    assert (unknown, WorkCalendar().known_until) == (None, dt.date(2031, 10, 1))
