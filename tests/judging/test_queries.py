import pytest
from django.utils import translation

from judging.queries import needed_for_results, next_open_ballot, ribbons
from judging.states import RoundState
from submissions.models import Submission
from submissions.ribbons import ribbons_of
from tests.factories.judging import (
    AFTER_SPRING,
    make_assignment,
    make_candidate,
    make_contest,
    make_judge,
    make_round,
    make_submission,
    score,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return make_round(make_contest(), state=RoundState.JUDGING)


def make_desk(round, *totals):
    """A judge with a ballot for each total, None for an open one."""
    judge = make_judge(round.contest)
    ballots = []
    for total in totals:
        ballots.append(make_assignment(make_candidate(round), judge).ballot)
        score(ballots[-1].assignment, total=total)
    return judge, ballots


def test_next_ballot_is_the_next_open_one(round):
    judge, ballots = make_desk(round, None, 8000, None)

    assert next_open_ballot(ballots[0], judge=judge) == ballots[2].pk


def test_after_the_last_ballot_the_first_open_one_follows(round):
    judge, ballots = make_desk(round, None, 8000, None)

    assert next_open_ballot(ballots[2], judge=judge) == ballots[0].pk


def test_nothing_follows_the_last_open_ballot(round):
    judge, ballots = make_desk(round, None, 8000)
    make_assignment(make_candidate(round))

    assert next_open_ballot(ballots[0], judge=judge) is None


@pytest.mark.parametrize("state", sorted(set(RoundState) - {RoundState.PUBLISHED}))
def test_works_wear_no_ribbon_before_the_results_are_out(state):
    candidate = make_candidate(
        make_round(make_contest(), state=state), selected_at=AFTER_SPRING
    )

    assert ribbons([candidate.submission]) == {}


def test_selected_works_wear_a_ribbon_and_winners_their_award():
    contest = make_contest()
    spring = make_round(contest, state=RoundState.PUBLISHED)
    final = make_round(contest, stage="final", state=RoundState.PUBLISHED)
    selected, winner = (
        make_candidate(spring, selected_at=AFTER_SPRING).submission for _ in range(2)
    )
    final.awards.create(
        kind=contest.award_kinds.get(key="first"),
        position=1,
        candidate=make_candidate(final, submission=winner),
        awarded_at=AFTER_SPRING,
    )
    other = make_submission(contest)

    with translation.override("en"):
        worn = ribbons_of([selected, winner, other])

    assert worn == {selected.pk: "Best of the season", winner.pk: "First prize"}


def test_the_list_needs_what_won_or_was_selected_once_all_is_published():
    contest = make_contest()
    round = make_round(contest, state=RoundState.CONFIRMED)
    chosen = make_candidate(round, selected_at=AFTER_SPRING)
    make_candidate(round)
    works = Submission.objects.filter(contest=contest)
    before = needed_for_results(works)
    round.state = RoundState.PUBLISHED
    round.save()

    assert before == {work.pk for work in works}
    assert needed_for_results(works) == {chosen.submission_id}
