"""When things open and close, at the boundaries."""

import datetime as dt

import pytest

from contests import clock, deadlines
from tests.factories.contests import make_miniature_contest, make_shipped_contest

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)


def at(month, day, *time, year=2031):
    moment = dt.datetime.combine(dt.date(year, month, day), dt.time(*time))
    return moment.replace(tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.mark.parametrize(
    ("moment", "accepted"),
    [
        (at(2, 28, 23, 59, 59), False),
        (at(3, 1), True),
        (at(5, 31, 23, 59, 59), True),
        (at(5, 31, 23, 59, 59, 999_999), True),
        (at(6, 1), False),
    ],
)
def test_works_are_taken_to_24_00_of_the_last_day(moment, accepted):
    contest = make_miniature_contest()

    assert deadlines.accepts_submissions(contest, at=moment) is accepted


def test_the_last_second_counts_in_the_contest_s_time_zone_not_in_utc():
    contest = make_miniature_contest()

    last_second = dt.datetime(2031, 5, 31, 15, 59, 59, tzinfo=dt.UTC)

    assert deadlines.accepts_submissions(contest, at=last_second)
    assert not deadlines.accepts_submissions(contest, at=last_second + SECOND)


def test_the_collection_ends_with_the_first_moment_of_the_next_day():
    contest = make_miniature_contest()

    assert deadlines.collection_ends_at(contest) == at(6, 1)


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        (at(5, 30), 1),
        (at(5, 30, 23, 59, 59), 1),
        (at(5, 31), 0),
        (at(6, 1), 0),
        (at(6, 20), 0),
    ],
)
def test_days_left_are_counted_by_the_calendar(moment, left):
    contest = make_miniature_contest()

    assert deadlines.days_left(contest, at=moment) == left


def test_a_utc_moment_late_in_the_day_is_counted_on_the_contest_s_day():
    contest = make_miniature_contest()

    after_midnight_here = dt.datetime(2031, 5, 29, 16, 0, tzinfo=dt.UTC)

    assert deadlines.days_left(contest, at=after_midnight_here) == 1


@pytest.mark.parametrize("time", [(0, 0, 0), (12, 0, 0), (23, 59, 59)])
def test_the_demonstration_lives_38_days_before_the_deadline(time):
    contest = make_shipped_contest()

    moment = at(9, 23, *time, year=2023)

    assert deadlines.days_left(contest, at=moment) == 38


@pytest.mark.parametrize(
    ("moment", "key"),
    [
        (at(5, 9, 23, 59, 59, year=2023), None),
        (at(5, 10, year=2023), "selection-1"),
        (at(7, 31, 23, 59, 59, year=2023), "selection-1"),
        (at(8, 1, year=2023), "selection-2"),
        (at(10, 31, 23, 59, 59, year=2023), "selection-2"),
        (at(11, 1, year=2023), None),
    ],
)
def test_a_work_belongs_to_the_selection_of_its_day(moment, key):
    contest = make_shipped_contest()

    stage = deadlines.selection_stage_for(contest, submitted_at=moment)

    assert (stage and stage.key) == key


def test_a_returned_work_has_until_24_00_of_the_last_day_given():
    contest = make_miniature_contest()

    due = deadlines.correction_due(contest.rulebook, at=at(4, 10, 9, 30))

    assert due == clock.start_of(dt.date(2031, 4, 13))
