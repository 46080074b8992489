"""Asking for originals, and answers inside the portal."""

import datetime as dt
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contests import clock
from notifications.kinds import Kind
from notifications.models import Message
from submissions.models import Attachment, Inspection, OriginalRequest
from submissions.services import originals
from submissions.services.originals import OriginalRefused
from submissions.services.screening import decide, turn_of
from submissions.states import Decision, RequestState, State
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    COLLECTION_DAY,
    make_contest,
    make_handed_in,
    make_organiser,
    make_reviewer,
)
from tests.submissions.media import clamd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

RAW = b"FUJIFILMCCD-RAW 0201" + bytes(range(256)) * 4
DUE = clock.end_of(COLLECTION_DAY + dt.timedelta(days=3))


@pytest.fixture
def work():
    return make_handed_in(make_contest())


@pytest.fixture
def reviewer(work):
    return make_reviewer(work.contest)


@pytest.fixture
def request_(work, reviewer):
    return originals.ask(
        submission=work, by=reviewer, at=COLLECTING, reason="To compare."
    )


def raw_file(content=RAW):
    return SimpleUploadedFile("DSCF0001.RAF", content)


def send(request, *, by=None, at=COLLECTING, upload=None):
    return originals.answer_with_file(
        original_request=request,
        upload=upload or raw_file(),
        by=by or request.submission.author,
        at=at,
    )


def keep(request, *, at=COLLECTING, **details):
    """As an upload does that has been looked at already."""
    return originals.keep_answer(
        original_request=request,
        upload=raw_file(),
        by=request.submission.author,
        at=at,
        **details,
    )


def test_asking_gives_three_days_and_tells_the_entrant(work, request_):
    message = Message.objects.get()

    assert (request_.state, request_.due_at) == (RequestState.OPEN, DUE)
    assert (message.recipient, message.kind) == (work.author, Kind.ORIGINAL_ASKED)
    assert message.link == f"/submissions/{work.pk}/original/"
    work.refresh_from_db()
    assert work.state == State.SCREENING


def test_an_original_is_sent_to_clamav_whole_and_kept_as_it_came(request_, monkeypatch):
    with clamd.running() as (server, url):
        monkeypatch.setenv("CLAMAV_URL", url)
        attachment = send(request_)

    assert server.seen == [RAW]
    with attachment.file.open() as stored:
        assert stored.read() == RAW


@pytest.mark.parametrize(
    ("answer", "code", "sentence"),
    [
        (b"stream: X FOUND\0", "FRM-FILE-INFECTED", "virus scanner objects to this"),
        (b"stream: ERROR\0", "FRM-CHECK-ERRORED", "It is not the file's fault"),
    ],
)
def test_an_original_that_clamav_does_not_find_clean_is_not_kept(
    request_, monkeypatch, in_english, answer, code, sentence
):
    with clamd.running() as (server, url):
        monkeypatch.setenv("CLAMAV_URL", url)
        server.answer = answer
        with pytest.raises(OriginalRefused) as refusal:
            send(request_)

    request_.refresh_from_db()
    assert refusal.value.code == code
    assert sentence in str(refusal.value.message)
    assert request_.state == RequestState.OPEN
    assert not Attachment.objects.exists()


def test_an_original_is_kept_byte_for_byte_and_inspected_by_nobody(work, request_):
    inspected = Inspection.objects.count()

    attachment = send(request_)

    request_.refresh_from_db()
    with attachment.file.open() as stored:
        assert stored.read() == RAW
    assert attachment.sha256 == hashlib.sha256(RAW).hexdigest()
    assert (attachment.original_name, attachment.content_type) == (
        "DSCF0001.RAF",
        "application/octet-stream",
    )
    assert (request_.state, request_.answered_at) == (RequestState.ANSWERED, COLLECTING)
    assert Inspection.objects.count() == inspected
    assert work.media_files.count() == 1


def test_the_reviewer_is_told_once_however_many_files_come(reviewer, request_):
    send(request_)
    send(request_)

    told = Message.objects.filter(recipient=reviewer)
    assert [message.kind for message in told] == [Kind.ORIGINAL_ANSWERED]
    assert request_.attachments.count() == 2


def test_there_may_be_no_original(work, request_):
    originals.answer_in_words(
        original_request=request_, by=work.author, at=COLLECTING, answer="It is lost."
    )

    request_.refresh_from_db()
    assert (request_.state, request_.answer) == (RequestState.ANSWERED, "It is lost.")


def test_a_known_checksum_is_not_worked_out_again(request_):
    assert keep(request_, sha256="0" * 64).sha256 == "0" * 64


@pytest.mark.parametrize(
    ("began_at", "is_taken"),
    [(DUE - dt.timedelta(seconds=1), True), (DUE, False)],
)
def test_an_upload_that_began_in_time_may_end_later(request_, began_at, is_taken):
    try:
        keep(request_, at=DUE + dt.timedelta(hours=1), began_at=began_at)
    except OriginalRefused as refusal:
        assert refusal.code == "original_overdue"

    assert request_.attachments.exists() is is_taken


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "FRM-FILE-EMPTY"), (b"x" * (1024 * 1024 + 1), "FRM-FILE-LARGE")],
)
def test_empty_and_too_large_files_are_refused(request_, content, code):
    with pytest.raises(OriginalRefused) as refusal:
        send(request_, upload=raw_file(content))

    assert refusal.value.code == code
    assert not Attachment.objects.exists()


def test_only_the_entrant_answers(request_, reviewer):
    for stranger in (CitizenFactory(), reviewer):
        with pytest.raises(OriginalRefused):
            send(request_, by=stranger)


def test_an_empty_answer_is_no_answer(work, request_):
    with pytest.raises(OriginalRefused) as refusal:
        originals.answer_in_words(
            original_request=request_, by=work.author, at=COLLECTING, answer=""
        )

    assert refusal.value.code == "answer_missing"


def test_one_original_is_asked_for_at_a_time(work, reviewer, request_):
    with pytest.raises(OriginalRefused) as refusal:
        originals.ask(submission=work, by=reviewer, at=COLLECTING, reason="Again.")
    send(request_)
    again = originals.ask(submission=work, by=reviewer, at=COLLECTING, reason="Both.")

    assert refusal.value.code == "original_asked_already"
    assert again.state == RequestState.OPEN


def test_asking_needs_a_reason_and_a_reviewer_of_the_contest(work, reviewer):
    for by, reason in (
        (reviewer, ""),
        (make_organiser(work.contest), "Why."),
        (make_reviewer(make_contest()), "Why."),
    ):
        with pytest.raises(OriginalRefused):
            originals.ask(submission=work, by=by, at=COLLECTING, reason=reason)

    assert not OriginalRequest.objects.exists()


def test_a_closed_request_takes_no_answer(reviewer, request_):
    originals.close(original_request=request_, by=reviewer, at=COLLECTING)

    with pytest.raises(OriginalRefused) as refusal:
        send(request_)

    assert refusal.value.code == "original_closed"


def test_a_decided_work_waits_for_no_original(work, reviewer, request_):
    decide(
        submission=work,
        by=reviewer,
        at=COLLECTING,
        turn=turn_of(work),
        decision=Decision.RETURN,
        reason_key="unclear",
    )

    request_.refresh_from_db()
    assert request_.state == RequestState.CLOSED
