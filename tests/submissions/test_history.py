"""Every legal move has a sentence, and every stage a day to come."""

import datetime as dt

import pytest

from submissions.history import path_of, sentence_of
from submissions.lifecycle import change_state
from submissions.models import SubmissionEvent
from submissions.states import LIVE, TRANSITIONS, State
from tests.factories.submissions import COLLECTING, make_contest, make_handed_in

pytestmark = pytest.mark.usefixtures("in_english")

MOVES = [
    (before, after) for before, moves in TRANSITIONS.items() for after in sorted(moves)
]


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_every_legal_move_has_a_sentence(before, after):
    event = SubmissionEvent(from_state=before, to_state=after)

    assert sentence_of(event).endswith(".")


@pytest.mark.django_db
def test_the_history_keeps_its_order_when_the_contest_clock_is_set_back():
    work = make_handed_in(make_contest(), state=State.SCREENING)
    night, morning = COLLECTING.replace(hour=22), COLLECTING.replace(hour=8)
    by = {"submission": work, "by": None}
    change_state(**by, to=State.RETURNED, at=night, correct_by=night)

    change_state(**by, to=State.WITHDRAWN, at=morning)

    assert [event.to_state for event in work.events.all()][-2:] == [
        State.RETURNED,
        State.WITHDRAWN,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "day", "states"),
    [
        (State.SUBMITTED, dt.date(2031, 4, 10), ["done", "now", "todo", "todo"]),
        (State.RETURNED, dt.date(2031, 9, 10), ["done", "now", "todo", "todo"]),
        (State.ACCEPTED, dt.date(2031, 4, 10), ["done", "done", "todo", "todo"]),
        (State.ACCEPTED, dt.date(2031, 9, 10), ["done", "done", "now", "todo"]),
        (State.ACCEPTED, dt.date(2031, 10, 10), ["done", "done", "done", "now"]),
    ],
)
def test_the_way_of_a_work_follows_its_state_and_the_calendar(state, day, states):
    work = make_handed_in(make_contest(), state=state)
    at = dt.datetime.combine(day, COLLECTING.timetz())

    assert [stop.state for stop in path_of(work, at=at)] == states


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(set(State) - LIVE - {State.DRAFT}))
def test_a_work_that_is_out_has_no_way_to_go(state):
    work = make_handed_in(make_contest(), state=state)

    assert path_of(work, at=COLLECTING) == []
