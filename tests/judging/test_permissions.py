import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Membership
from judging.models import Recusal
from judging.permissions import can_see_for_judging
from judging.states import RoundState
from submissions.permissions import can_see_copies
from submissions.states import State
from tests.factories.judging import (
    AFTER_SPRING,
    make_assignment,
    make_candidate,
    make_contest,
    make_judge,
    make_round,
)
from tests.factories.submissions import make_media_file

pytestmark = pytest.mark.django_db


def make_asked(state=RoundState.JUDGING):
    """A judge asked to score a work, and a file of it."""
    candidate = make_candidate(make_round(make_contest(), state=state))
    assignment = make_assignment(candidate)
    return assignment, make_media_file(candidate.submission)


@pytest.mark.parametrize("state", RoundState)
def test_judge_sees_files_of_the_works_asked_for_once_judging_began(state):
    assignment, media_file = make_asked(state)

    sees = can_see_for_judging(assignment.judge, media_file)

    assert sees == (state != RoundState.DRAFT)


def test_judges_are_let_in_by_the_door_of_submissions():
    assignment, media_file = make_asked()
    media_file.submission.state = State.SCREENING
    stranger = make_judge(assignment.candidate.round.contest)

    assert can_see_copies(assignment.judge, media_file)
    assert not can_see_copies(stranger, media_file)
    assert not can_see_copies(AnonymousUser(), media_file)


def test_judge_who_stepped_back_sees_the_files_no_more():
    assignment, media_file = make_asked()
    Recusal.objects.create(assignment=assignment, reason="Friend", at=AFTER_SPRING)

    assert not can_see_for_judging(assignment.judge, media_file)


def test_files_of_a_work_that_left_are_closed_to_judges():
    assignment, media_file = make_asked()
    assignment.candidate.left_at = AFTER_SPRING
    assignment.candidate.save()

    assert not can_see_for_judging(assignment.judge, media_file)


def test_files_are_closed_with_the_role():
    assignment, media_file = make_asked()
    Membership.objects.filter(user=assignment.judge).delete()

    assert not can_see_for_judging(assignment.judge, media_file)
