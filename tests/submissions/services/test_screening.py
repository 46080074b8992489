"""初审 and 复审: two people, one decision."""

import datetime as dt

import pytest

from contests import clock
from submissions.models import Screening
from submissions.services.screening import ScreeningRefused, decide, next_level
from submissions.states import Decision, ScreeningLevel, State
from tests.factories.submissions import (
    COLLECTING,
    COLLECTION_DAY,
    make_contest,
    make_handed_in,
    make_organiser,
    make_reviewer,
    make_screening,
)

pytestmark = pytest.mark.django_db


def decided(work, reviewer=None, decision=Decision.PASS, **kwargs):
    reviewer = reviewer or make_reviewer(work.contest)
    screening = decide(
        submission=work, by=reviewer, at=COLLECTING, decision=decision, **kwargs
    )
    work.refresh_from_db()
    return screening


def test_a_first_pass_waits_for_the_second_person():
    work = make_handed_in(make_contest())

    screening = decided(work)

    assert (screening.level, work.state) == (ScreeningLevel.FIRST, State.SCREENING)
    assert next_level(work) == ScreeningLevel.SECOND
    assert not work.events.exists()


def test_two_people_accept_a_work():
    work = make_handed_in(make_contest())
    decided(work)

    screening = decided(work)

    assert (screening.level, work.state) == (ScreeningLevel.SECOND, State.ACCEPTED)
    assert screening.rulebook_version == work.rulebook_version


def test_the_same_person_never_does_both():
    work = make_handed_in(make_contest())
    reviewer = make_reviewer(work.contest)
    decided(work, reviewer)

    with pytest.raises(ScreeningRefused) as refusal:
        decided(work, reviewer)

    work.refresh_from_db()
    assert refusal.value.code == "second_person_needed"
    assert work.state == State.SCREENING


@pytest.mark.parametrize("level", [1, 2])
def test_a_return_takes_effect_at_either_level(level):
    work = make_handed_in(make_contest())
    if level == 2:
        decided(work)

    screening = decided(work, decision=Decision.RETURN, reason_key="unclear")

    due = clock.end_of(COLLECTION_DAY + dt.timedelta(days=5))
    assert (work.state, work.correct_by) == (State.RETURNED, due)
    assert (screening.rule, screening.clause) == ("1", "1080P.")
    assert work.events.get().reason == (
        "The picture is not clear. Please send a larger one."
    )


def test_a_reviewers_own_words_replace_the_template_but_not_its_clause():
    work = make_handed_in(make_contest())

    screening = decided(
        work, decision=Decision.RETURN, reason_key="unclear", reason="Too dark."
    )

    assert (screening.reason, screening.clause) == ("Too dark.", "1080P.")


def test_a_refusal_needs_both_people():
    work = make_handed_in(make_contest())

    decided(work, decision=Decision.REJECT, reason_key="off-theme")
    after_first = work.state
    decided(work, decision=Decision.REJECT, reason_key="off-theme")

    assert (after_first, work.state) == (State.SCREENING, State.REJECTED)


def test_the_second_person_may_think_otherwise():
    work = make_handed_in(make_contest())
    decided(work, decision=Decision.REJECT, reason_key="off-theme")

    decided(work, decision=Decision.PASS)

    assert work.state == State.ACCEPTED


@pytest.mark.parametrize("reason_key", ["", "off-theme", "nonsense"])
def test_a_return_without_a_fitting_reason_is_refused(reason_key):
    work = make_handed_in(make_contest())

    with pytest.raises(ScreeningRefused) as refusal:
        decided(work, decision=Decision.RETURN, reason_key=reason_key)

    assert refusal.value.code == "reason_missing"
    assert not Screening.objects.exists()


def test_a_corrected_work_is_screened_from_the_start():
    work = make_handed_in(make_contest(), cycle=2)
    reviewer = make_reviewer(work.contest)
    make_screening(
        work, reviewer=reviewer, cycle=1, decision=Decision.RETURN, reason="x"
    )

    screening = decided(work, reviewer)

    assert (screening.cycle, screening.level) == (2, ScreeningLevel.FIRST)


@pytest.mark.parametrize("state", [each for each in State if each != State.SCREENING])
def test_only_works_in_screening_are_decided(state):
    work = make_handed_in(make_contest(), state=state)

    with pytest.raises(ScreeningRefused):
        decided(work)


def test_only_reviewers_of_the_contest_decide():
    work = make_handed_in(make_contest())

    for stranger in (make_organiser(work.contest), make_reviewer(make_contest())):
        with pytest.raises(ScreeningRefused):
            decided(work, stranger)


def test_nobody_screens_a_work_of_their_own():
    work = make_handed_in(make_contest())
    reviewer = make_reviewer(work.contest)
    type(work).objects.filter(pk=work.pk).update(author=reviewer)

    with pytest.raises(ScreeningRefused):
        decided(work, reviewer)
