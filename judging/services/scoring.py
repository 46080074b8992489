"""What a judge does: score a work, or step back from it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contests.errors import RuleViolation
from judging.lifecycle import lock, note
from judging.models import Assignment, Ballot, Recusal, Score
from judging.permissions import is_own
from judging.states import RoundAction, RoundState
from judging.totals import weighted_total


class NotYourBallot(RuleViolation):
    code = "not_your_ballot"


class ScoringClosed(RuleViolation):
    code = "scoring_closed"


class ScoreRefused(RuleViolation):
    code = "score_refused"


class Recused(RuleViolation):
    code = "recused"


class ReasonMissing(RuleViolation):
    code = "reason_missing"


@transaction.atomic
def record_scores(
    *,
    assignment: Assignment,
    by: User,
    at: datetime,
    scores: dict[str, int | None],
    comment: str | None = None,
) -> Ballot:
    """Write a judge's points, counted in halves by criterion key.

    Criteria not named keep theirs, None takes one back. The ballot gets its total, and
    counts, once every criterion has its points.
    """
    _refuse_unless_scoring(assignment, by=by)
    if _is_recused(assignment):
        raise Recused(
            _("You stepped back from this work. Undo that before you score it.")
        )
    round = assignment.candidate.round
    _refuse_out_of_range(scores, round.scoring)
    ballot = assignment.ballot
    _write(ballot, scores, round.contest)
    given = dict(ballot.scores.values_list("criterion__key", "half_points"))
    ballot.total_hundredths = weighted_total(given, scoring=round.scoring)
    ballot.updated_at = at
    if comment is not None:
        ballot.comment = comment
    ballot.save(update_fields=["total_hundredths", "comment", "updated_at"])
    return ballot


@transaction.atomic
def recuse(*, assignment: Assignment, by: User, at: datetime, reason: str) -> Recusal:
    """Take a work out of a judge's count; their points on it no longer count."""
    _refuse_unless_scoring(assignment, by=by)
    if not reason.strip():
        raise ReasonMissing(_("Please say why you step back from this work."))
    if _is_recused(assignment):
        raise Recused(_("You have stepped back from this work already."))
    recusal = Recusal.objects.create(
        assignment=assignment, reason=reason.strip(), at=at
    )
    _note(assignment, RoundAction.RECUSED, by=by, at=at)
    return recusal


@transaction.atomic
def undo_recusal(*, assignment: Assignment, by: User, at: datetime) -> None:
    """Put a work back into the judge's count, with the points it had."""
    _refuse_unless_scoring(assignment, by=by)
    deleted, _rows = Recusal.objects.filter(assignment=assignment).delete()
    if not deleted:
        raise Recused(
            _("You have not stepped back from this work."), code="not_recused"
        )
    _note(assignment, RoundAction.RECUSAL_UNDONE, by=by, at=at)


def _refuse_unless_scoring(assignment, *, by):
    """Holds the round and the assignment, so that closing and scoring take turns."""
    round = lock(assignment.candidate.round)
    Assignment.objects.select_for_update().get(pk=assignment.pk)
    assignment.candidate.refresh_from_db(fields=["left_at"])
    if not is_own(by, assignment):
        raise NotYourBallot(_("This work is not yours to judge."))
    if round.state == RoundState.DRAFT:
        raise ScoringClosed(_("Judging has not begun yet."), code="scoring_not_begun")
    if round.state != RoundState.JUDGING:
        raise ScoringClosed(_("The round is closed; scores can no longer change."))


def _is_recused(assignment):
    return Recusal.objects.filter(assignment=assignment).exists()


def _refuse_out_of_range(scores, scoring):
    names = {criterion.key: criterion.name for criterion in scoring.criteria}
    for key, half_points in scores.items():
        if key not in names:
            raise ScoreRefused(
                _("There is no criterion “%(key)s” in this round.") % {"key": key}
            )
        if half_points is not None and not 0 <= half_points <= 2 * scoring.max_points:
            sentence = _("“%(criterion)s” takes 0 to %(max)d points.") % {
                "criterion": names[key],
                "max": scoring.max_points,
            }
            raise ScoreRefused(sentence, fields={key: sentence})


def _write(ballot, scores, contest):
    given = {key: half for key, half in scores.items() if half is not None}
    ballot.scores.filter(criterion__key__in=set(scores) - set(given)).delete()
    Score.objects.bulk_create(
        [
            Score(ballot=ballot, criterion=criterion, half_points=given[criterion.key])
            for criterion in contest.criteria.filter(key__in=given)
        ],
        update_conflicts=True,
        unique_fields=["ballot", "criterion"],
        update_fields=["half_points"],
    )


def _note(assignment, action, *, by, at):
    candidate = assignment.candidate
    note(candidate.round, action=action, by=by, at=at, number=candidate.blind_number)
