"""The policy of docs/deadlines.md, at the second."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions import deadlines
from submissions.models import Upload, Waiver
from submissions.services import add_file
from submissions.states import State, UploadState, WaiverState
from tests.factories.deadlines import make_begun_upload, make_waiver
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
    picture_bytes,
)

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)
HOUR = dt.timedelta(hours=1)
LAST_SECOND = TOO_LATE - SECOND
GRACE_HOURS = 6
GRACE_ENDS = TOO_LATE + GRACE_HOURS * HOUR
OPENING = dt.datetime(2031, 3, 1, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def contest(in_english):
    return contest_with()


def contest_with(**defaults):
    return make_contest(defaults={"upload_grace_hours": GRACE_HOURS} | defaults)


def make_late_entry(draft, *, until, state=WaiverState.GRANTED):
    return make_waiver(
        draft, kind=Waiver.Kind.LATE_ENTRY, state=state, granted_until=until
    )


@pytest.mark.parametrize(
    ("moment", "may"),
    [(LAST_SECOND, True), (TOO_LATE, False), (TOO_LATE + SECOND, False)],
)
def test_nothing_new_begins_after_24_00(contest, moment, may):
    draft = make_draft(contest)

    assert deadlines.may_begin_upload(draft, moment) is may
    assert deadlines.may_hand_in(draft, moment) is may


def test_a_draft_is_filled_before_the_collection_and_handed_in_from_its_first_second(
    contest,
):
    draft = make_draft(contest)

    assert deadlines.may_begin_upload(draft, OPENING - SECOND)
    assert not deadlines.may_hand_in(draft, OPENING - SECOND)
    assert deadlines.may_hand_in(draft, OPENING)


@pytest.mark.parametrize("state", State)
def test_only_what_its_author_may_still_change_takes_files(contest, state):
    if state == State.DRAFT:
        work = make_draft(contest)
    else:
        work = make_handed_in(contest, state=state)

    expected = state in {State.DRAFT, State.RETURNED}
    assert deadlines.may_begin_upload(work, COLLECTING) is expected
    assert deadlines.may_hand_in(work, COLLECTING) is expected


@pytest.mark.parametrize(
    ("created_at", "moment", "may"),
    [
        (LAST_SECOND, LAST_SECOND, True),
        (LAST_SECOND, TOO_LATE, True),
        (LAST_SECOND, GRACE_ENDS - SECOND, True),
        (LAST_SECOND, GRACE_ENDS, False),
        (TOO_LATE, TOO_LATE, False),
        (TOO_LATE, TOO_LATE + SECOND, False),
    ],
)
def test_an_upload_begun_in_time_goes_on_for_the_hours_of_grace(
    contest, created_at, moment, may
):
    draft = make_draft(contest)
    upload = make_begun_upload(draft, created_at=created_at)

    assert deadlines.may_continue_upload(upload, moment) is may


@pytest.mark.parametrize("purpose", [Upload.Purpose.FILE, Upload.Purpose.PROOF])
def test_proofs_have_the_same_grace_as_files(contest, purpose):
    draft = make_draft(contest)
    upload = make_begun_upload(draft, created_at=LAST_SECOND, purpose=purpose)

    assert deadlines.may_continue_upload(upload, TOO_LATE)


def test_an_upload_of_a_work_handed_in_meanwhile_does_not_go_on(contest):
    work = make_handed_in(contest)
    upload = make_begun_upload(work, created_at=COLLECTING)

    assert not deadlines.may_continue_upload(upload, COLLECTING + SECOND)


@pytest.mark.parametrize(
    ("moment", "may"),
    [(TOO_LATE, True), (GRACE_ENDS - SECOND, True), (GRACE_ENDS, False)],
)
def test_a_draft_with_bytes_on_their_way_at_24_00_may_be_handed_in_within_the_grace(
    contest, moment, may
):
    draft = make_draft(contest)
    make_begun_upload(draft, created_at=LAST_SECOND)

    assert deadlines.may_hand_in(draft, moment) is may


@pytest.mark.parametrize(
    ("state", "created_at", "may"),
    [
        (UploadState.RECEIVING, LAST_SECOND, True),
        (UploadState.FINISHING, LAST_SECOND, True),
        (UploadState.REFUSED, LAST_SECOND, True),  # both a minute after 24:00
        (UploadState.ENDED, LAST_SECOND, True),
        (UploadState.REFUSED, LAST_SECOND - HOUR, False),
        (UploadState.ENDED, LAST_SECOND - HOUR, False),
        (UploadState.RECEIVING, TOO_LATE, False),
    ],
)
def test_only_bytes_on_their_way_at_24_00_give_grace(contest, state, created_at, may):
    draft = make_draft(contest)
    make_begun_upload(draft, created_at=created_at, state=state)

    assert deadlines.may_hand_in(draft, TOO_LATE + HOUR) is may


@pytest.mark.parametrize(
    ("stored_at", "may"),
    [(LAST_SECOND, False), (TOO_LATE, True), (TOO_LATE + HOUR, True)],
)
def test_a_file_stored_since_24_00_was_on_its_way(contest, stored_at, may):
    draft = make_draft(contest)
    make_media_file(draft, uploaded_at=stored_at)

    assert deadlines.may_hand_in(draft, TOO_LATE + 2 * HOUR) is may


@pytest.mark.parametrize(
    ("began_at", "at", "may"),
    [
        (LAST_SECOND, LAST_SECOND, True),
        (LAST_SECOND, TOO_LATE + SECOND, True),
        (LAST_SECOND, GRACE_ENDS, False),
        (TOO_LATE, TOO_LATE, False),
    ],
)
def test_a_file_sent_in_one_piece_counts_from_its_first_byte(
    contest, began_at, at, may
):
    draft = make_draft(contest)
    upload = SimpleUploadedFile("a.jpg", picture_bytes())

    if may:
        add_file(
            submission=draft, upload=upload, by=draft.author, at=at, began_at=began_at
        )
    else:
        with pytest.raises(deadlines.CollectionClosed):
            add_file(
                submission=draft,
                upload=upload,
                by=draft.author,
                at=at,
                began_at=began_at,
            )

    assert draft.media_files.count() == may


def test_a_proof_on_its_way_gives_the_work_no_grace(contest):
    draft = make_draft(contest)
    make_begun_upload(draft, created_at=LAST_SECOND, purpose=Upload.Purpose.PROOF)

    assert not deadlines.may_hand_in(draft, TOO_LATE)


def test_a_work_opened_again_for_a_change_has_the_grace(contest):
    work = make_handed_in(contest, state=State.DRAFT)

    assert deadlines.may_hand_in(work, GRACE_ENDS - SECOND)
    assert not deadlines.may_hand_in(work, GRACE_ENDS)
    assert not deadlines.may_begin_upload(work, TOO_LATE)


def test_no_hours_of_grace_mean_none(in_english):
    draft = make_draft(contest_with(upload_grace_hours=0))
    upload = make_begun_upload(draft, created_at=LAST_SECOND)

    assert not deadlines.may_continue_upload(upload, TOO_LATE)
    assert not deadlines.may_hand_in(draft, TOO_LATE)


def test_a_returned_work_has_until_its_own_day_whatever_the_deadline(contest):
    due = TOO_LATE + 24 * HOUR
    work = make_handed_in(contest, state=State.RETURNED, correct_by=due)

    assert deadlines.may_begin_upload(work, due - SECOND)
    assert deadlines.may_hand_in(work, due - SECOND)
    assert not deadlines.may_begin_upload(work, due)
    assert not deadlines.may_hand_in(work, due)


def test_a_returned_work_s_upload_has_grace_after_its_own_day(contest):
    due = COLLECTING + 24 * HOUR
    work = make_handed_in(contest, state=State.RETURNED, correct_by=due)
    upload = make_begun_upload(work, created_at=due - SECOND)

    last = due + GRACE_HOURS * HOUR
    assert deadlines.may_continue_upload(upload, last - SECOND)
    assert deadlines.may_hand_in(work, last - SECOND)
    assert not deadlines.may_continue_upload(upload, last)
    assert not deadlines.may_hand_in(work, last)


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (WaiverState.GRANTED, True),
        (WaiverState.ASKED, False),
        (WaiverState.REFUSED, False),
        (WaiverState.WITHDRAWN, False),
    ],
)
def test_only_a_granted_late_entry_moves_the_deadline(contest, state, may):
    draft = make_draft(contest)
    make_late_entry(draft, until=TOO_LATE + 24 * HOUR, state=state)

    assert deadlines.may_begin_upload(draft, TOO_LATE) is may
    assert deadlines.may_hand_in(draft, TOO_LATE) is may


def test_a_granted_late_entry_ends_at_its_own_24_00(contest):
    draft, until = make_draft(contest), TOO_LATE + 72 * HOUR
    make_late_entry(draft, until=until)

    assert deadlines.may_hand_in(draft, until - SECOND)
    assert not deadlines.may_hand_in(draft, until)


def test_a_longer_film_moves_no_deadline(contest):
    draft = make_draft(contest)
    make_waiver(draft, state=WaiverState.GRANTED)

    assert not deadlines.may_hand_in(draft, TOO_LATE)


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        (COLLECTING, COLLECTING),
        (LAST_SECOND, LAST_SECOND),
        (TOO_LATE, TOO_LATE - dt.timedelta(microseconds=1)),
        (TOO_LATE + 48 * HOUR, TOO_LATE - dt.timedelta(microseconds=1)),
    ],
)
def test_what_comes_after_24_00_counts_as_made_in_the_last_moment(
    contest, moment, counts
):
    assert deadlines.counts_at(make_draft(contest), moment) == counts


def test_the_first_handing_in_says_the_round_for_ever(contest):
    work = make_handed_in(contest, state=State.RETURNED)

    assert deadlines.counts_at(work, COLLECTING + 48 * HOUR) == COLLECTING


def refusal_of(submission, moment):
    with pytest.raises(deadlines.CollectionClosed) as refused:
        deadlines.require_hand_in(submission, moment)
    return refused.value.code, str(refused.value.message)


def test_before_the_collection_the_refusal_says_when_it_opens(contest):
    draft = make_draft(contest)

    assert refusal_of(draft, OPENING - SECOND) == (
        "collection_not_open",
        "The collection opens on 1 March. Your draft is kept until then.",
    )


def test_after_it_the_refusal_says_that_the_draft_is_kept(contest):
    draft = make_draft(contest)

    assert refusal_of(draft, TOO_LATE) == (
        "collection_closed",
        "The collection ended on 31 August 24:00. Your draft is kept.",
    )


def test_where_the_committee_hears_late_entries_the_refusal_says_so(in_english):
    draft = make_draft(contest_with(late_entry_waiver=True))

    with pytest.raises(deadlines.CollectionClosed) as refused:
        deadlines.require_upload(draft, TOO_LATE)

    assert str(refused.value.message) == (
        "The collection ended on 31 August 24:00. Your draft is kept. If something "
        "kept you, you can ask the organisers for a late entry."
    )


def test_a_correction_that_comes_too_late_is_told_whom_to_write_to(contest):
    due = COLLECTING + HOUR
    work = make_handed_in(contest, state=State.RETURNED, correct_by=due)

    code, message = refusal_of(work, due)

    assert code == "correction_overdue"
    assert "Please write to the organisers" in message
