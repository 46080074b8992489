"""Which works a stage judges, and how far its rounds are."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.models import Role, User
from contests import clock
from contests.models import Stage
from judging.models import Assignment, Ballot, Candidate, Round, Score
from judging.states import DECIDED, UNFINISHED, RoundState
from submissions.models import Submission
from submissions.states import State

JUDGED = {Stage.Kind.SELECTION, Stage.Kind.FINAL}


def judged_stages(contests):
    """Stages that have or will have a round, with the accepted works `waiting`."""
    waiting = (
        Submission.objects.filter(
            contest=OuterRef("contest"),
            state=State.ACCEPTED,
            counts_at__date__gte=OuterRef("works_from"),
            counts_at__date__lte=OuterRef("works_until"),
        )
        .order_by()
        .values("contest")
        .annotate(works=Count("pk"))
    )
    return (
        Stage.objects.filter(contest__in=contests, kind__in=JUDGED)
        .annotate(waiting=Subquery(waiting.values("works")))
        .select_related("contest")
        .order_by("contest", "position")
    )


def submissions_in_window(stage):
    """Works first handed in within the stage's window, whole days in contest time."""
    works = Submission.objects.filter(contest=stage.contest_id)
    if stage.works_from is None:
        return works
    return works.filter(
        counts_at__gte=clock.start_of(stage.works_from),
        counts_at__lt=clock.end_of(stage.works_until),
    )


def submissions_for_round(stage):
    """Accepted works of a stage's window; the final draws on selected ones (rule 20).

    A contest without selections judges all its accepted works in the final.
    """
    accepted = submissions_in_window(stage).filter(state=State.ACCEPTED)
    if stage.kind == Stage.Kind.FINAL and selection_stages(stage).exists():
        chosen = Candidate.objects.selected().filter(
            round__stage__kind=Stage.Kind.SELECTION, round__state__in=DECIDED
        )
        return accepted.filter(pk__in=chosen.values("submission"))
    return accepted


def submissions_in_screening(stage):
    """Works of the stage's window that may still be accepted."""
    return submissions_in_window(stage).filter(
        state__in={State.SUBMITTED, State.SCREENING, State.RETURNED}
    )


def selection_stages(stage):
    return Stage.objects.filter(contest=stage.contest_id, kind=Stage.Kind.SELECTION)


def undecided_selections(stage):
    """Selections of the contest with works to judge that are not confirmed yet."""
    undecided = selection_stages(stage).exclude(round__state__in=DECIDED)
    return [
        selection
        for selection in undecided
        if submissions_for_round(selection).exists()
    ]


def desk_of(user):
    """A judge's ballots with their works: the newest round first, then by number."""
    return (
        Ballot.objects.of_judge(user)
        .with_progress()
        .select_related(
            "assignment__candidate__round__stage",
            "assignment__candidate__prize_group",
            "assignment__candidate__submission__unit",
            "assignment__candidate__submission__category",
        )
        .order_by(
            "-assignment__candidate__round",
            "assignment__candidate__prize_group__position",
            "assignment__candidate__blind_number",
            "pk",
        )
    )


def next_open_ballot(ballot, *, judge):
    """The judge's next unfinished ballot of the round, going round once; or None."""
    round = ballot.assignment.candidate.round
    desk = desk_of(judge).filter(assignment__candidate__round=round)
    order = list(desk.values_list("pk", "progress"))
    here = next((n for n, (pk, _progress) in enumerate(order) if pk == ballot.pk), 0)
    ahead = [*order[here + 1 :], *order[:here]]
    return next((pk for pk, progress in ahead if progress in UNFINISHED), None)


def missing_ballots(round) -> int:
    """Ballots asked for and not complete, and works that nobody was asked to judge."""
    asked = Assignment.objects.standing().unfinished().filter(candidate__round=round)
    return asked.count() + candidates_without_judge(round).count()


def candidates_without_judge(round):
    return round.candidates.standing().filter(assignments=None)


def judges_of(contest):
    """People who hold the role of a judge, by name."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__contest=contest,
            memberships__role=Role.JUDGE,
        )
        .distinct()
        .order_by("full_name", "username", "pk")
    )


def panel(round):
    """The judges of a round by name, with how many works each was asked and settled."""
    mine = Q(assignments__candidate__round=round, assignments__candidate__left_at=None)
    done = mine & Q(
        assignments__recusal=None,
        assignments__ballot__total_hundredths__isnull=False,
    )
    return (
        User.objects.filter(
            Exists(
                Assignment.objects.standing().filter(
                    candidate__round=round, judge=OuterRef("pk")
                )
            )
        )
        .annotate(
            asked=Count("assignments", filter=mine),
            done=Count("assignments", filter=done),
            recused=Count("assignments__recusal", filter=mine),
            has_begun=Exists(
                Score.objects.filter(
                    ballot__assignment__judge=OuterRef("pk"),
                    ballot__assignment__candidate__round=round,
                )
            ),
        )
        .annotate(settled=F("done") + F("recused"))
        .order_by("full_name", "username", "pk")
    )


def rounds_with_counts(contests):
    """Rounds by stage, with works in, works selected and ballots done and asked."""
    standing = Q(candidates__left_at=None)
    asked = standing & Q(
        candidates__assignments__isnull=False,
        candidates__assignments__recusal=None,
    )
    return (
        Round.objects.filter(contest__in=contests)
        .select_related("stage", "contest__current_version")
        .annotate(
            works=Count("candidates", filter=standing, distinct=True),
            selected=Count(
                "candidates",
                filter=Q(candidates__selected_at__isnull=False),
                distinct=True,
            ),
            asked=Count("candidates__assignments", filter=asked, distinct=True),
            done=Count(
                "candidates__assignments",
                filter=asked
                & Q(
                    candidates__assignments__ballot__total_hundredths__isnull=False,
                ),
                distinct=True,
            ),
        )
    )


def ribbons(submissions) -> dict[int, str]:
    """What published rounds say of works: an award, or else that one was selected."""
    candidates = Candidate.objects.standing().filter(
        submission__in=submissions, round__state=RoundState.PUBLISHED
    )
    selected = candidates.selected().values_list("submission", flat=True)
    awarded = candidates.filter(awards__isnull=False)
    return dict.fromkeys(selected, _("Best of the season")) | dict(
        awarded.values_list("submission", "awards__kind__name")
    )


def needed_for_results(works) -> set[int]:
    """Works that won, or were selected; all of them while results are not published."""
    published = Round.objects.published()
    waiting = Round.objects.exclude(pk__in=published)
    decided = Q(contest__in=published.values("contest")) & ~Q(
        contest__in=waiting.values("contest")
    )
    candidates = Candidate.objects.filter(submission=OuterRef("pk"))
    won = candidates.filter(Q(awards__isnull=False) | Q(selected_at__isnull=False))
    return set(works.filter(~decided | Exists(won)).values_list("pk", flat=True))


def prize_groups_of(round):
    """The prize groups that have candidates in the round, with how many."""
    mine = Q(candidates__round=round, candidates__left_at=None)
    return (
        round.contest.prize_groups.annotate(works=Count("candidates", filter=mine))
        .filter(works__gt=0)
        .order_by("position", "pk")
    )
