"""Lists in the right order, with what pages need."""

import datetime as dt

import pytest

from submissions.queries import open_drafts, public_work
from submissions.states import State
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_handed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


def waiting(contest, *, days, **fields):
    at = COLLECTING - dt.timedelta(days=days)
    return make_handed_in(contest, submitted_at=at, **fields)


def test_open_drafts_include_returned_works_and_begin_with_the_newest(contest):
    citizen = CitizenFactory()
    draft = make_draft(contest, author=citizen)
    returned = make_handed_in(contest, author=citizen, state=State.RETURNED)
    make_handed_in(contest, author=citizen)
    make_draft(make_contest(), author=citizen)

    assert list(open_drafts(citizen, contest)) == [returned, draft]


def test_a_number_nobody_has_finds_nothing(contest):
    assert public_work("V-9999") is None
