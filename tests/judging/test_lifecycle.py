import pytest

from judging.lifecycle import IllegalMove, change_state, note, require_state
from judging.models import Round
from judging.states import TRANSITIONS, RoundAction, RoundState
from tests.factories.judging import (
    AFTER_SPRING,
    make_contest,
    make_organiser,
    make_round,
)

pytestmark = pytest.mark.django_db


def facts_of(event):
    return {
        "at": event.at,
        "actor_id": event.actor_id,
        "actor_label": event.actor_label,
        "action": event.action,
        "from_state": event.from_state,
        "to_state": event.to_state,
        "reason": event.reason,
        "detail": event.detail,
    }


@pytest.mark.parametrize("to", RoundState)
@pytest.mark.parametrize("state", RoundState)
def test_only_the_moves_of_the_table_are_possible(state, to):
    round = make_round(make_contest(), state=state)
    move = {"to": to, "action": RoundAction.STARTED, "by": None, "at": AFTER_SPRING}

    if to in TRANSITIONS[state]:
        change_state(round, **move)
    else:
        with pytest.raises(IllegalMove):
            change_state(round, **move)

    moved = to in TRANSITIONS[state]
    round.refresh_from_db()
    assert round.state == (to if moved else state)
    assert round.events.count() == int(moved)


def test_a_move_is_remembered_with_who_when_and_why():
    contest = make_contest()
    organiser = make_organiser(contest)
    round = make_round(contest, state=RoundState.JUDGING)

    change_state(
        round,
        to=RoundState.CLOSED,
        action=RoundAction.CLOSED,
        by=organiser,
        at=AFTER_SPRING,
        reason="A judge is ill.",
        detail={"missing": 3},
        closed_at=AFTER_SPRING,
    )

    round.refresh_from_db()
    assert round.closed_at == AFTER_SPRING
    assert facts_of(round.events.get()) == {
        "at": AFTER_SPRING,
        "actor_id": organiser.pk,
        "actor_label": organiser.username,
        "action": RoundAction.CLOSED,
        "from_state": RoundState.JUDGING,
        "to_state": RoundState.CLOSED,
        "reason": "A judge is ill.",
        "detail": {"missing": 3},
    }


def test_a_move_looks_at_the_state_as_it_stands_now():
    round = make_round(make_contest(), state=RoundState.JUDGING)
    stale = Round.objects.get(pk=round.pk)
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)

    with pytest.raises(IllegalMove):
        require_state(stale, RoundState.JUDGING)


def test_a_decision_is_remembered_without_a_move():
    round = make_round(make_contest(), state=RoundState.CLOSED)

    note(round, action=RoundAction.SELECTED, by=None, at=AFTER_SPRING, numbers=["0001"])

    assert facts_of(round.events.get()) == {
        "at": AFTER_SPRING,
        "actor_id": None,
        "actor_label": "",
        "action": RoundAction.SELECTED,
        "from_state": RoundState.CLOSED,
        "to_state": RoundState.CLOSED,
        "reason": "",
        "detail": {"numbers": ["0001"]},
    }
