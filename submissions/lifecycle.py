"""The one writer of a submission's state, with its event row."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from contests.errors import RuleViolation
from submissions.models import Submission, SubmissionEvent
from submissions.signals import submission_accepted, submission_left_contest
from submissions.states import TRANSITIONS, State
from submissions.telling import tell_of_move

LEAVING = {State.WITHDRAWN, State.DISQUALIFIED}


class IllegalMove(RuleViolation):
    code = "illegal_move"


def lock(submission: Submission) -> Submission:
    """The row as it stands now, locked until the caller's transaction ends."""
    return Submission.objects.select_for_update().get(pk=submission.pk)


def change_state(
    submission, *, to, by, at: datetime, reason="", detail=None, **with_it
) -> Submission:
    """Move a submission, and write what goes with the move in the same statement.

    `by` is None when the portal itself decides. Runs in the caller's transaction and
    brings the object passed in up to date.
    """
    from_state = State(lock(submission).state)
    if to not in TRANSITIONS[from_state]:
        raise IllegalMove(
            _("This step is no longer possible: the work is now “%(state)s”.")
            % {"state": from_state.label}
        )
    submission.state = to
    for field, value in with_it.items():
        setattr(submission, field, value)
    submission.save(update_fields=["state", "updated_at", *with_it])
    SubmissionEvent.objects.create(
        submission=submission,
        at=at,
        actor_id=by.pk if by else None,
        actor_label=by.audit_label if by else "",
        from_state=from_state,
        to_state=to,
        reason=reason,
        detail=detail or {},
    )
    _tell(submission, to=to, at=at)
    tell_of_move(submission, from_state=from_state, at=at, reason=reason)
    return submission


def _tell(submission, *, to, at):
    if to == State.ACCEPTED:
        submission_accepted.send(Submission, submission=submission, at=at)
    if to in LEAVING:
        submission_left_contest.send(Submission, submission=submission, at=at)
