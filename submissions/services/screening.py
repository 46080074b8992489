"""初审 and 复审: two people look at every work before anybody else does."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Self

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contests.deadlines import correction_due
from contests.errors import RuleViolation
from contests.rulebook import ReviewCheck
from submissions.lifecycle import change_state, lock
from submissions.models import Screening, Submission
from submissions.permissions import can_screen
from submissions.services import claims, originals
from submissions.services.likenesses import refuse_unless_decided
from submissions.states import Decision, ScreeningLevel, State
from submissions.tasks import label_submission


class ScreeningRefused(RuleViolation):
    code = "screening_refused"


class Turn(NamedTuple):
    """Which decision is meant: the one of this handing-in at this level."""

    cycle: int
    level: ScreeningLevel

    def __str__(self):
        return f"{self.cycle}-{self.level}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """What str() wrote; ValueError for anything else."""
        cycle, _dash, level = text.partition("-")
        return cls(int(cycle), ScreeningLevel(level))


def next_level(submission: Submission) -> ScreeningLevel:
    """The level this handing-in waits for."""
    begun = submission.screenings.filter(cycle=submission.cycle).exists()
    return ScreeningLevel.SECOND if begun else ScreeningLevel.FIRST


def turn_of(submission: Submission) -> Turn:
    """The decision this work waits for."""
    return Turn(submission.cycle, next_level(submission))


def checks_for(submission: Submission) -> list[ReviewCheck]:
    """What a reviewer ticks before this work passes."""
    return [
        check
        for check in submission.rulebook_version.rulebook.review_checks
        if check.concerns(category=submission.category.key, track=submission.track.key)
    ]


@transaction.atomic
def decide(
    *,
    submission: Submission,
    by: User,
    at: datetime,
    turn: Turn,
    decision: Decision,
    reason_key: str = "",
    reason: str = "",
    rule: str = "",
    checks: Iterable[str] = (),
    suspects_ai: bool = False,
) -> Screening:
    """Record one level's decision and draw its consequence.

    `turn` is what the reviewer saw: if somebody else has decided since, nothing is
    recorded. A return takes effect at either level. A pass or a refusal at the first
    level waits for the second, which decides. A refusal rests on a reason of the rule
    book, or on a clause chosen by `rule` with own words.
    """
    submission = lock(submission)
    require_turn(submission, by=by, turn=turn)
    if decision == Decision.PASS:
        refuse_unless_decided(submission)
    screening = Screening.objects.create(
        submission=submission,
        cycle=turn.cycle,
        level=turn.level,
        reviewer=by,
        decision=decision,
        rulebook_version=submission.rulebook_version,
        decided_at=at,
        checks=_ticked(submission, decision, set(checks)),
        suspects_ai=suspects_ai,
        **_grounds(submission, decision, reason_key, reason, rule),
    )
    _draw_consequence(submission, screening, by=by, at=at)
    claims.end(submission)
    label_submission.delay_on_commit(submission_id=submission.pk)
    return screening


def require_turn(submission: Submission, *, by: User, turn: Turn) -> None:
    """Refuse unless `by` may take exactly this decision now, and say what happened."""
    if submission.state != State.SCREENING:
        raise ScreeningRefused(
            _("This work no longer waits for screening: it is now “%(state)s”.")
            % {"state": submission.get_state_display()},
            code="not_in_screening",
        )
    if not can_screen(by, submission):
        raise ScreeningRefused(
            _("You cannot screen this work: it is your own, or not of your contest.")
        )
    if submission.screenings.filter(cycle=submission.cycle, reviewer=by).exists():
        raise ScreeningRefused(
            _("You did the first screening. A second person must do the next one."),
            code="second_person_needed",
        )
    if turn != turn_of(submission):
        raise ScreeningRefused(_what_happened(submission), code="decided_meanwhile")
    claims.refuse_if_held(submission, by=by, at=timezone.now())


def _what_happened(submission):
    last = submission.screenings.filter(cycle=submission.cycle).last()
    if last is None:
        return _(
            "The work has been corrected and handed in again since you opened it. "
            "Please look at it anew; what you wrote is kept below."
        )
    return _(
        "%(person)s has finished the first screening since you opened this work: "
        "%(decision)s. What you decide now is the second screening. What you wrote is "
        "kept below; please look at it once more before you press the button."
    ) % {
        "person": claims.known_as(last.reviewer),
        "decision": last.get_decision_display(),
    }


def _ticked(submission, decision, keys):
    """The checks ticked, each with its sentence and the clause it stands for; a pass
    needs all of them, and rests on these."""
    asked = checks_for(submission)
    if decision == Decision.PASS and any(check.key not in keys for check in asked):
        raise ScreeningRefused(
            _(
                "Please look at every point of the list and tick it, or return the "
                "work."
            ),
            code="checks_missing",
        )
    book = submission.rulebook_version.rulebook
    clauses = {
        clause.rule: clause.text
        for clause in book.citable_clauses(submission.category.key)
    }
    return [
        {
            "key": check.key,
            "text": check.text,
            "rule": check.rule or "",
            "clause": clauses.get(check.rule, ""),
        }
        for check in asked
        if check.key in keys
    ]


def _grounds(submission, decision, reason_key, reason, rule):
    """The sentence the entrant reads, with the clause it rests on."""
    if decision == Decision.PASS:
        return {"reason": reason}
    if rule:
        return _own_grounds(submission, reason, rule)
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


def _own_grounds(submission, reason, rule):
    """A reason that no template foresees still rests on a sentence of the book."""
    if not reason:
        raise ScreeningRefused(
            _("Please write in your own words what the entrant should do."),
            code="reason_missing",
        )
    book = submission.rulebook_version.rulebook
    for clause in book.citable_clauses(submission.category.key):
        if clause.rule == rule:
            return {"reason": reason, "rule": rule, "clause": clause.text}
    raise ScreeningRefused(
        _("Please choose the clause this decision rests on."), code="clause_missing"
    )


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
    if submission.state != State.SCREENING:
        originals.close_open_of(submission)
