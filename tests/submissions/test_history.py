"""Every legal move has a sentence, and every stage a day to come."""

import datetime as dt

import pytest

from submissions.history import history, path_of, sentence_of
from submissions.lifecycle import change_state
from submissions.models import OriginalRequest, SubmissionEvent, Waiver
from submissions.states import LIVE, TRANSITIONS, RequestState, State, WaiverState
from tests.factories.deadlines import make_waiver
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_contest,
    make_handed_in,
    make_organiser,
)

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


def told(work):
    return [(line.sentence, line.reason) for line in history(work)]


@pytest.mark.django_db
def test_requests_and_answers_stand_between_the_moves_by_their_time():
    hour = dt.timedelta(hours=1)
    work = make_handed_in(make_contest(), state=State.DRAFT)
    make_waiver(
        work,
        state=WaiverState.GRANTED,
        asked_at=COLLECTING - 2 * hour,
        answered_at=COLLECTING - hour,
        answer="A fine plan.",
    )
    change_state(work, to=State.SUBMITTED, by=None, at=COLLECTING)
    change_state(work, to=State.SCREENING, by=None, at=COLLECTING + hour)
    OriginalRequest.objects.create(
        submission=work,
        state=RequestState.ANSWERED,
        reason="The sky looks painted.",
        asked_by=make_organiser(work.contest),
        asked_at=COLLECTING + 2 * hour,
        due_at=TOO_LATE,
        answer="It was red that night.",
        answered_at=COLLECTING + 4 * hour,
    )
    change_state(work, to=State.ACCEPTED, by=None, at=COLLECTING + 3 * hour)

    assert told(work) == [
        (
            "The committee was asked for an exception: A longer film.",
            "A documentary of two minutes about the river.",
        ),
        (
            "The committee agreed. The film may last up to 2 min.",
            "A fine plan.",
        ),
        ("The work was handed in.", ""),
        ("All files were checked; screening began.", ""),
        ("The reviewers asked for the original file.", "The sky looks painted."),
        ("It passed both screenings and is shown to the public.", ""),
        ("The author answered.", "It was red that night."),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("state", WaiverState)
@pytest.mark.parametrize("kind", Waiver.Kind)
def test_every_state_of_a_request_has_its_sentences(state, kind):
    work = make_handed_in(make_contest())
    make_waiver(work, kind=kind, state=state)

    sentences = [sentence for sentence, _reason in told(work)]

    is_answered = state in {WaiverState.GRANTED, WaiverState.REFUSED}
    assert len(sentences) == (2 if is_answered else 1)
    assert all(sentence.endswith(".") for sentence in sentences)


@pytest.mark.django_db
def test_what_came_in_the_hours_of_grace_says_that_it_counts_in_time():
    work = make_handed_in(
        make_contest(),
        state=State.DRAFT,
        first_submitted_at=TOO_LATE,
        counts_at=TOO_LATE - dt.timedelta(microseconds=1),
    )

    change_state(work, to=State.SUBMITTED, by=None, at=TOO_LATE)

    assert told(work) == [
        ("The work was handed in.", "It counts as handed in before the deadline.")
    ]
