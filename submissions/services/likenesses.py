"""A reviewer decides what two works have to do with each other."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from contests.errors import RuleViolation
from submissions.lifecycle import lock
from submissions.likenesses import Standing, standings_of
from submissions.models import LikenessRuling, Submission
from submissions.permissions import can_screen
from submissions.services import claims
from submissions.states import LikenessVerdict


class LikenessRefused(RuleViolation):
    code = "likeness_refused"


@transaction.atomic
def rule(
    *,
    submission: Submission,
    other_id: int,
    by: User,
    at: datetime,
    verdict: LikenessVerdict,
    reason: str,
) -> LikenessRuling:
    """Write down what a reviewer makes of a work that this one is like.

    It counts for both works; whoever screens either sees it, and may decide otherwise.
    """
    submission = lock(submission)
    if not can_screen(by, submission):
        raise LikenessRefused(
            _("You cannot screen this work: it is your own, or not of your contest.")
        )
    claims.refuse_if_held(submission, by=by, at=timezone.now())
    standing = _standing(submission, other_id)
    ruling = LikenessRuling.objects.create(
        submission=submission,
        other=standing.other,
        verdict=verdict,
        reason=reason,
        seen=sorted(standing.found),
        ruled_by=by,
        ruled_at=at,
    )
    audit.record(
        "submission.likeness",
        by=by,
        target=submission,
        at=at,
        other=standing.other.pk,
        verdict=str(verdict),
    )
    return ruling


def _standing(submission, other_id) -> Standing:
    for standing in standings_of(submission):
        if standing.other.pk == other_id:
            return standing
    raise LikenessRefused(
        _("These two works are no longer found to be alike."), code="not_alike"
    )


def refuse_unless_decided(submission: Submission) -> None:
    """A work passes once somebody has looked at every likeness, and found no copy."""
    found = standings_of(submission)
    if any(standing.is_open for standing in found):
        raise LikenessRefused(
            _(
                "Another work is like this one. Please look at both side by side and "
                "write down what you make of it; then the work can pass."
            ),
            code="likeness_open",
        )
    if any(
        standing.ruling and standing.ruling.verdict == LikenessVerdict.TAKEN
        for standing in found
    ):
        raise LikenessRefused(
            _(
                "It was decided that this work was taken from another one, so that it "
                "cannot pass. Please do not admit it, or decide on the likeness anew."
            ),
            code="likeness_taken",
        )
