"""What becomes of a handed-in work once its files have been looked at."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from contests.deadlines import correction_due
from submissions.lifecycle import change_state, lock
from submissions.models import Finding, Inspection, Submission
from submissions.states import InspectionState, Severity, State, Verdict

SETTLED_AT_ONCE = 50


@transaction.atomic
def settle(submission: Submission, *, at: datetime) -> None:
    """Once every file has a verdict, send a handed-in work to screening, or back.

    A work that goes back keeps its round, and has the rule book's days to return.
    """
    submission = lock(submission)
    if submission.state != State.SUBMITTED:
        return
    inspections = Inspection.objects.filter(media_file__submission=submission)
    failed = inspections.filter(verdict=Verdict.FAILED)
    if failed.exists():
        change_state(
            submission,
            to=State.RETURNED,
            by=None,
            at=at,
            detail={"codes": _codes_of(failed)},
            correct_by=correction_due(submission.rulebook_version.rulebook, at=at),
        )
    elif not inspections.exclude(state=InspectionState.FINISHED).exists():
        change_state(submission, to=State.SCREENING, by=None, at=at)


def _codes_of(inspections):
    errors = Finding.objects.filter(inspection__in=inspections, severity=Severity.ERROR)
    return sorted(set(errors.values_list("code", flat=True)))


def unsettled() -> list[int]:
    """Ids of works whose worker was killed after the last verdict, oldest first."""
    inspections = Inspection.objects.filter(media_file__submission=OuterRef("pk"))
    has_failed = Exists(inspections.filter(verdict=Verdict.FAILED))
    is_waiting = Exists(inspections.exclude(state=InspectionState.FINISHED))
    return list(
        Submission.objects.filter(has_failed | ~is_waiting, state=State.SUBMITTED)
        .order_by("submitted_at")
        .values_list("pk", flat=True)[:SETTLED_AT_ONCE]
    )
