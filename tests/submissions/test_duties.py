"""The duty board counts what stands in the contest, to the last minute of the day."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contests import clock
from submissions.duties import Board, as_sheet
from submissions.states import State
from tests.factories.accounts import OrganisationFactory
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_handed_in,
)

pytestmark = pytest.mark.django_db

DUE = dt.date(2031, 6, 30)
LAST_MOMENT = clock.end_of(DUE) - dt.timedelta(microseconds=1)
CLAUSE = "MP4 only."


def duty(key="media", **changes):
    return {
        "key": key,
        "organisation_kind": "media",
        "count": 2,
        "due_on": DUE.isoformat(),
        "clause": CLAUSE,
        "rule": "1",
    } | changes


@pytest.fixture
def contest():
    return make_contest(duties=[duty()])


@pytest.fixture
def body(contest):
    return OrganisationFactory(contest=contest, name="The Valley Post")


def recommend(body, *, count=1, at=COLLECTING, **fields):
    for _number in range(count):
        make_handed_in(body.contest, recommended_by=body, submitted_at=at, **fields)


def the_line(contest, at=COLLECTING):
    [line] = Board(contest, at=at).lines
    return line


def told(line):
    return (line.done.handed_in, line.done.accepted, line.words)


def test_works_that_stand_in_the_contest_count(contest, body, in_english):
    recommend(body, state=State.ACCEPTED)
    recommend(body, state=State.WITHDRAWN)
    make_draft(contest, recommended_by=body)

    assert told(the_line(contest)) == (1, 1, "1 missing")


def test_a_duty_is_done_by_its_number(contest, body, in_english):
    recommend(body, count=2)

    assert told(the_line(contest)) == (2, 0, "Done")


def test_works_an_organisation_entered_itself_count_too(contest, body, in_english):
    make_handed_in(contest, organisation=body)
    recommend(body)

    assert told(the_line(contest)) == (2, 0, "Done")


@pytest.mark.parametrize(
    ("handed_in_at", "now", "words", "is_late"),
    [
        (LAST_MOMENT, LAST_MOMENT, "Done", False),
        (LAST_MOMENT, clock.end_of(DUE), "Done", False),
        (clock.end_of(DUE), clock.end_of(DUE), "Done late", True),
    ],
)
def test_the_last_day_counts_to_its_end(
    contest, body, in_english, handed_in_at, now, words, is_late
):
    recommend(body, count=2, at=handed_in_at)

    line = the_line(contest, at=now)

    assert (line.words, line.is_late) == (words, is_late)


def test_after_the_day_what_is_missing_is_overdue(contest, body, in_english):
    recommend(body)

    before = the_line(contest, at=LAST_MOMENT)
    after = the_line(contest, at=clock.end_of(DUE))

    assert (before.words, before.tone) == ("1 missing", "gui")
    assert (after.words, after.tone) == ("Overdue, 1 missing", "ri")


def test_a_duty_of_one_unit_counts_its_works_alone(in_english):
    contest = make_contest(duties=[duty(), duty("street", unit="street", count=1)])
    body = OrganisationFactory(contest=contest)
    recommend(body, count=2)
    recommend(body, unit=contest.units.get(key="street"))

    lines = Board(contest, at=COLLECTING).lines

    assert [told(line) for line in lines] == [(3, 0, "Done"), (1, 0, "Done")]


def test_only_who_is_named_owes(in_english):
    contest = make_contest(duties=[duty(organisations=["post"])])
    post = OrganisationFactory(contest=contest, key="post")
    OrganisationFactory(contest=contest)
    OrganisationFactory(contest=contest, kind="department", key="police")

    lines = Board(contest, at=COLLECTING).lines

    assert [line.organisation for line in lines] == [post]


def test_the_board_of_some_shows_no_others(contest, body):
    OrganisationFactory(contest=contest)

    lines = Board(contest, at=COLLECTING, only={body.pk}).lines

    assert [line.organisation for line in lines] == [body]


@pytest.mark.parametrize(
    ("days_before", "is_soon"), [(8, False), (7, True), (0, True), (-1, False)]
)
def test_what_is_due_within_a_week_is_due_soon(contest, body, days_before, is_soon):
    at = clock.start_of(DUE - dt.timedelta(days=days_before)) + dt.timedelta(hours=9)

    assert bool(Board(contest, at=at).due_soon) is is_soon


def test_what_is_done_is_not_due(contest, body):
    recommend(body, count=2)

    assert Board(contest, at=clock.start_of(DUE)).due_soon == []


def test_the_counts_take_one_query_however_many_owe(body):
    def queries():
        board = Board(body.contest, at=COLLECTING)
        with CaptureQueriesContext(connection) as captured:
            assert board.lines
        return len(captured)

    recommend(body)
    one = queries()
    for _number in range(2):
        recommend(OrganisationFactory(contest=body.contest))

    assert (one, queries()) == (2, 2)  # the organisations, and all counts


def test_the_sheet_has_a_row_for_each_line(contest, body, in_english):
    recommend(body)

    sheet = as_sheet(Board(contest, at=COLLECTING))

    assert [(group.title, group.rows) for group in sheet.groups] == [
        (CLAUSE, [[1, "The Valley Post", 2, 1, 0, "2031-06-30", "1 missing"]])
    ]
