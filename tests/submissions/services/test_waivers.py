"""Exceptions: asked before handing in, answered, taken back; and what they open."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from notifications.models import Message
from submissions import deadlines
from submissions.allowances import allowance_words, category_for
from submissions.models import Waiver
from submissions.services import submit, withdraw
from submissions.services.waivers import (
    WaiverRefused,
    ask_for_waiver,
    grant_waiver,
    refuse_waiver,
    take_back_waiver,
)
from submissions.states import InspectionState, State, Verdict, WaiverState
from tests.factories.deadlines import make_waiver
from tests.factories.submissions import (
    COLLECTING,
    LAST_DAY,
    TOO_LATE,
    make_complete_draft,
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
    make_organiser,
    rulebook_document,
)

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)
LENGTH, LATE = Waiver.Kind.DURATION, Waiver.Kind.LATE_ENTRY


def contest_that_may_waive(**defaults):
    """Films of a minute, which the committee may let be longer."""
    film = rulebook_document().categories[0].model_dump(mode="json")
    film["limits"]["duration"]["waiver"] = True
    still = film | {"key": "short", "name": "Short film"}
    still["limits"] = film["limits"] | {
        "duration": film["limits"]["duration"] | {"waiver": False}
    }
    others = [each.model_dump(mode="json") for each in rulebook_document().categories]
    defaults = {"late_entry_waiver": True, "max_file_mb": 1} | defaults
    return make_contest(categories=[film, still, *others[1:]], defaults=defaults)


@pytest.fixture
def contest(in_english):
    return contest_that_may_waive()


@pytest.fixture
def organiser(contest):
    return make_organiser(contest)


def make_film(contest, *, category="film", **fields):
    return make_draft(
        contest, category=contest.categories.get(key=category), title="Tide", **fields
    )


def ask(draft, *, kind=LENGTH, by=None, at=COLLECTING, **fields):
    if kind == LENGTH:
        fields = {"duration_s": 120} | fields
    fields = {"reason": "A documentary about the river.", **fields}
    return ask_for_waiver(
        submission=draft, kind=kind, by=by or draft.author, at=at, **fields
    )


def code_of(call, **arguments):
    with pytest.raises(WaiverRefused) as refused:
        call(**arguments)
    return refused.value.code


def opened_s(draft):
    book = draft.rulebook_version.rulebook
    return category_for(draft, book).limits.duration.max_s


def told(user):
    return list(Message.objects.filter(recipient=user).values_list("kind", flat=True))


# --- Asking ------------------------------------------------------------------
def test_a_request_reaches_the_organisers_and_opens_nothing(contest, organiser):
    draft = make_film(contest)

    waiver = ask(draft, genre="Documentary", sample_url="https://films.example/cut")

    assert (waiver.state, waiver.asked_duration_s) == (WaiverState.ASKED, 120)
    assert told(organiser) == ["waiver_asked"]
    assert Message.objects.get().link == f"/waivers/{waiver.pk}/"
    assert opened_s(draft) == 60


def test_only_the_entrant_asks(contest, organiser):
    assert code_of(ask, draft=make_film(contest), by=organiser) == "not_editable"


@pytest.mark.parametrize(
    "state", [s for s in State if s not in {State.DRAFT, State.RETURNED}]
)
def test_what_has_been_handed_in_asks_for_nothing(contest, state):
    film = contest.categories.get(key="film")
    work = make_handed_in(contest, state=state, category=film)

    assert code_of(ask, draft=work) == "not_editable"


def test_a_returned_film_may_still_ask_for_its_length(contest):
    film = contest.categories.get(key="film")
    work = make_handed_in(contest, state=State.RETURNED, category=film)

    assert ask(work).state == WaiverState.ASKED


def test_a_returned_work_needs_no_late_entry(contest):
    work = make_handed_in(contest, state=State.RETURNED)

    assert code_of(ask, draft=work, kind=LATE) == "not_waivable"


@pytest.mark.parametrize("category", ["short", "series"])
def test_only_a_limit_that_the_rule_book_lets_be_waived_can_be(contest, category):
    draft = make_film(contest, category=category)

    assert code_of(ask, draft=draft) == "not_waivable"


def test_a_draft_without_a_category_has_no_length_to_waive(contest):
    assert code_of(ask, draft=make_draft(contest, category=None)) == "not_waivable"


@pytest.mark.parametrize("seconds", [None, 0, 60, 36001])
def test_the_length_asked_for_lies_beyond_the_rule_and_within_reason(contest, seconds):
    draft = make_film(contest)

    assert code_of(ask, draft=draft, duration_s=seconds) == "length_out_of_range"


def test_a_contest_that_hears_no_late_entries_says_so(in_english):
    draft = make_film(contest_that_may_waive(late_entry_waiver=False))

    assert code_of(ask, draft=draft, kind=LATE, at=TOO_LATE) == "not_waivable"


def test_a_reason_is_needed(contest):
    assert code_of(ask, draft=make_film(contest), reason="") == "reason_missing"


@pytest.mark.parametrize("state", [WaiverState.ASKED, WaiverState.GRANTED])
def test_one_request_of_a_kind_stands_at_a_time(contest, state):
    draft = make_film(contest)
    make_waiver(draft, state=state)

    assert code_of(ask, draft=draft) == "waiver_standing"


@pytest.mark.parametrize("state", [WaiverState.REFUSED, WaiverState.WITHDRAWN])
def test_after_a_refusal_one_may_ask_again(contest, state):
    draft = make_film(contest)
    make_waiver(draft, state=state)

    assert ask(draft).state == WaiverState.ASKED


def test_the_two_kinds_stand_side_by_side(contest):
    draft = make_film(contest)
    ask(draft)

    assert ask(draft, kind=LATE, at=TOO_LATE).state == WaiverState.ASKED


# --- Answering ---------------------------------------------------------------
def test_a_grant_opens_the_length_of_this_work_alone(contest, organiser):
    draft, other = make_film(contest), make_film(contest)

    waiver = grant_waiver(
        waiver=ask(draft), by=organiser, at=COLLECTING, duration_s=100
    )

    assert (waiver.state, waiver.granted_duration_s) == (WaiverState.GRANTED, 100)
    assert (opened_s(draft), opened_s(other)) == (100, 60)
    assert allowance_words(draft) == ["Agreed with the committee: 1 min 40 s"]
    assert told(draft.author) == ["waiver_answered"]


def test_a_grant_opens_no_category_whose_limit_is_firm(contest, organiser):
    draft = make_film(contest)
    grant_waiver(waiver=ask(draft), by=organiser, at=COLLECTING, duration_s=100)

    draft.category = contest.categories.get(key="short")

    assert opened_s(draft) == 60
    assert allowance_words(draft) == []


def test_a_grant_has_the_files_inspected_anew(contest, organiser):
    draft = make_film(contest)
    make_media_file(draft, verdict=Verdict.FAILED)
    waiver = ask(draft)

    grant_waiver(waiver=waiver, by=organiser, at=COLLECTING, duration_s=120)

    inspection = draft.media_files.get().inspection
    assert (inspection.state, inspection.verdict) == (InspectionState.QUEUED, "")


def test_a_late_entry_lets_a_draft_come_until_24_00_of_the_day(contest, organiser):
    draft = make_complete_draft(contest)
    waiver = ask(draft, kind=LATE, at=TOO_LATE)
    day = LAST_DAY + 3 * DAY

    grant_waiver(waiver=waiver, by=organiser, at=TOO_LATE, until=day)
    submit(submission=draft, by=draft.author, at=TOO_LATE + 3 * DAY - SECOND)

    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED
    assert draft.counts_at == TOO_LATE - dt.timedelta(microseconds=1)
    assert draft.first_submitted_at == TOO_LATE + 3 * DAY - SECOND


def test_a_second_after_it_the_late_entry_is_over(contest, organiser):
    draft = make_complete_draft(contest)
    waiver = ask(draft, kind=LATE, at=TOO_LATE)
    grant_waiver(waiver=waiver, by=organiser, at=TOO_LATE, until=LAST_DAY + DAY)

    with pytest.raises(deadlines.CollectionClosed):
        submit(submission=draft, by=draft.author, at=TOO_LATE + DAY)


@pytest.mark.parametrize("day", [None, LAST_DAY - DAY, LAST_DAY])
def test_a_late_entry_ends_on_a_day_that_is_still_ahead(contest, organiser, day):
    waiver = ask(make_film(contest), kind=LATE, at=TOO_LATE)

    code = code_of(grant_waiver, waiver=waiver, by=organiser, at=TOO_LATE, until=day)

    assert code == "day_out_of_range"


def test_who_asked_in_time_and_is_answered_late_has_the_days_of_a_correction(
    contest, organiser
):
    draft = make_film(contest)
    waiver = ask(draft, at=TOO_LATE - SECOND)

    grant_waiver(waiver=waiver, by=organiser, at=TOO_LATE + DAY, duration_s=120)

    assert deadlines.closes_at(draft) == TOO_LATE + 7 * DAY


def test_an_answer_long_before_the_deadline_moves_it_not(contest, organiser):
    draft = make_film(contest)

    grant_waiver(waiver=ask(draft), by=organiser, at=COLLECTING, duration_s=120)

    assert deadlines.closes_at(draft) == TOO_LATE


def test_what_was_granted_can_be_changed(contest, organiser):
    draft = make_film(contest)
    waiver = grant_waiver(
        waiver=ask(draft), by=organiser, at=COLLECTING, duration_s=100
    )

    grant_waiver(waiver=waiver, by=organiser, at=COLLECTING, duration_s=140)

    assert opened_s(draft) == 140


def test_a_refusal_gives_its_reason(contest, organiser):
    draft = make_film(contest)
    waiver = ask(draft)

    assert (
        code_of(refuse_waiver, waiver=waiver, by=organiser, at=COLLECTING, answer="")
        == "reason_missing"
    )
    refuse_waiver(
        waiver=waiver, by=organiser, at=COLLECTING, answer="Please cut it shorter."
    )

    waiver.refresh_from_db()
    assert (waiver.state, waiver.answer) == (
        WaiverState.REFUSED,
        "Please cut it shorter.",
    )
    assert told(draft.author) == ["waiver_answered"]
    assert opened_s(draft) == 60


def test_only_an_organiser_answers_and_nobody_their_own(contest, organiser):
    own = ask(make_film(contest, author=organiser))
    foreign = ask(make_film(contest))
    elsewhere = make_organiser(make_contest())

    for waiver, person in ((own, organiser), (foreign, elsewhere)):
        code = code_of(
            grant_waiver, waiver=waiver, by=person, at=COLLECTING, duration_s=120
        )
        assert code == "waiver_refused"


@pytest.mark.parametrize("state", [WaiverState.REFUSED, WaiverState.WITHDRAWN])
def test_what_has_ended_is_not_granted(contest, organiser, state):
    waiver = make_waiver(make_film(contest), state=state)

    code = code_of(
        grant_waiver, waiver=waiver, by=organiser, at=COLLECTING, duration_s=120
    )

    assert code == "waiver_moved"


def test_a_work_that_went_on_without_it_needs_no_answer(contest, organiser):
    waiver = ask(make_film(contest))
    waiver.submission.state = State.WITHDRAWN
    waiver.submission.save()

    code = code_of(
        grant_waiver, waiver=waiver, by=organiser, at=COLLECTING, duration_s=120
    )

    assert code == "not_editable"


# --- Taking back -------------------------------------------------------------
def test_the_entrant_takes_a_request_back_and_may_ask_again(contest):
    draft = make_film(contest)
    waiver = ask(draft)

    take_back_waiver(waiver=waiver, by=draft.author, at=COLLECTING)

    waiver.refresh_from_db()
    assert waiver.state == WaiverState.WITHDRAWN
    assert ask(draft).state == WaiverState.ASKED


def test_the_committee_takes_its_word_back_and_says_so(contest, organiser):
    draft = make_film(contest)
    make_media_file(draft)
    waiver = grant_waiver(
        waiver=ask(draft), by=organiser, at=COLLECTING, duration_s=100
    )

    take_back_waiver(waiver=waiver, by=organiser, at=COLLECTING)

    assert opened_s(draft) == 60
    assert draft.media_files.get().inspection.state == InspectionState.QUEUED
    assert told(draft.author) == ["waiver_answered", "waiver_answered"]


def test_a_stranger_takes_nothing_back(contest):
    waiver = ask(make_film(contest))
    stranger = make_organiser(make_contest())

    code = code_of(take_back_waiver, waiver=waiver, by=stranger, at=COLLECTING)

    assert code == "waiver_refused"


def test_once_handed_in_what_was_agreed_stands(contest, organiser):
    film = contest.categories.get(key="film")
    work = make_handed_in(contest, category=film)
    waiver = make_waiver(work, state=WaiverState.GRANTED)

    code = code_of(take_back_waiver, waiver=waiver, by=organiser, at=COLLECTING)

    assert code == "not_editable"


def test_a_withdrawn_work_asks_for_nothing_any_more(contest):
    draft = make_film(contest)
    ask(draft)
    make_waiver(draft, kind=LATE, state=WaiverState.GRANTED)

    withdraw(submission=draft, by=draft.author, at=COLLECTING)

    states = {each.state for each in draft.waivers.all()}
    assert states == {WaiverState.WITHDRAWN}


# --- The log -----------------------------------------------------------------
def test_every_step_is_logged_without_anybody_s_words(contest, organiser):
    draft = make_film(contest)
    waiver = ask(draft)
    grant_waiver(waiver=waiver, by=organiser, at=COLLECTING, duration_s=100)
    take_back_waiver(waiver=waiver, by=organiser, at=COLLECTING)

    lines = AuditEntry.objects.filter(action__startswith="waiver.").order_by("pk")

    assert [line.action for line in lines] == [
        "waiver.asked",
        "waiver.granted",
        "waiver.taken_back",
    ]
    assert lines[1].detail == {
        "submission": draft.pk,
        "kind": "duration",
        "asked_duration_s": 120,
        "granted_duration_s": 100,
        "granted_until": None,
    }
    assert lines[1].actor_id == organiser.pk
