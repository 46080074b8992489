"""Works coming into a round and dropping out of it."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contests.errors import RuleViolation
from contests.models import PrizeGroupCell
from judging.lifecycle import lock, note, require_state
from judging.models import Candidate, Round, RoundEvent
from judging.queries import submissions_for_round
from judging.states import GATHERING, RoundAction, RoundState
from judging.tallies import tally_up
from submissions.models import Submission


class NoPrizeGroup(RuleViolation):
    code = "no_prize_group"


@transaction.atomic
def take_in(*, round: Round, by: User, at: datetime) -> list[Candidate]:
    """Add works accepted since the round was opened; they come after the others."""
    works = works_not_in(round)
    require_state(round, *GATHERING)
    entered = enter(round, works)
    if entered:
        note(round, action=RoundAction.TAKEN_IN, by=by, at=at, works=len(entered))
    return entered


@transaction.atomic
def drop_out(*, submission: Submission, at: datetime) -> list[RoundEvent]:
    """Take a work that left the contest out of its rounds, with what it had won."""
    candidates = submission.candidates.standing().select_related("round")
    return [_drop(candidate, at=at) for candidate in candidates.order_by("round")]


def works_not_in(round: Round) -> list[Submission]:
    """Accepted works still outside the round, held so that none leaves meanwhile.

    Call it before the round itself is locked: leaving works lock in this order too.
    """
    return list(
        submissions_for_round(round.stage)
        .exclude(candidates__round=round)
        .select_for_update(no_key=True, of=("self",))
    )


def enter(round: Round, works: list[Submission]) -> list[Candidate]:
    """Make candidates of works: shuffled within their prize group, then numbered."""
    groups = _groups_by_cell(round, works)
    secrets.SystemRandom().shuffle(works)
    works.sort(key=lambda work: groups[work.unit_id, work.track_id].position)
    first = round.candidates.count() + 1
    return Candidate.objects.bulk_create(
        Candidate(
            round=round,
            submission=work,
            prize_group=groups[work.unit_id, work.track_id],
            blind_number=f"{number:04d}",
        )
        for number, work in enumerate(works, start=first)
    )


def _groups_by_cell(round, works):
    """The prize group of each (unit, track) pair; refuses if a work has none."""
    cells = PrizeGroupCell.objects.filter(prize_group__contest=round.contest_id)
    groups = {
        (cell.unit_id, cell.track_id): cell.prize_group
        for cell in cells.select_related("prize_group")
    }
    homeless = [work for work in works if (work.unit_id, work.track_id) not in groups]
    if homeless:
        raise NoPrizeGroup(
            _("%(works)s belong to no prize group. Complete the rule book first.")
            % {"works": "、".join(work.number for work in homeless)}
        )
    return groups


def _drop(candidate, *, at):
    round = lock(candidate.round)
    lost = [award.kind.key for award in candidate.awards.select_related("kind")]
    was_selected = candidate.selected_at is not None
    candidate.awards.all().delete()
    candidate.left_at, candidate.selected_at = at, None
    candidate.save(update_fields=["left_at", "selected_at"])
    if round.state == RoundState.CLOSED:
        tally_up(round)
    return note(
        round,
        action=RoundAction.DROPPED_OUT,
        by=None,
        at=at,
        number=candidate.blind_number,
        was_selected=was_selected,
        awards=lost,
    )
