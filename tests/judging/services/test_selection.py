import pytest

from judging import services
from judging.lifecycle import IllegalMove
from judging.services import selection
from judging.states import RoundAction, RoundState
from tests.factories.judging import (
    AFTER_SPRING,
    make_candidate,
    make_contest,
    make_organiser,
    make_round,
)

pytestmark = pytest.mark.django_db


def make_closed_round(works, **fields):
    round = make_round(make_contest(), **{"state": RoundState.CLOSED} | fields)
    return round, [make_candidate(round) for _ in range(works)]


def selected_numbers(round):
    return list(round.candidates.selected().values_list("blind_number", flat=True))


def test_works_are_selected_and_history_says_which():
    round, candidates = make_closed_round(3)
    organiser = make_organiser(round.contest)

    services.select(candidates=candidates[:2], by=organiser, at=AFTER_SPRING)

    assert selected_numbers(round) == ["0001", "0002"]
    event = round.events.get()
    assert (event.action, event.actor_id, event.detail) == (
        RoundAction.SELECTED,
        organiser.pk,
        {"numbers": ["0001", "0002"]},
    )


def test_selecting_again_leaves_no_trace():
    round, candidates = make_closed_round(1)
    organiser = make_organiser(round.contest)
    services.select(candidates=candidates, by=organiser, at=AFTER_SPRING)

    chosen = services.select(candidates=candidates, by=organiser, at=AFTER_SPRING)

    assert (chosen, round.events.count()) == ([], 1)


def test_selection_is_taken_back():
    round, candidates = make_closed_round(2)
    organiser = make_organiser(round.contest)
    services.select(candidates=candidates, by=organiser, at=AFTER_SPRING)

    services.unselect(candidates=candidates[:1], by=organiser, at=AFTER_SPRING)

    assert selected_numbers(round) == ["0002"]
    event = round.events.last()
    assert (event.action, event.detail) == (
        RoundAction.UNSELECTED,
        {"numbers": ["0001"]},
    )


def test_work_that_left_the_contest_is_not_selected():
    round, candidates = make_closed_round(2)
    round.candidates.filter(blind_number="0002").update(left_at=AFTER_SPRING)

    with pytest.raises(selection.CandidateLeft):
        services.select(
            candidates=candidates, by=make_organiser(round.contest), at=AFTER_SPRING
        )

    assert selected_numbers(round) == []


def test_no_more_are_selected_than_the_rule_book_names():
    round, candidates = make_closed_round(3)
    kind = round.contest.award_kinds.get(key="first")
    round.award_counts.create(kind=kind, count=2)
    organiser = make_organiser(round.contest)
    services.select(candidates=candidates[:2], by=organiser, at=AFTER_SPRING)

    with pytest.raises(selection.NoPlacesLeft):
        services.select(candidates=candidates[2:], by=organiser, at=AFTER_SPRING)

    assert selected_numbers(round) == ["0001", "0002"]


def test_as_many_as_wanted_are_selected_where_the_number_is_open():
    round, candidates = make_closed_round(3)
    kind = round.contest.award_kinds.get(key="second")
    round.award_counts.create(kind=kind, count=None)

    services.select(
        candidates=candidates, by=make_organiser(round.contest), at=AFTER_SPRING
    )

    assert selected_numbers(round) == ["0001", "0002", "0003"]


@pytest.mark.parametrize("verb", [services.select, services.unselect])
@pytest.mark.parametrize("state", sorted(set(RoundState) - {RoundState.CLOSED}))
def test_selection_changes_only_while_the_round_is_closed(state, verb):
    round, candidates = make_closed_round(1, state=state)

    with pytest.raises(IllegalMove):
        verb(candidates=candidates, by=make_organiser(round.contest), at=AFTER_SPRING)


@pytest.mark.parametrize("verb", [services.select, services.unselect])
def test_nothing_is_selected_in_the_final(verb):
    round, candidates = make_closed_round(1, stage="final")

    with pytest.raises(selection.NotASelection):
        verb(candidates=candidates, by=make_organiser(round.contest), at=AFTER_SPRING)
