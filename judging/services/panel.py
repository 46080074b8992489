"""Who judges what: assigning judges and releasing them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.permissions import has_role
from contests.errors import RuleViolation
from judging.lifecycle import note, require_state
from judging.models import Assignment, Ballot, Candidate, Round
from judging.states import GATHERING, RoundAction


class NotAJudge(RuleViolation):
    code = "not_a_judge"


class OwnWork(RuleViolation):
    code = "own_work"


class AlreadyAssigned(RuleViolation):
    code = "already_assigned"


class HasScored(RuleViolation):
    code = "judge_has_scored"


@transaction.atomic
def assign_judge(
    *, candidate: Candidate, judge: User, by: User, at: datetime
) -> Assignment:
    """Ask one judge to score one work; nobody judges their own."""
    require_state(candidate.round, *GATHERING)
    _refuse_unless_judge(judge, candidate.round)
    if candidate.submission.author_id == judge.pk:
        raise OwnWork(_("A judge cannot score a work of their own."))
    if candidate.assignments.filter(judge=judge).exists():
        raise AlreadyAssigned(_("This judge has this work already."))
    [assignment] = _assign([(candidate, judge)], at=at)
    _note_assigned(candidate.round, [assignment], by=by, at=at)
    return assignment


@transaction.atomic
def assign_judges(
    *, round: Round, judges: Iterable[User], by: User, at: datetime
) -> list[Assignment]:
    """Ask all these judges to score all works of the round.

    What is assigned already stays; a judge's own works are left out.
    """
    require_state(round, *GATHERING)
    judges = list(judges)
    for judge in judges:
        _refuse_unless_judge(judge, round)
    taken = set(
        Assignment.objects.filter(candidate__round=round).values_list(
            "candidate", "judge"
        )
    )
    candidates = round.candidates.standing().select_related("submission")
    pairs = [
        (candidate, judge)
        for candidate in candidates
        for judge in judges
        if (candidate.pk, judge.pk) not in taken
        and candidate.submission.author_id != judge.pk
    ]
    assignments = _assign(pairs, at=at)
    if assignments:
        _note_assigned(round, assignments, by=by, at=at)
    return assignments


@transaction.atomic
def release_judge(*, round: Round, judge: User, by: User, at: datetime) -> int:
    """Take all works of the round from a judge who has not scored any yet."""
    require_state(round, *GATHERING)
    own = Assignment.objects.filter(candidate__round=round, judge=judge)
    if own.filter(ballot__scores__isnull=False).exists():
        raise HasScored(
            _("This judge has scored already, and stays. Missing ballots can be left.")
        )
    count = own.count()
    own.delete()
    note(
        round,
        action=RoundAction.RELEASED,
        by=by,
        at=at,
        judge=judge.pk,
        works=count,
    )
    return count


def _refuse_unless_judge(judge, round):
    if not has_role(judge, round.contest, Role.JUDGE):
        raise NotAJudge(
            _("%(name)s is not a judge of this contest.") % {"name": judge.label}
        )


def _assign(pairs, *, at):
    """The assignments, each with its blank ballot."""
    assignments = Assignment.objects.bulk_create(
        Assignment(candidate=candidate, judge=judge, assigned_at=at)
        for candidate, judge in pairs
    )
    Ballot.objects.bulk_create(
        Ballot(assignment=assignment, updated_at=at) for assignment in assignments
    )
    return assignments


def _note_assigned(round, assignments, *, by, at):
    note(
        round,
        action=RoundAction.ASSIGNED,
        by=by,
        at=at,
        judges=sorted({assignment.judge_id for assignment in assignments}),
        ballots=len(assignments),
    )
