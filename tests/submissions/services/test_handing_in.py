"""Handing in, taking back, taking out: every exit."""

import datetime as dt

import pytest

from contests import clock
from submissions.models import NumberSequence
from submissions.services import (
    CollectionClosed,
    Incomplete,
    disqualify,
    missing_for_submit,
    reopen,
    submit,
    withdraw,
)
from submissions.services.handing_in import NotYours
from submissions.states import InspectionState, State, UploadState
from tests.factories.accounts import CitizenFactory
from tests.factories.deadlines import make_begun_upload
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_complete_draft,
    make_contest,
    make_draft,
    make_failed_file,
    make_handed_in,
    make_media_file,
    make_organiser,
)

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)


def handed_in(draft, *, at=COLLECTING):
    submit(submission=draft, by=draft.author, at=at)
    draft.refresh_from_db()
    return draft


def test_a_complete_draft_is_received_with_a_number_and_its_round():
    draft = make_complete_draft(make_contest())

    handed_in(draft)

    assert (draft.state, draft.number, draft.cycle) == (State.SUBMITTED, "V-0001", 1)
    assert (draft.first_submitted_at, draft.submitted_at) == (COLLECTING, COLLECTING)
    assert [event.to_state for event in draft.events.all()] == [State.SUBMITTED]


def test_a_work_whose_files_are_all_judged_goes_on_to_screening(
    django_capture_on_commit_callbacks,
):
    draft = make_complete_draft(make_contest())

    with django_capture_on_commit_callbacks(execute=True):
        submit(submission=draft, by=draft.author, at=COLLECTING)

    draft.refresh_from_db()
    assert draft.state == State.SCREENING


def test_a_file_still_being_looked_at_does_not_hold_it_up():
    draft = make_complete_draft(make_contest())
    make_media_file(draft, state=InspectionState.RUNNING)

    handed_in(draft)

    assert draft.state == State.SUBMITTED


def test_the_last_second_counts_and_the_next_one_does_not():
    contest = make_contest()
    in_time, late = make_complete_draft(contest), make_complete_draft(contest)

    handed_in(in_time, at=TOO_LATE - SECOND)
    with pytest.raises(CollectionClosed) as refusal:
        submit(submission=late, by=late.author, at=TOO_LATE)

    late.refresh_from_db()
    assert refusal.value.code == "collection_closed"
    assert (in_time.state, late.state) == (State.SUBMITTED, State.DRAFT)


def test_nothing_is_received_before_the_collection_opens():
    draft = make_complete_draft(make_contest())

    with pytest.raises(CollectionClosed):
        submit(
            submission=draft,
            by=draft.author,
            at=clock.start_of(dt.date(2031, 3, 1)) - SECOND,
        )


def test_numbers_have_no_gaps_even_after_a_refusal():
    contest = make_contest()
    first, broken, second = (make_complete_draft(contest) for _ in range(3))
    broken.media_files.all().delete()

    handed_in(first)
    with pytest.raises(Incomplete):
        submit(submission=broken, by=broken.author, at=COLLECTING)
    handed_in(second)

    assert (first.number, second.number) == ("V-0001", "V-0002")
    assert NumberSequence.objects.get(contest=contest).last == 2


def test_a_failed_file_keeps_the_draft_from_being_handed_in():
    draft = make_complete_draft(make_contest())
    make_failed_file(draft)

    with pytest.raises(Incomplete) as refusal:
        submit(submission=draft, by=draft.author, at=COLLECTING)

    assert refusal.value.code == "SET-FILE-FAILED"


def test_an_empty_draft_hears_everything_it_lacks_at_once():
    draft = make_draft(make_contest(), unit=None, track=None)

    with pytest.raises(Incomplete) as refusal:
        submit(submission=draft, by=draft.author, at=COLLECTING)

    assert refusal.value.code == "incomplete"
    assert list(refusal.value.fields) == [
        "FRM-UNIT-MISSING",
        "FRM-TRACK-MISSING",
        "SET-COUNT-FEW",
        "FRM-TITLE-MISSING",
        "FRM-ENTRANT-MISSING",
        "FRM-AUTHORS-MISSING",
        "FRM-AI-MISSING",
        "FRM-DECLARATION-MISSING",
    ]


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"entrant": "organisation"}, "FRM-ORGANISATION-MISSING"),
        ({"title": ""}, "FRM-TITLE-MISSING"),
        ({"ai_use": ""}, "FRM-AI-MISSING"),
    ],
)
def test_each_gap_names_its_code(details, code):
    draft = make_complete_draft(make_contest(), **details)

    gaps = missing_for_submit(draft)

    assert [gap.code for gap in gaps] == [code]


def test_the_track_of_students_asks_for_the_school():
    contest = make_contest()
    draft = make_complete_draft(contest, track=contest.tracks.get(key="students"))

    gaps = missing_for_submit(draft)

    assert [(gap.code, gap.step) for gap in gaps] == [("FRM-SCHOOL-MISSING", "rights")]


def test_the_same_file_in_a_second_work_is_refused():
    contest = make_contest()
    first = make_handed_in(contest)
    twin = make_complete_draft(contest, author=first.author)
    twin.media_files.update(sha256=first.media_files.get().sha256)

    gaps = missing_for_submit(twin)

    assert [gap.code for gap in gaps] == ["SET-FILE-TWICE"]


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        (UploadState.RECEIVING, ["SET-FILE-COMING"]),
        (UploadState.FINISHING, ["SET-FILE-COMING"]),
        (UploadState.FINISHED, []),
        (UploadState.REFUSED, []),
        (UploadState.ENDED, []),
    ],
)
def test_a_file_still_on_its_way_is_waited_for(state, codes):
    draft = make_complete_draft(make_contest())
    make_begun_upload(draft, created_at=COLLECTING, state=state)

    assert [gap.code for gap in missing_for_submit(draft)] == codes


def test_handing_in_never_loses_a_file_that_is_about_to_take_anothers_place():
    draft = make_complete_draft(make_contest())
    make_begun_upload(draft, created_at=COLLECTING, replaces=draft.media_files.first())

    with pytest.raises(Incomplete) as refusal:
        submit(submission=draft, by=draft.author, at=COLLECTING)

    draft.refresh_from_db()
    assert (refusal.value.code, draft.state) == ("SET-FILE-COMING", State.DRAFT)


def test_only_its_author_hands_a_draft_in():
    draft = make_complete_draft(make_contest())

    with pytest.raises(NotYours):
        submit(submission=draft, by=CitizenFactory(), at=COLLECTING)


def test_a_returned_work_comes_back_after_the_deadline_and_keeps_its_round():
    contest = make_contest()
    work = make_handed_in(contest, state=State.RETURNED, submitted_at=COLLECTING)
    due = TOO_LATE + dt.timedelta(days=3)
    type(work).objects.filter(pk=work.pk).update(correct_by=due)
    number = work.number

    submit(submission=work, by=work.author, at=due - SECOND)

    work.refresh_from_db()
    assert (work.state, work.number, work.cycle) == (State.SUBMITTED, number, 2)
    assert work.first_submitted_at == COLLECTING
    assert (work.submitted_at, work.correct_by) == (due - SECOND, None)


def test_a_returned_work_is_too_late_once_its_time_has_run_out():
    work = make_handed_in(make_contest(), state=State.RETURNED)

    with pytest.raises(CollectionClosed) as refusal:
        submit(submission=work, by=work.author, at=work.correct_by)

    assert refusal.value.code == "correction_overdue"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SCREENING])
def test_a_work_can_be_taken_back_to_change_it_until_it_is_decided(state):
    work = make_handed_in(make_contest(), state=state)

    reopen(submission=work, by=work.author, at=COLLECTING)

    work.refresh_from_db()
    assert work.state == State.DRAFT


def test_reopening_ends_with_the_collection():
    work = make_handed_in(make_contest(), state=State.SUBMITTED)

    with pytest.raises(CollectionClosed):
        reopen(submission=work, by=work.author, at=TOO_LATE)


@pytest.mark.parametrize(
    "state", [State.RETURNED, State.ACCEPTED, State.REJECTED, State.WITHDRAWN]
)
def test_reopening_is_only_for_works_that_wait_for_a_decision(state):
    work = make_handed_in(make_contest(), state=state)

    with pytest.raises(NotYours):
        reopen(submission=work, by=work.author, at=COLLECTING)


@pytest.mark.parametrize(
    "state",
    [
        State.DRAFT,
        State.SUBMITTED,
        State.SCREENING,
        State.RETURNED,
        State.ACCEPTED,
    ],
)
def test_a_work_can_be_withdrawn_until_the_deadline(state):
    work = make_handed_in(make_contest(), state=state)

    withdraw(submission=work, by=work.author, at=TOO_LATE - SECOND, reason="private")

    work.refresh_from_db()
    assert work.state == State.WITHDRAWN
    assert work.events.get().reason == "private"


def test_after_the_deadline_an_accepted_work_stays():
    work = make_handed_in(make_contest(), state=State.ACCEPTED)

    with pytest.raises(CollectionClosed):
        withdraw(submission=work, by=work.author, at=TOO_LATE)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SCREENING, State.RETURNED])
def test_what_is_not_yet_accepted_can_be_withdrawn_at_any_time(state):
    work = make_handed_in(make_contest(), state=state)

    withdraw(submission=work, by=work.author, at=TOO_LATE)

    work.refresh_from_db()
    assert work.state == State.WITHDRAWN


@pytest.mark.parametrize("state", [State.REJECTED, State.WITHDRAWN, State.DISQUALIFIED])
def test_what_has_left_the_contest_is_not_withdrawn_again(state):
    work = make_handed_in(make_contest(), state=state)

    with pytest.raises(NotYours):
        withdraw(submission=work, by=work.author, at=COLLECTING)


def test_an_organiser_disqualifies_with_a_reason():
    work = make_handed_in(make_contest(), state=State.ACCEPTED)

    disqualify(
        submission=work,
        by=make_organiser(work.contest),
        at=TOO_LATE,
        reason="Copied.",
    )

    work.refresh_from_db()
    assert (work.state, work.events.get().reason) == (State.DISQUALIFIED, "Copied.")


def test_disqualifying_without_a_reason_is_refused():
    work = make_handed_in(make_contest(), state=State.ACCEPTED)

    with pytest.raises(Incomplete) as refusal:
        disqualify(
            submission=work, by=make_organiser(work.contest), at=TOO_LATE, reason=""
        )

    assert refusal.value.code == "reason_missing"


def test_an_organiser_of_another_contest_disqualifies_nobody():
    work = make_handed_in(make_contest(), state=State.ACCEPTED)
    stranger = make_organiser(make_contest())

    with pytest.raises(NotYours):
        disqualify(submission=work, by=stranger, at=TOO_LATE, reason="x")
