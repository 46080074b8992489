"""The one writer of a round's state and of its history."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from contests.errors import RuleViolation
from judging.models import Round, RoundEvent
from judging.states import TRANSITIONS, RoundAction, RoundState


class IllegalMove(RuleViolation):
    code = "illegal_move"


def lock(round: Round) -> Round:
    """Hold the round's row until the transaction ends; its state is then current."""
    round.state = (
        Round.objects.select_for_update()
        .values_list("state", flat=True)
        .get(pk=round.pk)
    )
    return round


def require_state(round: Round, *states: RoundState) -> None:
    """Refuse unless the round, as it stands now, is in one of the states; locks it."""
    if lock(round).state not in states:
        raise _illegal(round)


def change_state(
    round: Round,
    *,
    to: RoundState,
    action: RoundAction,
    by,
    at: datetime,
    reason: str = "",
    detail: dict | None = None,
    **with_it,
) -> Round:
    """Move a round, and write what goes with the move in the same statement."""
    from_state = RoundState(lock(round).state)
    if to not in TRANSITIONS[from_state]:
        raise _illegal(round)
    round.state = to
    for field, value in with_it.items():
        setattr(round, field, value)
    round.save(update_fields=["state", *with_it])
    _write(round, from_state, action, by, at, reason, detail)
    return round


def note(
    round: Round, *, action: RoundAction, by, at: datetime, reason="", **detail
) -> RoundEvent:
    """Remember a decision that leaves the state as it is."""
    return _write(round, round.state, action, by, at, reason, detail)


def _write(round, from_state, action, by, at, reason, detail):
    return RoundEvent.objects.create(
        round=round,
        at=at,
        actor_id=by.pk if by else None,
        actor_label=by.audit_label if by else "",
        action=action,
        from_state=from_state,
        to_state=round.state,
        reason=reason,
        detail=detail or {},
    )


def _illegal(round):
    return IllegalMove(
        _("This step is not possible now: the round is at “%(state)s”.")
        % {"state": RoundState(round.state).label}
    )
