"""Lists in the right order, with what pages need."""

import datetime as dt

import pytest

from submissions.queries import next_to_screen, open_drafts, public_work
from submissions.states import State
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_handed_in,
    make_reviewer,
    make_screening,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def reviewer(contest):
    return make_reviewer(contest)


def waiting(contest, *, days, **fields):
    at = COLLECTING - dt.timedelta(days=days)
    return make_handed_in(contest, submitted_at=at, **fields)


def test_the_next_work_is_the_longest_waiting_one_may_decide_on(contest, reviewer):
    did_first = waiting(contest, days=9)
    make_screening(did_first, reviewer=reviewer)
    waiting(contest, days=8, author=reviewer)
    just_decided = waiting(contest, days=7)
    expected = waiting(contest, days=6)
    waiting(contest, days=5)

    found = next_to_screen(contest, reviewer, {}, after=just_decided.pk)

    assert found == expected


def test_the_next_work_of_a_level(contest, reviewer):
    waiting(contest, days=9)
    second = waiting(contest, days=8)
    make_screening(second)

    assert next_to_screen(contest, reviewer, {"level": "second"}) == second
    assert next_to_screen(contest, reviewer, {"unit": "street"}) is None


def test_a_screening_of_an_earlier_cycle_does_not_count(contest, reviewer):
    work = waiting(contest, days=1, cycle=2)
    make_screening(work, reviewer=reviewer, cycle=1)

    assert next_to_screen(contest, reviewer, {}).level == "first"


def test_open_drafts_include_returned_works_and_begin_with_the_newest(contest):
    citizen = CitizenFactory()
    draft = make_draft(contest, author=citizen)
    returned = make_handed_in(contest, author=citizen, state=State.RETURNED)
    make_handed_in(contest, author=citizen)
    make_draft(make_contest(), author=citizen)

    assert list(open_drafts(citizen, contest)) == [returned, draft]


def test_a_number_nobody_has_finds_nothing(contest):
    assert public_work("V-9999") is None
