"""The one writer of the states of recommendations and activities, with their events."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from contests.errors import RuleViolation
from outreach.models import Activity, Recommendation
from outreach.states import (
    ACTIVITY_TRANSITIONS,
    RECOMMENDATION_TRANSITIONS,
    ActivityState,
    RecommendationState,
)


class IllegalMove(RuleViolation):
    code = "illegal_move"


def lock(row):
    """The row as it stands now, locked until the caller's transaction ends."""
    return type(row).objects.select_for_update().get(pk=row.pk)


def change_state(
    recommendation: Recommendation, *, to, by, at: datetime, reason="", **with_it
) -> Recommendation:
    """Move a table, and write what goes with the move in the same statement."""
    from_state = RecommendationState(lock(recommendation).state)
    if to not in RECOMMENDATION_TRANSITIONS[from_state]:
        raise IllegalMove(
            _("This step is not possible now: the table is “%(state)s”.")
            % {"state": from_state.label}
        )
    return _move(recommendation, from_state, to, by, at, reason, with_it)


def change_activity_state(
    activity: Activity, *, to, by, at: datetime, reason=""
) -> Activity:
    from_state = ActivityState(lock(activity).state)
    if to not in ACTIVITY_TRANSITIONS[from_state]:
        raise IllegalMove(
            _("This step is not possible now: the activity is “%(state)s”.")
            % {"state": from_state.label}
        )
    return _move(activity, from_state, to, by, at, reason, {})


def _move(row, from_state, to, by, at, reason, with_it):
    row.state = to
    for field, value in with_it.items():
        setattr(row, field, value)
    row.save(update_fields=["state", *with_it])
    row.events.create(
        at=at,
        actor_id=by.pk if by else None,
        actor_label=by.audit_label if by else "",
        from_state=from_state,
        to_state=to,
        reason=reason,
    )
    return row
