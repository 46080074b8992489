"""An organiser returns a district's table or accepts it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contests.errors import RuleViolation
from outreach.lifecycle import change_state, lock
from outreach.models import Recommendation
from outreach.permissions import can_organise
from outreach.states import RecommendationState


class NotAnOrganiser(RuleViolation):
    code = "not_an_organiser"


class ReasonMissing(RuleViolation):
    code = "reason_missing"


class ScanNotCompared(RuleViolation):
    code = "scan_not_compared"


def refuse_all_but_organisers(user, contest):
    if not can_organise(user, contest):
        raise NotAnOrganiser(_("Only an organiser of this contest can do this."))


@transaction.atomic
def return_recommendation(
    *, recommendation: Recommendation, by: User, at: datetime, reason: str
) -> Recommendation:
    """Send the table back to its centre, and say what to mend."""
    recommendation = lock(recommendation)
    refuse_all_but_organisers(by, recommendation.contest)
    if not reason.strip():
        raise ReasonMissing(_("Please tell the centre what it should correct."))
    return change_state(
        recommendation,
        to=RecommendationState.RETURNED,
        by=by,
        at=at,
        reason=reason.strip(),
    )


@transaction.atomic
def accept(
    *, recommendation: Recommendation, by: User, at: datetime, compared: bool
) -> Recommendation:
    """Accept the table; `compared` says the stamped copy and the rows agree (B14)."""
    recommendation = lock(recommendation)
    refuse_all_but_organisers(by, recommendation.contest)
    if not compared:
        raise ScanNotCompared(
            _("Please compare the stamped copy with the rows first, and tick it.")
        )
    return change_state(recommendation, to=RecommendationState.ACCEPTED, by=by, at=at)
