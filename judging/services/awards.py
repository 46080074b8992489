"""Giving the awards of the annual final, never more than there are."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from contests.errors import RuleViolation
from contests.models import AwardKind
from judging.lifecycle import note, require_state
from judging.models import Award, AwardCount, Candidate, Round
from judging.services.selection import CandidateLeft, NoPlacesLeft
from judging.states import GIVING_OTHERS, GIVING_WORKS, RoundAction, RoundState


class NotGivenHere(RuleViolation):
    code = "award_not_given_here"


class WrongWinner(RuleViolation):
    code = "wrong_winner"


class AlreadyAwarded(RuleViolation):
    code = "already_awarded"


class FewerThanGiven(RuleViolation):
    code = "fewer_than_given"


@transaction.atomic
def set_award_count(
    *, round: Round, kind: AwardKind, by: User, at: datetime, count: int
) -> AwardCount:
    """Say how many of an award there are, where the rule book leaves it open (B18)."""
    require_state(round, *{*RoundState} - {RoundState.PUBLISHED})
    places = _places(round, kind)
    given = round.awards.filter(kind=kind).count()
    if count < given:
        raise FewerThanGiven(
            _("%(given)d of this award have been given already.") % {"given": given}
        )
    places.count = count
    places.save(update_fields=["count"])
    note(round, action=RoundAction.COUNT_SET, by=by, at=at, award=kind.key, count=count)
    return places


@transaction.atomic
def give_award(
    *,
    round: Round,
    kind: AwardKind,
    by: User,
    at: datetime,
    candidate: Candidate | None = None,
    organisation: Organisation | None = None,
    person_name: str = "",
) -> Award:
    """Give one award to the winner its kind asks for: a work, a body or a person."""
    to_work = kind.subject == AwardKind.Subject.SUBMISSION
    require_state(round, *(GIVING_WORKS if to_work else GIVING_OTHERS))
    places = _places(round, kind)
    winner = _winner(kind, candidate, organisation, person_name.strip())
    _refuse_winner(round, kind, winner)
    last = round.awards.filter(kind=kind).order_by("position").last()
    if (
        places.count is not None
        and round.awards.filter(kind=kind).count() >= places.count
    ):
        raise NoPlacesLeft(
            _("All %(count)d places of “%(award)s” are taken.")
            % {"count": places.count, "award": kind}
        )
    award = Award.objects.create(
        round=round,
        kind=kind,
        position=last.position + 1 if last else 1,
        awarded_at=at,
        **winner,
    )
    note(round, action=RoundAction.AWARDED, by=by, at=at, **_traces(award))
    return award


@transaction.atomic
def give_awards(
    *,
    round: Round,
    kind: AwardKind,
    candidates: Iterable[Candidate],
    by: User,
    at: datetime,
) -> list[Award]:
    """Give the same award to several works, all of them or none."""
    return [
        give_award(round=round, kind=kind, candidate=candidate, by=by, at=at)
        for candidate in candidates
    ]


@transaction.atomic
def take_back_award(*, award: Award, by: User, at: datetime) -> None:
    """Undo an award while the list is not fixed yet."""
    to_work = award.candidate_id is not None
    require_state(award.round, *(GIVING_WORKS if to_work else GIVING_OTHERS))
    award.delete()
    note(
        award.round, action=RoundAction.AWARD_TAKEN_BACK, by=by, at=at, **_traces(award)
    )


def _places(round, kind):
    places = AwardCount.objects.filter(round=round, kind=kind).first()
    if places is None:
        raise NotGivenHere(
            _("“%(award)s” is not given in this round.") % {"award": kind}
        )
    return places


def _winner(kind, candidate, organisation, person_name):
    """The column of the winner the kind asks for; refuses when it is not that one."""
    offered = {
        AwardKind.Subject.SUBMISSION: ("candidate", candidate),
        AwardKind.Subject.ORGANISATION: ("organisation", organisation),
        AwardKind.Subject.PERSON: ("person_name", person_name),
    }
    given = {subject for subject, (_field, winner) in offered.items() if winner}
    if given != {kind.subject}:
        raise WrongWinner(
            _("“%(award)s” goes to one winner of this kind: %(subject)s.")
            % {"award": kind, "subject": kind.get_subject_display()}
        )
    field, winner = offered[kind.subject]
    return {field: winner}


def _refuse_winner(round, kind, winner):
    candidate = winner.get("candidate")
    organisation = winner.get("organisation")
    elsewhere = (candidate and candidate.round_id != round.pk) or (
        organisation and organisation.contest_id != round.contest_id
    )
    if elsewhere:
        raise WrongWinner(_("This winner does not belong to this round."))
    if candidate:
        candidate.refresh_from_db(fields=["left_at"])
        if candidate.left_at:
            raise CandidateLeft(_("A work that left the contest cannot win."))
    # A work wins once in a round, a body or a person once per award.
    rivals = round.awards if candidate else round.awards.filter(kind=kind)
    if rivals.filter(**winner).exists():
        raise AlreadyAwarded(_("This winner has an award already."))


def _traces(award):
    """What history keeps of an award: no names of people."""
    return {
        "award": award.kind.key,
        "number": award.candidate.blind_number if award.candidate else "",
        "organisation": award.organisation_id,
    }
