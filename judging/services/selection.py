"""Choosing the works of a quarterly round that go on to the annual final."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import User
from contests.errors import RuleViolation
from contests.models import AwardKind
from judging.lifecycle import note, require_state
from judging.models import Candidate, Round
from judging.states import RoundAction, RoundState


class NotASelection(RuleViolation):
    code = "not_a_selection"


class CandidateLeft(RuleViolation):
    code = "candidate_left"


class NoPlacesLeft(RuleViolation):
    code = "no_places_left"


@transaction.atomic
def select(
    *, candidates: Iterable[Candidate], by: User, at: datetime
) -> list[Candidate]:
    """Choose works of one closed round; those chosen already stay so."""
    candidates = list(candidates)
    round = _round_of(candidates)
    if any(candidate.left_at for candidate in candidates):
        raise CandidateLeft(_("A work that left the contest cannot be selected."))
    chosen = [each for each in candidates if each.selected_at is None]
    _refuse_beyond_places(round, round.candidates.selected().count() + len(chosen))
    return _set_selected(round, chosen, at, RoundAction.SELECTED, by=by, at=at)


@transaction.atomic
def unselect(
    *, candidates: Iterable[Candidate], by: User, at: datetime
) -> list[Candidate]:
    """Take a choice back, until the selection is confirmed."""
    candidates = list(candidates)
    round = _round_of(candidates)
    dropped = [each for each in candidates if each.selected_at is not None]
    return _set_selected(round, dropped, None, RoundAction.UNSELECTED, by=by, at=at)


def _round_of(candidates) -> Round:
    """The one closed selection of all of them, locked; they are brought up to date."""
    [round] = {candidate.round for candidate in candidates}
    require_state(round, RoundState.CLOSED)
    if round.is_final:
        raise NotASelection(
            _("In the final nothing is selected: give the awards instead.")
        )
    for candidate in candidates:
        candidate.refresh_from_db(fields=["selected_at", "left_at"])
    return round


def _refuse_beyond_places(round, wanted):
    """Where the rule book says how many are chosen in this stage, no more are."""
    counts = round.award_counts.filter(kind__subject=AwardKind.Subject.SUBMISSION)
    if not counts or any(each.count is None for each in counts):
        return
    places = counts.aggregate(places=Sum("count"))["places"]
    if wanted > places:
        raise NoPlacesLeft(
            _("There are %(places)d places, and %(wanted)d works would be selected.")
            % {"places": places, "wanted": wanted}
        )


def _set_selected(round, candidates, selected_at, action, *, by, at):
    for candidate in candidates:
        candidate.selected_at = selected_at
    Candidate.objects.bulk_update(candidates, ["selected_at"])
    if candidates:
        numbers = sorted(candidate.blind_number for candidate in candidates)
        note(round, action=action, by=by, at=at, numbers=numbers)
    return candidates
