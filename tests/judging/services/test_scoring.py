import datetime as dt

import pytest

from accounts.models import Membership
from judging import services
from judging.models import Ballot, Candidate, Recusal, Round
from judging.services import scoring
from judging.states import RoundAction, RoundState
from tests.factories.judging import (
    AFTER_SPRING,
    make_assignment,
    make_candidate,
    make_contest,
    make_judge,
    make_organiser,
    make_round,
    score,
)

pytestmark = pytest.mark.django_db

LATER = AFTER_SPRING + dt.timedelta(hours=1)


def make_open_assignment(**contest):
    round = make_round(make_contest(**contest), state=RoundState.JUDGING)
    return make_assignment(make_candidate(round))


def points_of(ballot):
    return dict(ballot.scores.values_list("criterion__key", "half_points"))


def record(assignment, *, by=None, **scores):
    return services.record_scores(
        assignment=assignment, by=by or assignment.judge, at=LATER, scores=scores
    )


# --- Scores ------------------------------------------------------------------
def test_ballot_gets_its_weighted_total_once_every_criterion_is_scored():
    assignment = make_open_assignment()

    services.record_scores(
        assignment=assignment,
        by=assignment.judge,
        at=LATER,
        scores={"idea": 17, "craft": 16},
        comment="Warm.",
    )

    ballot = assignment.ballot
    ballot.refresh_from_db()
    assert points_of(ballot) == {"idea": 17, "craft": 16}
    assert (ballot.total_hundredths, ballot.comment, ballot.updated_at) == (
        8300,
        "Warm.",
        LATER,
    )


def test_partly_scored_ballot_has_no_total():
    assignment = make_open_assignment()

    ballot = record(assignment, idea=17)

    assert (points_of(ballot), ballot.total_hundredths) == ({"idea": 17}, None)


def test_criteria_not_named_keep_their_points_and_the_comment_stays():
    assignment = make_open_assignment()
    score(assignment, idea=10, craft=10, total=5000)
    assignment.ballot.comment = "Warm."
    assignment.ballot.save()

    ballot = record(assignment, craft=20)

    assert points_of(ballot) == {"idea": 10, "craft": 20}
    assert (ballot.total_hundredths, ballot.comment) == (7000, "Warm.")


def test_points_taken_back_make_the_ballot_incomplete():
    assignment = make_open_assignment()
    score(assignment, idea=10, craft=10, total=5000)

    ballot = record(assignment, craft=None)

    assert (points_of(ballot), ballot.total_hundredths) == ({"idea": 10}, None)


@pytest.mark.parametrize("half_points", [0, 20])
def test_both_ends_of_the_range_are_points(half_points):
    assignment = make_open_assignment()

    ballot = record(assignment, idea=half_points)

    assert points_of(ballot) == {"idea": half_points}


@pytest.mark.parametrize("half_points", [-1, 21])
def test_points_out_of_range_are_refused(half_points):
    assignment = make_open_assignment()

    with pytest.raises(scoring.ScoreRefused, match="0 to 10 points") as refusal:
        record(assignment, craft=8, idea=half_points)

    assert list(refusal.value.fields) == ["idea"]
    assert points_of(assignment.ballot) == {}


def test_range_is_that_of_the_rule_book_the_round_was_opened_under():
    assignment = make_open_assignment(max_points=25)

    ballot = record(assignment, idea=50, craft=50)

    assert ballot.total_hundredths == 10000


def test_unknown_criterion_is_refused():
    assignment = make_open_assignment()

    with pytest.raises(scoring.ScoreRefused, match="beauty"):
        record(assignment, beauty=8)


@pytest.mark.parametrize("state", sorted(set(RoundState) - {RoundState.JUDGING}))
def test_scores_are_refused_outside_judging(state):
    assignment = make_open_assignment()
    Round.objects.update(state=state)

    with pytest.raises(scoring.ScoringClosed) as refusal:
        record(assignment, idea=17)

    assert refusal.value.code == (
        "scoring_not_begun" if state == RoundState.DRAFT else "scoring_closed"
    )
    assert points_of(assignment.ballot) == {}


def test_nobody_scores_for_a_judge():
    assignment = make_open_assignment()
    contest = assignment.candidate.round.contest

    for other in (make_judge(contest), make_organiser(contest)):
        with pytest.raises(scoring.NotYourBallot):
            record(assignment, by=other, idea=17)

    assert points_of(assignment.ballot) == {}


def test_judge_who_lost_the_role_scores_no_more():
    assignment = make_open_assignment()
    Membership.objects.filter(user=assignment.judge).delete()

    with pytest.raises(scoring.NotYourBallot):
        record(assignment, idea=17)


def test_work_that_left_the_contest_is_scored_no_more():
    assignment = make_open_assignment()
    Candidate.objects.update(left_at=AFTER_SPRING)

    with pytest.raises(scoring.NotYourBallot):
        record(assignment, idea=17)


def test_recused_judge_scores_no_more():
    assignment = make_open_assignment()
    Recusal.objects.create(assignment=assignment, reason="Friend", at=AFTER_SPRING)

    with pytest.raises(scoring.Recused):
        record(assignment, idea=17)


# --- Stepping back -----------------------------------------------------------
def test_judge_steps_back_with_a_reason_that_history_does_not_repeat():
    assignment = make_open_assignment()

    recusal = services.recuse(
        assignment=assignment, by=assignment.judge, at=LATER, reason=" My student. "
    )

    assert (recusal.reason, recusal.at) == ("My student.", LATER)
    event = assignment.candidate.round.events.get()
    assert (event.action, event.actor_id, event.reason, event.detail) == (
        RoundAction.RECUSED,
        assignment.judge.pk,
        "",
        {"number": assignment.candidate.blind_number},
    )


def test_stepping_back_needs_a_reason():
    assignment = make_open_assignment()

    with pytest.raises(scoring.ReasonMissing):
        services.recuse(
            assignment=assignment, by=assignment.judge, at=LATER, reason=" "
        )

    assert Recusal.objects.count() == 0


def test_judge_steps_back_once():
    assignment = make_open_assignment()
    Recusal.objects.create(assignment=assignment, reason="Friend", at=AFTER_SPRING)

    with pytest.raises(scoring.Recused):
        services.recuse(
            assignment=assignment, by=assignment.judge, at=LATER, reason="Again"
        )


def test_stepping_back_is_undone_and_the_points_count_again():
    assignment = make_open_assignment()
    score(assignment, idea=10, craft=10, total=5000)
    Recusal.objects.create(assignment=assignment, reason="Friend", at=AFTER_SPRING)

    services.undo_recusal(assignment=assignment, by=assignment.judge, at=LATER)

    assert Recusal.objects.count() == 0
    assert list(Ballot.objects.counting()) == [assignment.ballot]
    event = assignment.candidate.round.events.get()
    assert event.action == RoundAction.RECUSAL_UNDONE


def test_nothing_is_undone_where_nobody_stepped_back():
    assignment = make_open_assignment()

    with pytest.raises(scoring.Recused) as refusal:
        services.undo_recusal(assignment=assignment, by=assignment.judge, at=LATER)

    assert refusal.value.code == "not_recused"


@pytest.mark.parametrize("state", sorted(set(RoundState) - {RoundState.JUDGING}))
def test_nobody_steps_back_or_returns_outside_judging(state):
    assignment = make_open_assignment()
    Round.objects.update(state=state)

    with pytest.raises(scoring.ScoringClosed):
        services.recuse(
            assignment=assignment, by=assignment.judge, at=LATER, reason="Friend"
        )
    with pytest.raises(scoring.ScoringClosed):
        services.undo_recusal(assignment=assignment, by=assignment.judge, at=LATER)


def test_nobody_steps_back_for_another_judge():
    assignment = make_open_assignment()
    other = make_judge(assignment.candidate.round.contest)

    with pytest.raises(scoring.NotYourBallot):
        services.recuse(assignment=assignment, by=other, at=LATER, reason="Friend")
    with pytest.raises(scoring.NotYourBallot):
        services.undo_recusal(assignment=assignment, by=other, at=LATER)
