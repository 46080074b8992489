"""Claims: who has a work open, and until when."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from submissions.models import ScreeningClaim
from submissions.services.claims import (
    IDLE_AFTER,
    LASTS,
    ClaimHeld,
    NotClaimable,
    claim,
    known_as,
    release,
    renew,
    standing_claim,
)
from submissions.states import State
from tests.factories.accounts import WorkAccountFactory
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_handed_in,
    make_reviewer,
    make_screening,
)

pytestmark = pytest.mark.django_db

A_MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def work():
    return make_handed_in(make_contest())


@pytest.fixture
def first(work):
    return make_reviewer(work.contest, full_name="王荷")


@pytest.fixture
def second(work):
    return make_reviewer(work.contest)


def claimed(work, by, *, after=dt.timedelta(0), **details):
    return claim(submission=work, by=by, at=COLLECTING + after, **details)


def test_a_claim_runs_ten_minutes_and_no_longer(work, first):
    made = claimed(work, first)

    assert made.expires_at == COLLECTING + LASTS
    assert standing_claim(work, at=COLLECTING + LASTS - A_MINUTE) == made
    assert standing_claim(work, at=COLLECTING + LASTS) is None


def test_another_person_is_told_who_has_it(work, first, second):
    claimed(work, first)

    with pytest.raises(ClaimHeld) as refusal:
        claimed(work, second, after=A_MINUTE)

    assert "王*" in str(refusal.value.message)
    assert ScreeningClaim.objects.get().reviewer == first


def test_a_claim_that_ran_out_is_taken_by_the_next(work, first, second):
    claimed(work, first)

    claimed(work, second, after=LASTS)

    assert ScreeningClaim.objects.get().reviewer == second


def test_a_claim_can_be_taken_over_only_when_its_page_is_idle(work, first, second):
    claimed(work, first)

    with pytest.raises(ClaimHeld):
        claimed(work, second, after=IDLE_AFTER - A_MINUTE, take_over=True)
    with pytest.raises(ClaimHeld):
        claimed(work, second, after=IDLE_AFTER, take_over=False)
    claimed(work, second, after=IDLE_AFTER, take_over=True)

    assert ScreeningClaim.objects.get().reviewer == second
    entry = AuditEntry.objects.get(action="screening.taken_over")
    assert (entry.actor_id, entry.detail) == (second.pk, {"from_id": first.pk})


def test_a_sign_of_life_keeps_the_claim_and_its_beginning(work, first, second):
    made = claimed(work, first)

    later = COLLECTING + 5 * A_MINUTE
    kept = renew(submission=work, by=first, at=later)

    assert (kept.claimed_at, kept.expires_at) == (made.claimed_at, later + LASTS)
    with pytest.raises(ClaimHeld):
        claimed(work, second, after=6 * A_MINUTE, take_over=True)


def test_a_sign_of_life_after_the_end_takes_the_work_anew(work, first):
    claimed(work, first)

    later = COLLECTING + 2 * LASTS
    kept = renew(submission=work, by=first, at=later)

    assert (kept.claimed_at, kept.expires_at) == (later, later + LASTS)


def test_who_lost_the_claim_learns_of_it(work, first, second):
    claimed(work, first)
    claimed(work, second, after=LASTS)

    with pytest.raises(ClaimHeld):
        renew(submission=work, by=first, at=COLLECTING + LASTS + A_MINUTE)


def test_letting_go_leaves_a_later_opening_alone(work, first):
    before = claimed(work, first)
    again = claimed(work, first, after=A_MINUTE)

    release(submission=work, by=first, claimed_at=before.claimed_at)
    kept = ScreeningClaim.objects.count()
    release(submission=work, by=first, claimed_at=again.claimed_at)

    assert (kept, ScreeningClaim.objects.count()) == (1, 0)


def test_nobody_lets_go_of_another_s_claim(work, first, second):
    made = claimed(work, first)

    release(submission=work, by=second, claimed_at=made.claimed_at)

    assert ScreeningClaim.objects.get() == made


def test_who_did_the_first_screening_claims_no_second(work, first):
    make_screening(work, reviewer=first)

    with pytest.raises(NotClaimable):
        claimed(work, first)


@pytest.mark.parametrize("state", [each for each in State if each != State.SCREENING])
def test_only_works_in_screening_are_claimed(state):
    work = make_handed_in(make_contest(), state=state)

    with pytest.raises(NotClaimable):
        claimed(work, make_reviewer(work.contest))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"full_name": "王荷"}, "王*"),
        ({"full_name": "", "username": "desk-7"}, "desk-7"),
    ],
)
def test_colleagues_are_named_masked(fields, name):
    assert known_as(WorkAccountFactory(**fields)) == name
