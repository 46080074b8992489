"""Every state and every move."""

import pytest

from submissions.lifecycle import IllegalMove, change_state
from submissions.models import SubmissionEvent
from submissions.signals import submission_accepted, submission_left_contest
from submissions.states import TRANSITIONS, State
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_contest,
    make_draft,
    make_handed_in,
    make_reviewer,
)

pytestmark = pytest.mark.django_db

WITH_IT = {State.RETURNED: {"correct_by": TOO_LATE}}
LEGAL = [(a, b) for a in State for b in State if b in TRANSITIONS[a]]
ILLEGAL = [(a, b) for a in State for b in State if b not in TRANSITIONS[a]]


@pytest.mark.parametrize(("from_state", "to"), LEGAL)
def test_a_legal_move_is_made_and_written_down(from_state, to):
    submission = make_handed_in(make_contest(), state=from_state)
    reviewer = make_reviewer(submission.contest, full_name="示例审核员")

    change_state(
        submission,
        to=to,
        by=reviewer,
        at=COLLECTING,
        reason="because",
        detail={"why": 1},
        **WITH_IT.get(to, {}),
    )

    submission.refresh_from_db()
    event = SubmissionEvent.objects.get(submission=submission)
    assert submission.state == to
    assert (event.from_state, event.to_state, event.at) == (from_state, to, COLLECTING)
    assert (event.actor_id, event.actor_label) == (reviewer.pk, reviewer.username)
    assert (event.reason, event.detail) == ("because", {"why": 1})


@pytest.mark.parametrize(("from_state", "to"), ILLEGAL)
def test_any_other_move_is_refused_and_changes_nothing(from_state, to):
    submission = make_handed_in(make_contest(), state=from_state)

    with pytest.raises(IllegalMove) as refusal:
        change_state(submission, to=to, by=None, at=COLLECTING)

    submission.refresh_from_db()
    assert refusal.value.code == "illegal_move"
    assert submission.state == from_state
    assert not submission.events.exists()


def test_the_history_keeps_no_name_of_a_citizen():
    submission = make_draft(make_contest(), author=CitizenFactory(full_name="王小荷"))

    change_state(submission, to=State.WITHDRAWN, by=submission.author, at=COLLECTING)

    event = submission.events.get()
    assert (event.actor_id, event.actor_label) == (submission.author_id, "")


def test_a_move_is_judged_by_the_row_and_not_by_a_stale_object():
    submission = make_draft(make_contest())
    type(submission).objects.filter(pk=submission.pk).update(state=State.WITHDRAWN)

    with pytest.raises(IllegalMove):
        change_state(submission, to=State.WITHDRAWN, by=None, at=COLLECTING)


@pytest.mark.parametrize(
    ("signal", "from_state", "to"),
    [
        (submission_accepted, State.SCREENING, State.ACCEPTED),
        (submission_left_contest, State.ACCEPTED, State.WITHDRAWN),
        (submission_left_contest, State.ACCEPTED, State.DISQUALIFIED),
    ],
)
def test_apps_above_hear_what_concerns_them(signal, from_state, to):
    heard = []
    submission = make_handed_in(make_contest(), state=from_state)

    def listener(submission, at, **_kwargs):
        heard.append((submission.pk, at))

    signal.connect(listener)
    try:
        change_state(submission, to=to, by=None, at=COLLECTING)
    finally:
        signal.disconnect(listener)

    assert heard == [(submission.pk, COLLECTING)]
