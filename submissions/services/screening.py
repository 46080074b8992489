"""初审 and 复审: two people look at every work before anybody else does."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contests.deadlines import correction_due
from contests.errors import RuleViolation
from submissions.lifecycle import change_state, lock
from submissions.models import Screening, Submission
from submissions.permissions import can_screen
from submissions.states import Decision, ScreeningLevel, State


class ScreeningRefused(RuleViolation):
    code = "screening_refused"


def next_level(submission: Submission) -> ScreeningLevel:
    """The level this handing-in waits for."""
    begun = submission.screenings.filter(cycle=submission.cycle).exists()
    return ScreeningLevel.SECOND if begun else ScreeningLevel.FIRST


@transaction.atomic
def decide(
    *,
    submission: Submission,
    by: User,
    at: datetime,
    decision: Decision,
    reason_key: str = "",
    reason: str = "",
) -> Screening:
    """Record one level's decision and draw its consequence.

    A return takes effect at either level. A pass or a refusal at the first level waits
    for the second, which decides.
    """
    submission = lock(submission)
    if not can_screen(by, submission):
        raise ScreeningRefused(
            _("This work is not waiting for your screening any more.")
        )
    if submission.screenings.filter(cycle=submission.cycle, reviewer=by).exists():
        raise ScreeningRefused(
            _("You did the first screening. A second person must do the next one."),
            code="second_person_needed",
        )
    level = next_level(submission)
    screening = Screening.objects.create(
        submission=submission,
        cycle=submission.cycle,
        level=level,
        reviewer=by,
        decision=decision,
        rulebook_version=submission.rulebook_version,
        decided_at=at,
        **_grounds(submission, decision, reason_key, reason),
    )
    _draw_consequence(submission, screening, by=by, at=at)
    return screening


def _grounds(submission, decision, reason_key, reason):
    """The sentence the entrant reads, with the clause it rests on."""
    if decision == Decision.PASS:
        return {"reason": reason}
    template = next(
        (
            candidate
            for candidate in submission.rulebook_version.rulebook.review_reasons
            if candidate.key == reason_key and candidate.decision == decision
        ),
        None,
    )
    if template is None:
        raise ScreeningRefused(
            _("Please choose the reason the entrant will read."), code="reason_missing"
        )
    return {
        "reason_key": template.key,
        "reason": reason or template.text,
        "rule": template.rule,
        "clause": template.clause,
    }


def _draw_consequence(submission, screening, *, by, at):
    if screening.decision == Decision.RETURN:
        change_state(
            submission,
            to=State.RETURNED,
            by=by,
            at=at,
            reason=screening.reason,
            correct_by=correction_due(submission.rulebook_version.rulebook, at=at),
        )
    elif screening.level == ScreeningLevel.SECOND:
        passed = screening.decision == Decision.PASS
        change_state(
            submission,
            to=State.ACCEPTED if passed else State.REJECTED,
            by=by,
            at=at,
            reason=screening.reason,
        )
