"""The round as spreadsheets: the list of winners, and every judge's scores."""

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from documents.xlsx import Column, Group, Sheet, write_workbook
from judging.award_lists import award_list, in_title_marks
from judging.models import Ballot, Candidate, Round
from judging.states import BallotProgress, RoundState


def award_list_xlsx(round: Round) -> bytes:
    """Title, groups by award, a row per winner: ready to print and hang up.

    An official paper: it speaks the contest's language, whatever the reader's is.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return write_workbook(_sheet_of_winners(round))


def scores_xlsx(round: Round) -> bytes:
    """For the audit: each work's result, and each judge's points behind it."""
    return write_workbook(_sheet_of_results(round), _sheet_of_ballots(round))


def _sheet_of_winners(round):
    winners = award_list(round)
    published = round.state == RoundState.PUBLISHED
    return Sheet(
        title=winners.title,
        lines=[
            _("(In no particular order)")
            if published
            else _("(Draft, not published yet. In no particular order)")
        ],
        columns=[
            Column(_("Serial no."), 6, centred=True),
            Column(_("Title of work"), 34),
            Column(_("Authors"), 22),
            Column(_("Organisation"), 28),
            Column(_("Unit"), 22),
            Column(_("Track"), 14),
            Column(_("Basis of use"), 34),
        ],
        groups=[
            Group(title=section.heading, rows=_rows_of(section))
            for section in winners.sections
        ],
        notes=[_("Published on %(day)s") % {"day": _day(winners.published_at)}]
        if published
        else [],
        landscape=True,
        name=_("Winners"),
    )


def _rows_of(section):
    return [
        [
            number,
            each.name,
            each.authors,
            each.organisation,
            each.unit,
            each.track,
            each.basis,
        ]
        if section.is_of_works
        else [number, each.name]
        for number, each in enumerate(section.winners, start=1)
    ]


def _sheet_of_results(round):
    candidates = (
        Candidate.objects.filter(round=round)
        .select_related("prize_group", "submission", "tally")
        .ranked()
    )
    return Sheet(
        title=_("%(contest)s: results of %(stage)s") % _names(round),
        columns=[
            Column(_("Prize group"), 22, merge_down=True),
            Column(_("Rank"), 8, centred=True),
            Column(_("Blind number"), 12, centred=True),
            Column(_("Submission number"), 14),
            Column(_("Title of work"), 34),
            Column(_("Ballots"), 8, centred=True),
            Column(_("Mean"), 10, centred=True),
            Column(_("Remark"), 16),
        ],
        groups=[Group([_result_row(candidate) for candidate in candidates])],
        landscape=True,
        name=_("Overall results"),
    )


def _result_row(candidate):
    tally = getattr(candidate, "tally", None)
    note = _("Left the contest") if candidate.left_at else ""
    return [
        candidate.prize_group.name,
        tally.rank if tally else None,
        candidate.blind_number,
        candidate.submission.number,
        in_title_marks(candidate.submission.title),
        tally.ballots if tally else 0,
        tally.mean if tally else None,
        _("Selected") if candidate.selected_at else note,
    ]


def _sheet_of_ballots(round):
    criteria = round.scoring.criteria
    ballots = (
        Ballot.objects.filter(assignment__candidate__round=round)
        .with_progress()
        .select_related(
            "assignment__judge",
            "assignment__recusal",
            "assignment__candidate__prize_group",
            "assignment__candidate__submission",
        )
        .prefetch_related("scores__criterion")
        .order_by("assignment__candidate__blind_number", "assignment__judge__username")
    )
    return Sheet(
        title=_("%(contest)s: scores of %(stage)s") % _names(round),
        columns=[
            Column(_("Blind number"), 12, centred=True),
            Column(_("Title of work"), 30),
            Column(_("Judge"), 14),
            *(
                Column(f"{criterion.name} {criterion.weight}%", 12, centred=True)
                for criterion in criteria
            ),
            Column(_("Total points"), 10, centred=True),
            Column(_("State"), 14),
            Column(_("Comment or reason"), 40),
        ],
        groups=[Group([_ballot_row(ballot, criteria) for ballot in ballots])],
        landscape=True,
        name=_("Scores"),
    )


def _ballot_row(ballot, criteria):
    assignment = ballot.assignment
    points = {score.criterion.key: score.points for score in ballot.scores.all()}
    recusal = getattr(assignment, "recusal", None)
    return [
        assignment.candidate.blind_number,
        in_title_marks(assignment.candidate.submission.title),
        assignment.judge.label,
        *(points.get(criterion.key) for criterion in criteria),
        ballot.total,
        BallotProgress(ballot.progress).label,
        recusal.reason if recusal else ballot.comment,
    ]


def _names(round):
    return {"contest": round.contest.title_short, "stage": round.stage.name}


def _day(moment):
    return date_format(localtime(moment))
