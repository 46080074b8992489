"""Things that happen at the same moment, each in a connection of its own."""

import threading

import pytest
from django.db import connections

from contests.errors import RuleViolation
from submissions import services
from submissions.models import Submission
from submissions.services import screening
from submissions.states import Decision, ScreeningLevel, State
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    make_complete_draft,
    make_contest,
    make_handed_in,
    make_reviewer,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls):
    """What became of each call, sorted: "done" or the code of its refusal."""
    gate = threading.Barrier(len(calls))
    outcomes = []

    def run(call):
        gate.wait()
        try:
            call()
            outcomes.append("done")
        except RuleViolation as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def handing_in(draft):
    own = Submission.objects.get(pk=draft.pk)
    return lambda: services.submit(submission=own, by=own.author, at=COLLECTING)


def passing(work, reviewer):
    seen = Submission.objects.get(pk=work.pk)
    turn = screening.turn_of(seen)
    return lambda: screening.decide(
        submission=seen, by=reviewer, at=COLLECTING, turn=turn, decision=Decision.PASS
    )


def test_a_button_pressed_three_times_hands_in_once():
    draft = make_complete_draft(make_contest())

    outcomes = at_once([handing_in(draft) for _ in range(3)])

    draft.refresh_from_db()
    assert outcomes == ["done", "done", "done"]
    assert draft.receipts.count() == 1
    assert (draft.cycle, draft.events.filter(to_state=State.SUBMITTED).count()) == (
        1,
        1,
    )


def test_works_handed_in_together_get_numbers_of_their_own():
    contest = make_contest()
    drafts = [make_complete_draft(contest, author=CitizenFactory()) for _ in range(3)]

    outcomes = at_once([handing_in(draft) for draft in drafts])

    numbers = Submission.objects.values_list("number", flat=True)
    assert outcomes == ["done"] * 3
    assert sorted(numbers) == ["V-0001", "V-0002", "V-0003"]


def test_of_three_reviewers_at_once_only_one_decides_at_each_level():
    work = make_handed_in(make_contest(), state=State.SCREENING)
    reviewers = [make_reviewer(work.contest) for _ in range(3)]

    first = at_once([passing(work, reviewer) for reviewer in reviewers])
    did_first = work.screenings.get().reviewer
    rest = [reviewer for reviewer in reviewers if reviewer != did_first]
    second = at_once([passing(work, reviewer) for reviewer in rest])

    work.refresh_from_db()
    assert first == ["decided_meanwhile", "decided_meanwhile", "done"]
    assert second == ["done", "not_in_screening"]
    assert work.state == State.ACCEPTED
    assert sorted(work.screenings.values_list("level", flat=True)) == sorted(
        ScreeningLevel.values
    )


def test_one_reviewer_in_two_windows_decides_once():
    work = make_handed_in(make_contest(), state=State.SCREENING)
    reviewer = make_reviewer(work.contest)

    outcomes = at_once([passing(work, reviewer) for _ in range(2)])

    work.refresh_from_db()
    assert outcomes == ["done", "second_person_needed"]
    assert work.state == State.SCREENING
