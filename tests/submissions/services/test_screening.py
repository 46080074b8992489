"""初审 and 复审: two people, one decision."""

import datetime as dt

import pytest
from django.utils import timezone

from contests import clock
from submissions.models import Screening, ScreeningClaim
from submissions.services import claims
from submissions.services.screening import (
    ScreeningRefused,
    Turn,
    decide,
    next_level,
    turn_of,
)
from submissions.states import Decision, ScreeningLevel, State
from tests.factories.submissions import (
    COLLECTING,
    COLLECTION_DAY,
    make_contest,
    make_handed_in,
    make_organiser,
    make_reviewer,
    make_screening,
    rulebook_document,
)

CHECKS = [
    {"key": "theme", "text": "Shows neighbours.", "rule": "1"},
    {"key": "edited", "text": "Edited.", "categories": ["film"]},
    {"key": "student", "text": "Is a student.", "tracks": ["students"]},
    {"key": "adverts", "text": "No adverts."},
]

pytestmark = pytest.mark.django_db


def decided(work, reviewer=None, decision=Decision.PASS, **kwargs):
    reviewer = reviewer or make_reviewer(work.contest)
    details = {"turn": turn_of(work), "decision": decision} | kwargs
    screening = decide(submission=work, by=reviewer, at=COLLECTING, **details)
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


def test_a_second_reviewer_who_saw_the_first_level_does_not_decide_the_second():
    work = make_handed_in(make_contest())
    seen = turn_of(work)
    decided(work, make_reviewer(work.contest, full_name="王荷"))

    with pytest.raises(ScreeningRefused) as refusal:
        decided(work, turn=seen)

    assert refusal.value.code == "decided_meanwhile"
    assert "王*" in str(refusal.value.message)
    assert work.screenings.count() == 1
    assert decided(work, turn=turn_of(work)).level == ScreeningLevel.SECOND


def test_a_page_opened_before_the_correction_decides_nothing():
    work = make_handed_in(make_contest(), cycle=2)

    with pytest.raises(ScreeningRefused) as refusal:
        decided(work, turn=Turn(1, ScreeningLevel.FIRST))

    assert refusal.value.code == "decided_meanwhile"
    assert not work.screenings.exists()


@pytest.mark.parametrize("text", ["", "1", "1-third", "x-first", "-first"])
def test_a_turn_is_read_as_it_was_written_and_nothing_else(text):
    turn = Turn(3, ScreeningLevel.SECOND)

    with pytest.raises(ValueError):
        Turn.parse(text)

    assert Turn.parse(str(turn)) == turn


def test_what_another_person_has_in_hand_is_not_decided():
    work = make_handed_in(make_contest())
    holder = make_reviewer(work.contest)
    claims.claim(submission=work, by=holder, at=timezone.now())

    with pytest.raises(claims.ClaimHeld):
        decided(work)

    assert decided(work, holder).reviewer == holder
    assert not ScreeningClaim.objects.exists()


def test_a_pass_needs_every_check_that_concerns_the_work():
    work = make_handed_in(make_contest(review_checks=CHECKS))

    with pytest.raises(ScreeningRefused) as refusal:
        decided(work, checks=["theme", "edited", "student"])
    screening = decided(work, checks=["theme", "adverts", "nonsense"])

    assert refusal.value.code == "checks_missing"
    assert screening.checks == [
        {
            "key": "theme",
            "text": "Shows neighbours.",
            "rule": "1",
            "clause": "JPG only.",
        },
        {"key": "adverts", "text": "No adverts.", "rule": "", "clause": ""},
    ]


def test_a_return_keeps_the_checks_that_were_ticked():
    work = make_handed_in(make_contest(review_checks=CHECKS))

    screening = decided(
        work, decision=Decision.RETURN, reason_key="unclear", checks=["theme"]
    )

    assert [check["key"] for check in screening.checks] == ["theme"]


def test_own_words_rest_on_a_clause_of_the_book():
    work = make_handed_in(make_contest())

    screening = decided(
        work, decision=Decision.RETURN, rule="1", reason="The number plate shows."
    )

    book = rulebook_document()
    assert (screening.reason_key, screening.reason, screening.rule) == (
        "",
        "The number plate shows.",
        "1",
    )
    assert screening.clause == book.clause("1", category="series").text


@pytest.mark.parametrize(
    ("rule", "reason", "code"),
    [("1", "", "reason_missing"), ("99", "Why.", "clause_missing")],
)
def test_own_words_need_both_words_and_a_known_clause(rule, reason, code):
    work = make_handed_in(make_contest())

    with pytest.raises(ScreeningRefused) as refusal:
        decided(work, decision=Decision.REJECT, rule=rule, reason=reason)

    assert refusal.value.code == code
    assert not Screening.objects.exists()
