"""One decision for several works."""

import pytest

from submissions.services.bulk import decide_many, obstacles
from submissions.services.screening import Turn, turn_of
from submissions.states import Decision, ScreeningLevel, State
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_handed_in,
    make_reviewer,
    make_screening,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def reviewer(contest):
    return make_reviewer(contest)


def with_turns(*works):
    return [(work, turn_of(work)) for work in works]


def test_a_return_reaches_every_work_with_the_same_reason(contest, reviewer):
    works = [make_handed_in(contest) for _ in range(3)]

    outcomes = decide_many(
        with_turns(*works),
        by=reviewer,
        at=COLLECTING,
        decision=Decision.RETURN,
        reason_key="unclear",
    )

    assert [outcome.refusal for outcome in outcomes] == ["", "", ""]
    assert set(contest.submissions.values_list("state", flat=True)) == {State.RETURNED}


def test_one_work_that_cannot_be_decided_does_not_hold_up_the_others(contest, reviewer):
    mine = make_handed_in(contest)
    make_screening(mine, reviewer=reviewer)
    own = make_handed_in(contest, author=reviewer)
    gone = make_handed_in(contest, state=State.WITHDRAWN)
    seen_earlier = make_handed_in(contest)
    make_screening(seen_earlier)
    good = make_handed_in(contest)
    chosen = [
        *with_turns(mine, own, gone),
        (seen_earlier, Turn(1, ScreeningLevel.FIRST)),
        *with_turns(good),
    ]

    before = obstacles(chosen, by=reviewer)
    outcomes = decide_many(chosen, by=reviewer, at=COLLECTING, decision=Decision.PASS)

    told = [outcome.refusal.split(".")[0].split(":")[0] for outcome in outcomes]
    assert [told[0], told[1], told[2], told[4]] == [
        "You did the first screening",
        "You cannot screen this work",
        "This work no longer waits for screening",
        "",
    ]
    assert "since you opened this work" in told[3]
    assert [bool(each.refusal) for each in before] == [True, True, True, True, False]
    assert good.screenings.get().level == ScreeningLevel.FIRST
    assert seen_earlier.screenings.count() == 1


def test_the_two_person_rule_holds_for_many_at_once(contest, reviewer):
    works = [make_handed_in(contest) for _ in range(2)]
    decide_many(with_turns(*works), by=reviewer, at=COLLECTING, decision=Decision.PASS)

    again = decide_many(
        with_turns(*works), by=reviewer, at=COLLECTING, decision=Decision.PASS
    )
    by_another = decide_many(
        with_turns(*works),
        by=make_reviewer(contest),
        at=COLLECTING,
        decision=Decision.PASS,
    )

    assert [bool(outcome.refusal) for outcome in again] == [True, True]
    assert [outcome.refusal for outcome in by_another] == ["", ""]
    assert set(contest.submissions.values_list("state", flat=True)) == {State.ACCEPTED}
