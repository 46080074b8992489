"""A round from its opening to its published results."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from contests import clock
from contests.errors import RuleViolation
from contests.models import AwardKind, Stage
from judging.lifecycle import change_state, note, require_state
from judging.models import AwardCount, Round
from judging.queries import (
    JUDGED,
    candidates_without_judge,
    missing_ballots,
    undecided_selections,
)
from judging.services.candidates import enter, works_not_in
from judging.states import RoundAction, RoundState
from judging.tallies import tally_up, ties
from notifications.kinds import Kind
from submissions.services import winner_forms
from submissions.telling import tell_author


class NotAJudgedStage(RuleViolation):
    code = "not_a_judged_stage"


class AlreadyOpened(RuleViolation):
    code = "round_already_opened"


class SelectionsUndecided(RuleViolation):
    code = "selections_undecided"


class WindowStillOpen(RuleViolation):
    code = "window_still_open"


class NotReady(RuleViolation):
    code = "round_not_ready"


class BallotsMissing(RuleViolation):
    code = "ballots_missing"


class NothingChosen(RuleViolation):
    code = "nothing_chosen"


class CountsNotSet(RuleViolation):
    code = "award_counts_not_set"


@transaction.atomic
def open_round(*, stage: Stage, by: User, at: datetime) -> Round:
    """A new round of a stage, with the works it judges as its candidates.

    The final takes what the confirmed selections chose, and nothing else.
    """
    Stage.objects.select_for_update().get(pk=stage.pk)
    _refuse_to_open(stage)
    round = Round.objects.create(
        contest=stage.contest,
        stage=stage,
        rulebook_version=stage.contest.current_version,
        created_at=at,
    )
    AwardCount.objects.bulk_create(
        AwardCount(round=round, kind=kind, count=kind.count)
        for kind in _kinds_given_in(stage)
    )
    entered = enter(round, works_not_in(round))
    note(round, action=RoundAction.OPENED, by=by, at=at, works=len(entered))
    return round


@transaction.atomic
def start_judging(*, round: Round, by: User, at: datetime) -> Round:
    """Let the judges begin, once each work has one; later works join them."""
    _refuse_while_works_wait(round)
    require_state(round, RoundState.DRAFT)
    if not round.candidates.standing().exists():
        raise NotReady(_("There is no work in this round yet."))
    if without := candidates_without_judge(round).count():
        raise NotReady(
            ngettext(
                "%(count)d work has no judge yet. Assign judges first.",
                "%(count)d works have no judge yet. Assign judges first.",
                without,
            )
            % {"count": without}
        )
    return change_state(
        round, to=RoundState.JUDGING, action=RoundAction.STARTED, by=by, at=at
    )


@transaction.atomic
def close_round(*, round: Round, by: User, at: datetime, reason: str = "") -> Round:
    """End the scoring after the window, and add up; missing ballots need a reason."""
    _refuse_while_works_come(round, at=at)
    require_state(round, RoundState.JUDGING)
    reason = reason.strip()
    missing = missing_ballots(round)
    if missing and not reason:
        raise BallotsMissing(
            ngettext(
                "%(count)d ballot is still missing. To close all the same, say why.",
                "%(count)d ballots are still missing. To close all the same, say why.",
                missing,
            )
            % {"count": missing}
        )
    tally_up(round)
    return change_state(
        round,
        to=RoundState.CLOSED,
        action=RoundAction.CLOSED,
        by=by,
        at=at,
        reason=reason,
        detail={"missing": missing, "ties": ties(round)},
        closed_at=at,
    )


@transaction.atomic
def confirm_round(*, round: Round, by: User, at: datetime) -> Round:
    """Fix what was selected, or in the final which work wins what."""
    require_state(round, RoundState.CLOSED)
    chosen = (
        round.awards.filter(kind__subject=AwardKind.Subject.SUBMISSION)
        if round.is_final
        else round.candidates.selected()
    ).count()
    if not chosen:
        raise NothingChosen(
            _("No work has been given an award yet.")
            if round.is_final
            else _("No work has been selected yet.")
        )
    return change_state(
        round,
        to=RoundState.CONFIRMED,
        action=RoundAction.CONFIRMED,
        by=by,
        at=at,
        detail={"works": chosen},
    )


@transaction.atomic
def publish_results(*, round: Round, by: User, at: datetime) -> Round:
    """Show the results to everybody; in the final every award must be counted (B18)."""
    require_state(round, RoundState.CONFIRMED)
    uncounted = round.award_counts.filter(count=None).select_related("kind")
    if round.is_final and uncounted:
        raise CountsNotSet(
            _("First set how many there are of: %(awards)s.")
            % {"awards": "、".join(each.kind.name for each in uncounted)}
        )
    round = change_state(
        round,
        to=RoundState.PUBLISHED,
        action=RoundAction.PUBLISHED,
        by=by,
        at=at,
        published_at=at,
    )
    _tell_winners(round, at=at)
    return round


def _tell_winners(round, *, at):
    awards = round.awards.filter(candidate__isnull=False).select_related(
        "kind",
        "candidate__submission__author",
        "candidate__submission__contest__current_version",
    )
    for award in awards:
        tell_author(
            award.candidate.submission,
            Kind.AWARDED,
            at=at,
            link=reverse("judging:results"),
            award=award.kind.name,
        )
        winner_forms.ask(
            submission=award.candidate.submission, award=award.kind.name, at=at
        )


def _refuse_to_open(stage):
    if stage.kind not in JUDGED:
        raise NotAJudgedStage(_("Nothing is judged in “%(stage)s”.") % {"stage": stage})
    if Round.objects.filter(stage=stage).exists():
        raise AlreadyOpened(
            _("The round of “%(stage)s” has been opened already.") % {"stage": stage}
        )
    undecided = undecided_selections(stage) if stage.kind == Stage.Kind.FINAL else []
    if undecided:
        raise SelectionsUndecided(
            _("First confirm the selection of: %(stages)s.")
            % {"stages": "、".join(map(str, undecided))}
        )


def _kinds_given_in(stage):
    """What the rule book gives in the stage; awards of no stage belong to the final."""
    kinds = stage.contest.award_kinds.filter(stage=stage)
    if stage.kind == Stage.Kind.FINAL:
        kinds |= stage.contest.award_kinds.filter(stage=None)
    return kinds


def _refuse_while_works_come(round, *, at):
    until = round.stage.works_until
    if until and at < clock.end_of(until):
        raise WindowStillOpen(
            _("Works for this round still come in, until the end of %(day)s.")
            % {"day": date_format(until)}
        )
    _refuse_while_works_wait(round)


def _refuse_while_works_wait(round):
    waiting = len(works_not_in(round))
    if waiting:
        raise NotReady(
            ngettext(
                "%(count)d accepted work is not in this round. Take it in first.",
                "%(count)d accepted works are not in this round. Take them in first.",
                waiting,
            )
            % {"count": waiting}
        )
