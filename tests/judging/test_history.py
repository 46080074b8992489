import pytest
from django.utils import translation

from judging.history import SENTENCES, Line, history
from judging.lifecycle import note
from judging.states import RoundAction, RoundState
from tests.factories.judging import (
    AFTER_SPRING,
    make_contest,
    make_judge,
    make_organisation,
    make_organiser,
    make_round,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return make_round(make_contest(), state=RoundState.CLOSED)


def told(round):
    with translation.override("en"):
        return [str(line.what).strip() for line in history(round)]


def test_every_action_has_its_sentence():
    assert set(SENTENCES) == set(RoundAction)


def test_history_says_who_did_what_and_why_newest_first(round):
    organiser = make_organiser(round.contest, username="office")
    note(round, action=RoundAction.OPENED, by=organiser, at=AFTER_SPRING, works=3)
    note(
        round,
        action=RoundAction.CLOSED,
        by=organiser,
        at=AFTER_SPRING,
        reason="A judge is ill.",
        missing=2,
        ties=[{"group": "river", "rank": 1, "numbers": ["0001", "0002"]}],
    )

    with translation.override("en"):
        lines = history(round)

    tie = "River: rank 1 is shared by 0001、0002."
    closed = f"Scores closed; ballots missing: 2. {tie}"
    assert lines == [
        Line(AFTER_SPRING, "office", closed, "A judge is ill."),
        Line(AFTER_SPRING, "office", "Opened with 3 works.", ""),
    ]


def test_history_names_people_bodies_and_awards_as_they_are_called_today(round):
    judge = make_judge(round.contest, full_name="评委甲")
    body = make_organisation(round.contest, name="示例街道")
    at = {"by": None, "at": AFTER_SPRING}
    note(round, action=RoundAction.ASSIGNED, **at, judges=[judge.pk, 0], ballots=4)
    note(round, action=RoundAction.RELEASED, **at, judge=judge.pk, works=4)
    note(
        round,
        action=RoundAction.AWARDED,
        **at,
        award="organising",
        number="",
        organisation=body.pk,
    )
    note(
        round,
        action=RoundAction.AWARDED,
        **at,
        award="merit",
        number="",
        organisation=None,
    )
    note(
        round,
        action=RoundAction.AWARD_TAKEN_BACK,
        **at,
        award="first",
        number="0003",
        organisation=None,
    )

    assert told(round) == [
        "“First prize” taken back: 0003.",
        "“Merit of a person” given: a person.",
        "“Prize for organising” given: 示例街道.",
        "Released from judging: 评委甲.",
        "Asked to judge: 评委甲、#0 (4 ballots).",
    ]
