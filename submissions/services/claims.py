"""Who has a work open at the screening desk, so that no two look at it unawares.

A claim is a courtesy with a time-out, on real time like every lease. What two people
may do at once is settled by `screening.decide`, never by a claim alone.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.masking import mask_name
from accounts.models import User
from contests.errors import RuleViolation
from submissions.lifecycle import lock
from submissions.models import ScreeningClaim, Submission
from submissions.permissions import can_decide

LASTS = timedelta(minutes=10)
IDLE_AFTER = timedelta(minutes=2)  # without a sign of life from the open page


class ClaimHeld(RuleViolation):
    code = "claim_held"


class NotClaimable(RuleViolation):
    code = "not_claimable"


def known_as(user: User) -> str:
    """A colleague as the desk names them to others: 王*."""
    return mask_name(user.full_name) or user.audit_label or "—"


def standing_claim(submission: Submission, *, at: datetime) -> ScreeningClaim | None:
    """Who has the work now, if the time has not run out."""
    return (
        ScreeningClaim.objects.select_related("reviewer")
        .filter(submission=submission, expires_at__gt=at)
        .first()
    )


def is_idle(claim: ScreeningClaim, *, at: datetime) -> bool:
    """Whether the page that holds the claim has been out of sight for a while."""
    return at >= claim.expires_at - LASTS + IDLE_AFTER


def held_words(claim: ScreeningClaim) -> str:
    return _("%(person)s has this work open, until %(time)s.") % {
        "person": known_as(claim.reviewer),
        "time": date_format(timezone.localtime(claim.expires_at), "TIME_FORMAT"),
    }


@transaction.atomic
def claim(
    *, submission: Submission, by: User, at: datetime, take_over: bool = False
) -> ScreeningClaim:
    """Take the work, or keep it for longer; `claimed_at` marks this opening of it.

    Another person's standing claim is refused; taken over only on purpose, and only
    when that person's page has gone idle.
    """
    submission = lock(submission)
    _require_claimable(submission, by=by)
    held = standing_claim(submission, at=at)
    if held and held.reviewer_id != by.pk:
        if not (take_over and is_idle(held, at=at)):
            raise ClaimHeld(held_words(held))
        audit.record(
            "screening.taken_over", by=by, target=submission, from_id=held.reviewer_id
        )
    made, _is_new = ScreeningClaim.objects.update_or_create(
        submission=submission,
        defaults={"reviewer": by, "claimed_at": at, "expires_at": at + LASTS},
    )
    return made


@transaction.atomic
def renew(*, submission: Submission, by: User, at: datetime) -> ScreeningClaim:
    """A sign of life from the open page. A claim that ran out is taken anew."""
    submission = lock(submission)
    _require_claimable(submission, by=by)
    held = standing_claim(submission, at=at)
    if held is None:
        return claim(submission=submission, by=by, at=at)
    if held.reviewer_id != by.pk:
        raise ClaimHeld(held_words(held))
    held.expires_at = at + LASTS
    held.save(update_fields=["expires_at"])
    return held


def _require_claimable(submission, *, by):
    if not can_decide(by, submission):
        raise NotClaimable(_("This work is not waiting for you any more."))


def release(*, submission: Submission, by: User, claimed_at: datetime) -> None:
    """Let go of the claim this opening of the page took; a later one stands."""
    ScreeningClaim.objects.filter(
        submission=submission, reviewer=by, claimed_at=claimed_at
    ).delete()


def end(submission: Submission) -> None:
    """Nobody needs the work any more: it has been decided."""
    ScreeningClaim.objects.filter(submission=submission).delete()


def refuse_if_held(submission: Submission, *, by: User, at: datetime) -> None:
    """Nobody decides on what another person has in hand."""
    held = standing_claim(submission, at=at)
    if held and held.reviewer_id != by.pk:
        raise ClaimHeld(held_words(held))
