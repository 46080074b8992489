"""One decision for several works: each stands or falls by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from contests.errors import RuleViolation
from submissions.models import Submission
from submissions.services.screening import Turn, decide, require_turn
from submissions.states import Decision


@dataclass(frozen=True)
class Outcome:
    """A work, and why it was left alone; empty when the decision stands."""

    submission: Submission
    refusal: str = ""


def obstacles(chosen: Iterable[tuple[Submission, Turn]], *, by: User) -> list[Outcome]:
    """What would keep each work from being decided now, before anything is done."""
    return [
        Outcome(submission, _refusal(require_turn, submission, by=by, turn=turn))
        for submission, turn in chosen
    ]


def decide_many(
    chosen: Iterable[tuple[Submission, Turn]],
    *,
    by: User,
    at: datetime,
    decision: Decision,
    **grounds,
) -> list[Outcome]:
    """Decide each work in a transaction of its own, by all the rules of `decide`."""
    return [
        Outcome(
            submission,
            _refusal(
                _decide_one,
                submission,
                by=by,
                at=at,
                turn=turn,
                decision=decision,
                **grounds,
            ),
        )
        for submission, turn in chosen
    ]


def _decide_one(submission, **details):
    decide(submission=submission, **details)


def _refusal(act, submission, **details):
    try:
        act(submission, **details)
    except RuleViolation as violation:
        return str(violation.message)
    return ""
