import datetime as dt

import pytest

from contests import clock
from contests.models import PrizeGroupCell
from judging import services
from judging.lifecycle import IllegalMove
from judging.services.candidates import NoPrizeGroup
from judging.states import RoundAction, RoundState
from judging.tallies import tally_up
from submissions.lifecycle import change_state
from submissions.states import State
from tests.factories.judging import (
    AFTER_SPRING,
    IN_SPRING,
    make_assignment,
    make_candidate,
    make_contest,
    make_organiser,
    make_round,
    make_submission,
    score,
)

pytestmark = pytest.mark.django_db


def numbers_by_group(round):
    return {
        group: sorted(
            round.candidates.filter(prize_group__key=group).values_list(
                "blind_number", flat=True
            )
        )
        for group in ("river", "street")
    }


def test_works_are_numbered_group_by_group():
    contest = make_contest()
    organiser = make_organiser(contest)
    for unit in ("street", "river", "street", "river", "river"):
        make_submission(contest, unit=unit)
    stage = contest.stages.get(key="spring")

    round = services.open_round(stage=stage, by=organiser, at=AFTER_SPRING)

    assert numbers_by_group(round) == {
        "river": ["0001", "0002", "0003"],
        "street": ["0004", "0005"],
    }


def test_numbers_do_not_follow_the_order_of_handing_in():
    contest = make_contest()
    organiser = make_organiser(contest)
    works = [make_submission(contest) for _ in range(12)]
    stage = contest.stages.get(key="spring")

    round = services.open_round(stage=stage, by=organiser, at=AFTER_SPRING)

    order = round.candidates.order_by("blind_number").values_list(
        "submission", flat=True
    )
    assert sorted(order) == [work.pk for work in works]
    assert list(order) != [work.pk for work in works]  # by chance once in 479001600


def test_late_work_is_taken_in_behind_the_others():
    contest = make_contest()
    organiser = make_organiser(contest)
    round = make_round(contest, state=RoundState.JUDGING)
    make_candidate(round, unit="street")
    late = make_submission(contest)

    [candidate] = services.take_in(round=round, by=organiser, at=AFTER_SPRING)

    assert (candidate.submission, candidate.blind_number) == (late, "0002")
    event = round.events.get()
    assert (event.action, event.detail) == (RoundAction.TAKEN_IN, {"works": 1})


def test_taking_in_nothing_leaves_no_trace():
    contest = make_contest()
    round = make_round(contest)

    taken = services.take_in(round=round, by=make_organiser(contest), at=AFTER_SPRING)

    assert (taken, round.events.count()) == ([], 0)


@pytest.mark.parametrize(
    "state", [RoundState.CLOSED, RoundState.CONFIRMED, RoundState.PUBLISHED]
)
def test_nothing_is_taken_into_a_closed_round(state):
    contest = make_contest()
    round = make_round(contest, state=state)
    make_submission(contest)

    with pytest.raises(IllegalMove):
        services.take_in(round=round, by=make_organiser(contest), at=AFTER_SPRING)

    assert round.candidates.count() == 0


def test_work_in_no_prize_group_is_named():
    contest = make_contest()
    work = make_submission(contest, unit="street")
    PrizeGroupCell.objects.filter(unit=work.unit).delete()
    stage = contest.stages.get(key="spring")

    with pytest.raises(NoPrizeGroup) as refusal:
        services.open_round(stage=stage, by=make_organiser(contest), at=AFTER_SPRING)

    assert work.number in refusal.value.message


@pytest.mark.parametrize("to", [State.WITHDRAWN, State.DISQUALIFIED])
def test_work_that_leaves_the_contest_drops_out_of_the_round(to):
    contest = make_contest()
    round = make_round(contest, state=RoundState.JUDGING)
    candidate = make_candidate(round)
    other = make_candidate(round)

    change_state(candidate.submission, to=to, by=None, at=AFTER_SPRING)

    candidate.refresh_from_db()
    assert candidate.left_at == AFTER_SPRING
    assert list(round.candidates.standing()) == [other]
    event = round.events.get()
    assert (event.action, event.actor_id, event.detail) == (
        RoundAction.DROPPED_OUT,
        None,
        {"number": candidate.blind_number, "was_selected": False, "awards": []},
    )


def test_work_that_leaves_loses_its_selection_and_its_award():
    contest = make_contest()
    spring = make_round(contest, state=RoundState.PUBLISHED)
    final = make_round(contest, stage="final", state=RoundState.PUBLISHED)
    selected = make_candidate(spring, selected_at=AFTER_SPRING)
    winner = make_candidate(final, submission=selected.submission)
    first = contest.award_kinds.get(key="first")
    final.awards.create(
        kind=first, position=1, candidate=winner, awarded_at=AFTER_SPRING
    )

    services.drop_out(submission=winner.submission, at=AFTER_SPRING)

    selected.refresh_from_db()
    assert (selected.selected_at, selected.left_at) == (None, AFTER_SPRING)
    assert final.awards.count() == 0
    assert final.events.get().detail == {
        "number": winner.blind_number,
        "was_selected": False,
        "awards": ["first"],
    }
    assert spring.events.get().detail["was_selected"] is True


def test_others_move_up_when_a_work_leaves_a_closed_round():
    contest = make_contest()
    round = make_round(contest, state=RoundState.CLOSED)
    best, second = make_candidate(round), make_candidate(round)
    for candidate, total in ((best, 9000), (second, 8000)):
        score(make_assignment(candidate), total=total)
    tally_up(round)

    services.drop_out(submission=best.submission, at=AFTER_SPRING)

    assert list(round.candidates.standing().values_list("pk", "tally__rank")) == [
        (second.pk, 1)
    ]


def test_leaving_twice_is_remembered_once():
    contest = make_contest()
    round = make_round(contest)
    candidate = make_candidate(round)

    services.drop_out(submission=candidate.submission, at=AFTER_SPRING)
    later = AFTER_SPRING + dt.timedelta(days=1)
    services.drop_out(submission=candidate.submission, at=later)

    candidate.refresh_from_db()
    assert (candidate.left_at, round.events.count()) == (AFTER_SPRING, 1)


@pytest.mark.parametrize(
    ("submitted_at", "is_in"),
    [
        (clock.start_of(dt.date(2031, 3, 1)) - dt.timedelta(seconds=1), False),
        (clock.start_of(dt.date(2031, 3, 1)), True),
        (clock.end_of(dt.date(2031, 4, 30)) - dt.timedelta(seconds=1), True),
        (clock.end_of(dt.date(2031, 4, 30)), False),
    ],
)
def test_round_takes_whole_days_of_its_window(submitted_at, is_in):
    contest = make_contest()
    make_submission(contest, submitted_at=submitted_at)
    stage = contest.stages.get(key="spring")

    round = services.open_round(
        stage=stage, by=make_organiser(contest), at=AFTER_SPRING
    )

    assert round.candidates.count() == int(is_in)


def test_work_keeps_its_round_when_it_was_corrected_later():
    contest = make_contest()
    later = AFTER_SPRING + dt.timedelta(days=1)
    work = make_submission(contest, submitted_at=IN_SPRING)
    contest.submissions.update(submitted_at=later)
    stage = contest.stages.get(key="spring")

    round = services.open_round(
        stage=stage, by=make_organiser(contest), at=AFTER_SPRING
    )

    assert [candidate.submission for candidate in round.candidates.all()] == [work]


@pytest.mark.parametrize("state", sorted(set(State) - {State.ACCEPTED}))
def test_only_accepted_works_are_judged(state):
    contest = make_contest()
    make_submission(contest, state=state, correct_by=AFTER_SPRING)
    stage = contest.stages.get(key="spring")

    round = services.open_round(
        stage=stage, by=make_organiser(contest), at=AFTER_SPRING
    )

    assert round.candidates.count() == 0
