import pytest

from accounts.models import Role
from judging import services
from judging.lifecycle import IllegalMove
from judging.models import Assignment
from judging.services import panel
from judging.states import RoundAction, RoundState
from tests.factories.judging import (
    AFTER_SPRING,
    StaffFactory,
    make_assignment,
    make_candidate,
    make_contest,
    make_judge,
    make_organiser,
    make_round,
    make_submission,
    score,
)

pytestmark = pytest.mark.django_db


def asked(round):
    pairs = Assignment.objects.filter(candidate__round=round)
    return sorted(pairs.values_list("candidate__blind_number", "judge__username"))


def test_judge_is_assigned_with_a_blank_ballot():
    contest = make_contest()
    judge = make_judge(contest)
    candidate = make_candidate(make_round(contest))

    assignment = services.assign_judge(
        candidate=candidate, judge=judge, by=make_organiser(contest), at=AFTER_SPRING
    )

    assert (assignment.candidate, assignment.judge) == (candidate, judge)
    assert assignment.ballot.total_hundredths is None
    event = candidate.round.events.get()
    assert (event.action, event.detail) == (
        RoundAction.ASSIGNED,
        {"judges": [judge.pk], "ballots": 1},
    )


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.REVIEWER, Role.SUPERVISOR])
def test_only_a_judge_of_the_contest_is_assigned(role):
    contest = make_contest()
    candidate = make_candidate(make_round(contest))
    somebody = StaffFactory(contest=contest, role=role)

    with pytest.raises(panel.NotAJudge):
        services.assign_judge(
            candidate=candidate,
            judge=somebody,
            by=make_organiser(contest),
            at=AFTER_SPRING,
        )


def test_judge_of_another_contest_is_not_assigned():
    contest = make_contest()
    round = make_round(contest)
    make_candidate(round)
    stranger = make_judge(make_contest())

    with pytest.raises(panel.NotAJudge):
        services.assign_judges(
            round=round,
            judges=[stranger],
            by=make_organiser(contest),
            at=AFTER_SPRING,
        )


def test_nobody_judges_their_own_work():
    contest = make_contest()
    judge = make_judge(contest)
    candidate = make_candidate(
        make_round(contest), submission=make_submission(contest, author=judge)
    )

    with pytest.raises(panel.OwnWork):
        services.assign_judge(
            candidate=candidate,
            judge=judge,
            by=make_organiser(contest),
            at=AFTER_SPRING,
        )


def test_judge_is_assigned_to_a_work_once():
    contest = make_contest()
    assignment = make_assignment(make_candidate(make_round(contest)))

    with pytest.raises(panel.AlreadyAssigned):
        services.assign_judge(
            candidate=assignment.candidate,
            judge=assignment.judge,
            by=make_organiser(contest),
            at=AFTER_SPRING,
        )


def test_all_judges_are_assigned_to_all_works_but_their_own():
    contest = make_contest()
    round = make_round(contest)
    ann = make_judge(contest, username="ann")
    bob = make_judge(contest, username="bob")
    make_candidate(round, submission=make_submission(contest, author=ann))
    make_assignment(make_candidate(round), ann)
    make_candidate(round, left_at=AFTER_SPRING)

    added = services.assign_judges(
        round=round, judges=[ann, bob], by=make_organiser(contest), at=AFTER_SPRING
    )

    assert asked(round) == [("0001", "bob"), ("0002", "ann"), ("0002", "bob")]
    assert len(added) == 2
    assert round.events.get().detail == {"judges": [bob.pk], "ballots": 2}


def test_assigning_what_is_assigned_changes_nothing():
    contest = make_contest()
    round = make_round(contest)
    assignment = make_assignment(make_candidate(round))

    added = services.assign_judges(
        round=round,
        judges=[assignment.judge],
        by=make_organiser(contest),
        at=AFTER_SPRING,
    )

    assert (added, round.events.count()) == ([], 0)
    assert Assignment.objects.get() == assignment


@pytest.mark.parametrize(
    "state", [RoundState.CLOSED, RoundState.CONFIRMED, RoundState.PUBLISHED]
)
def test_panel_is_fixed_once_the_round_is_closed(state):
    contest = make_contest()
    organiser = make_organiser(contest)
    round = make_round(contest, state=state)
    assignment = make_assignment(make_candidate(round))
    judge = make_judge(contest)

    for change in (
        lambda: services.assign_judges(
            round=round, judges=[judge], by=organiser, at=AFTER_SPRING
        ),
        lambda: services.assign_judge(
            candidate=assignment.candidate, judge=judge, by=organiser, at=AFTER_SPRING
        ),
        lambda: services.release_judge(
            round=round, judge=assignment.judge, by=organiser, at=AFTER_SPRING
        ),
    ):
        with pytest.raises(IllegalMove):
            change()

    assert Assignment.objects.get() == assignment


def test_judge_without_scores_is_released():
    contest = make_contest()
    round = make_round(contest)
    gone = make_assignment(make_candidate(round)).judge
    staying = make_assignment(round.candidates.get())

    count = services.release_judge(
        round=round, judge=gone, by=make_organiser(contest), at=AFTER_SPRING
    )

    assert (count, Assignment.objects.get()) == (1, staying)
    event = round.events.get()
    assert (event.action, event.detail) == (
        RoundAction.RELEASED,
        {"judge": gone.pk, "works": 1},
    )


def test_judge_who_has_scored_is_not_released():
    contest = make_contest()
    round = make_round(contest, state=RoundState.JUDGING)
    assignment = make_assignment(make_candidate(round))
    score(assignment, idea=17)

    with pytest.raises(panel.HasScored):
        services.release_judge(
            round=round,
            judge=assignment.judge,
            by=make_organiser(contest),
            at=AFTER_SPRING,
        )

    assert Assignment.objects.get() == assignment
