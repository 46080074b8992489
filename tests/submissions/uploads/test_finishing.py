"""An upload that has arrived becomes one file, whatever happens on the way."""

import datetime as dt
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from contests import clock
from contests.errors import RuleViolation
from notifications.models import Message
from submissions.models import Attachment, MediaFile, OriginalRequest, Upload
from submissions.services import withdraw
from submissions.states import RequestState, State, UploadState
from submissions.uploads import finishing, stores, sweeping, tasks
from submissions.uploads.staging import Staged
from tests.factories.submissions import (
    COLLECTING,
    LAST_DAY,
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
    make_reviewer,
    picture_bytes,
)
from tests.submissions.media import clamd
from tests.submissions.media.papers import pdf_bytes
from tests.submissions.uploads.protocol import Tus, row_of

CONTENT = picture_bytes(size=(800, 600))
LICENCE = {"key": "music", "label": "Licence", "categories": ["series"]}
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def arrived(tus):
    """All bytes are here; nobody has made a file of them yet."""
    return arrived_at(tus)


def arrived_at(tus, content=CONTENT, **details):
    url = tus.begun(len(content), details=details)
    tus.patch(url, 0, content)
    row = row_of(url)
    assert row.state == UploadState.FINISHING
    return row


@pytest.fixture
def finish(django_capture_on_commit_callbacks):
    def finished(upload):
        with django_capture_on_commit_callbacks(execute=True):
            finishing.finish(upload.pk, at=COLLECTING)
        upload.refresh_from_db()
        return upload

    return finished


def files_under(folder) -> list[Path]:
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())


def test_its_bytes_are_linked_not_copied_and_the_staging_files_go(
    arrived, finish, draft, staging, settings
):
    inode = Staged(arrived.token).path.stat().st_ino

    finish(arrived)

    file = draft.media_files.get()
    stored = Path(file.file.path)
    assert (arrived.state, arrived.media_file) == (UploadState.FINISHED, file)
    assert (file.sha256, file.size_bytes, file.position) == (SHA256, len(CONTENT), 1)
    assert stored.stat().st_ino == inode
    assert oct(stored.stat().st_mode)[-3:] == "644"
    assert files_under(staging) == []


def test_where_nothing_can_be_linked_it_is_copied(arrived, finish, draft, monkeypatch):
    def refused(source, target):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refused)

    finish(arrived)

    assert draft.media_files.get().file.read() == CONTENT


def test_a_second_finisher_finds_nothing_to_do(arrived, finish, draft):
    finish(arrived)

    assert finishing.finish(arrived.pk, at=COLLECTING) is None
    assert draft.media_files.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_finishers_at_once_make_one_file(tus, draft, monkeypatch):
    monkeypatch.setattr(tasks.finish_upload, "apply_async", lambda **options: None)
    arrived = arrived_at(tus)

    def finish_beside(_number):
        try:
            return finishing.finish(arrived.pk, at=COLLECTING)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(finish_beside, range(4)))

    assert [result.pk for result in results if result] == [arrived.pk]
    assert draft.media_files.count() == 1


@pytest.mark.parametrize("place", ["move_to", "sha256"])
def test_a_try_that_broke_off_is_made_again_and_leaves_no_orphan(
    arrived, finish, draft, settings, monkeypatch, place
):
    real = getattr(stores.OnDisk, place)

    def breaks_off_afterwards(self, *args):
        real(self, *args)
        raise ConnectionError("the worker is gone")

    monkeypatch.setattr(stores.OnDisk, place, breaks_off_afterwards)
    with pytest.raises(ConnectionError):
        finishing.finish(arrived.pk, at=COLLECTING)
    monkeypatch.setattr(stores.OnDisk, place, real)
    finish(arrived)

    file = draft.media_files.get()
    assert files_under(Path(settings.MEDIA_ROOT) / "originals") == [
        Path(file.file.path)
    ]


def test_a_work_handed_in_meanwhile_refuses_it_with_a_sentence(
    arrived, finish, draft, staging, settings, in_english
):
    withdraw(submission=draft, by=draft.author, at=COLLECTING, reason="")

    finish(arrived)

    assert (arrived.state, arrived.refusal_code, arrived.refusal) == (
        UploadState.REFUSED,
        "not_editable",
        "This work has been handed in and can no longer be changed here.",
    )
    assert files_under(staging) + files_under(settings.MEDIA_ROOT) == []


def test_a_file_too_many_is_refused_with_the_sentence_of_the_rule(
    arrived, finish, draft, tus, in_english
):
    for _number in range(3):
        make_media_file(draft)

    finish(arrived)

    status = tus.status(f"/api/v1/uploads/{arrived.token}/")
    assert (status["state"], status["code"]) == ("refused", "SET-PHOTOS-MANY")
    assert status["detail"] == arrived.refusal != ""
    assert draft.media_files.count() == 3


def test_it_takes_the_place_and_the_caption_of_the_file_it_replaces(tus, draft, finish):
    files = [make_media_file(draft, caption=f"Caption {n}") for n in range(3)]
    upload = arrived_at(tus, replaces=files[1].pk)

    finish(upload)

    assert list(draft.media_files.values_list("pk", "position", "caption")) == [
        (files[0].pk, 1, "Caption 0"),
        (upload.media_file_id, 2, "Caption 1"),
        (files[2].pk, 3, "Caption 2"),
    ]


def test_files_stand_as_they_were_chosen_not_as_they_arrived(tus, draft, finish):
    first, second, third = (arrived_at(tus, filename=f"{n}.jpg") for n in range(3))

    for upload in (second, third, first):
        finish(upload)

    assert list(draft.media_files.values_list("pk", "position")) == [
        (first.media_file_id, 1),
        (second.media_file_id, 2),
        (third.media_file_id, 3),
    ]


def test_what_arrived_in_time_is_stored_however_long_it_waited_for_us(
    arrived, finish, draft
):
    closing = clock.end_of(LAST_DAY)
    Upload.objects.update(created_at=closing - dt.timedelta(seconds=9))
    Upload.objects.update(finished_at=closing + dt.timedelta(seconds=9))

    finishing.finish(arrived.pk, at=closing + dt.timedelta(days=9))

    assert draft.media_files.count() == 1


def test_bytes_that_are_gone_are_our_fault_and_said(arrived, finish, in_english):
    Staged(arrived.token).path.unlink()

    finish(arrived)

    assert (arrived.state, arrived.refusal_code) == (UploadState.REFUSED, "upload_lost")
    assert arrived.refusal.startswith("Something went wrong on our side")


def test_an_original_that_was_asked_for_becomes_its_answer(tus, draft, finish):
    work = make_handed_in(draft.contest, state=State.SCREENING, author=draft.author)
    request = OriginalRequest.objects.create(
        submission=work,
        reason="Please show the original.",
        asked_by=make_reviewer(work.contest),
        asked_at=COLLECTING,
        due_at=COLLECTING + dt.timedelta(days=7),
    )
    sender = Tus(tus.client, work)
    details = {"purpose": "original", "original_request": request.pk}
    uploads = [
        arrived_at(sender, CONTENT + bytes([number]), **details) for number in range(2)
    ]

    for upload in uploads:
        finish(upload)

    kept = Attachment.objects.order_by("pk")
    request.refresh_from_db()
    assert [upload.attachment for upload in uploads] == list(kept)
    assert [each.file.read() for each in kept] == [CONTENT + b"\0", CONTENT + b"\1"]
    assert request.state == RequestState.ANSWERED


def test_a_paper_the_rule_book_asks_for_becomes_a_proof(finish, client, db):
    draft = make_draft(make_contest(proofs=[LICENCE]))
    client.force_login(draft.author)
    paper = pdf_bytes()
    upload = arrived_at(Tus(client, draft), paper, purpose="proof", proof="music")

    finish(upload)

    kept = draft.attachments.get()
    assert (upload.state, upload.attachment) == (UploadState.FINISHED, kept)
    assert (kept.purpose, kept.proof_key) == (Attachment.Purpose.PROOF, "music")
    assert kept.file.read() == paper


def test_a_paper_that_is_none_is_refused_once_it_has_arrived(finish, client, db):
    draft = make_draft(make_contest(proofs=[LICENCE]))
    client.force_login(draft.author)
    upload = arrived_at(Tus(client, draft), b"GIF89a", purpose="proof", proof="music")

    finish(upload)

    assert (upload.state, upload.refusal_code) == (
        UploadState.REFUSED,
        "FRM-PROOF-KIND",
    )
    assert not draft.attachments.exists()


@pytest.fixture
def paper_arrived(client, db):
    draft = make_draft(make_contest(proofs=[LICENCE]))
    client.force_login(draft.author)
    content = pdf_bytes() + clamd.SIGNATURE
    return arrived_at(Tus(client, draft), content, purpose="proof", proof="music")


def test_a_paper_that_clamav_objects_to_is_refused_and_its_owner_told(
    paper_arrived, finish, monkeypatch, staging, settings
):
    with clamd.running() as (_server, url):
        monkeypatch.setenv("CLAMAV_URL", url)
        finish(paper_arrived)

    assert (paper_arrived.state, paper_arrived.refusal_code) == (
        UploadState.REFUSED,
        "FRM-FILE-INFECTED",
    )
    assert Message.objects.get().recipient == paper_arrived.owner
    assert files_under(staging) + files_under(settings.MEDIA_ROOT) == []


def test_a_paper_waits_a_day_for_what_is_to_look_at_it(paper_arrived, monkeypatch):
    monkeypatch.setenv("CLAMAV_URL", "unix:/nowhere/clamd")
    a_day_later = paper_arrived.finished_at + dt.timedelta(days=1)

    with pytest.raises(RuleViolation):
        finishing.finish(paper_arrived.pk, at=a_day_later - dt.timedelta(seconds=1))
    paper_arrived.refresh_from_db()
    state, is_kept = paper_arrived.state, Staged(paper_arrived.token).path.is_file()
    finishing.finish(paper_arrived.pk, at=a_day_later)
    paper_arrived.refresh_from_db()

    assert (state, is_kept) == (UploadState.FINISHING, True)
    assert (paper_arrived.state, paper_arrived.refusal_code) == (
        UploadState.REFUSED,
        "FRM-CHECK-ERRORED",
    )


# --- What beat clears up -------------------------------------------------------
def make_old(upload, minutes=5):
    Upload.objects.filter(pk=upload.pk).update(
        touched_at=timezone.now() - dt.timedelta(minutes=minutes)
    )


def test_an_upload_whose_message_was_lost_is_taken_up(
    arrived, draft, django_capture_on_commit_callbacks
):
    make_old(arrived)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_uploads()

    assert draft.media_files.get().file.read() == CONTENT


@pytest.mark.django_db(transaction=True)
def test_one_that_is_being_finished_is_left_alone_and_keeps_nobody_waiting(
    tus, monkeypatch
):
    monkeypatch.setattr(tasks.finish_upload, "apply_async", lambda **options: None)
    arrived = arrived_at(tus)
    make_old(arrived)

    def found_meanwhile():
        try:
            return sweeping.arrived(at=COLLECTING)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as beat:
        Upload.objects.select_for_update().get(pk=arrived.pk)
        meanwhile = beat.submit(found_meanwhile).result(timeout=10)

    assert meanwhile == []
    assert sweeping.arrived(at=COLLECTING) == [arrived.pk]


def test_one_that_waits_is_named_once_in_a_while_only(arrived):
    make_old(arrived)

    found = [sweeping.arrived(at=COLLECTING), sweeping.arrived(at=COLLECTING)]

    assert found == [[arrived.pk], []]


def test_a_last_byte_that_no_row_knows_of_is_noticed(arrived):
    Upload.objects.update(state=UploadState.RECEIVING, offset_bytes=0)
    make_old(arrived)

    assert sweeping.arrived(at=COLLECTING) == [arrived.pk]
    arrived.refresh_from_db()
    assert (arrived.state, arrived.offset_bytes) == (
        UploadState.FINISHING,
        len(CONTENT),
    )


def test_what_ran_out_ends_and_frees_the_disk(
    tus, staging, django_capture_on_commit_callbacks
):
    url = tus.begun(10)
    tus.patch(url, 0, b"1234")
    Upload.objects.update(expires_at=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_uploads()

    assert (row_of(url).state, files_under(staging)) == (UploadState.ENDED, [])
    assert tus.head(url).status_code == 410


def test_clearing_up_leaves_alone_who_still_receives(tus, staging):
    url = tus.begun(10)
    with Staged(row_of(url).token).writing(0, tentative=False) as writer:
        writer.write(b"1234")
        age(staging)

        tasks.sweep_uploads()
        writer.write(b"5678")

    assert tus.offset(url) == 8


def test_files_that_no_upload_claims_are_removed_after_a_while(tus, staging):
    urls = [tus.begun(10 + number) for number in range(2)]
    orphan = row_of(urls[0])
    Upload.objects.filter(pk=orphan.pk).delete()
    tasks.sweep_uploads()
    young = files_under(staging)
    age(staging)

    tasks.sweep_uploads()

    assert (len(young), len(files_under(staging))) == (4, 2)
    assert tus.offset(urls[1]) == 0


def test_what_a_worker_left_that_was_killed_after_storing_is_removed(tus, staging):
    finished, under_way = tus.begun(10), tus.begun(11)
    Upload.objects.filter(pk=row_of(finished).pk).update(state=UploadState.FINISHED)

    tasks.sweep_uploads()

    kept = row_of(under_way).token.hex
    assert {path.stem for path in files_under(staging)} == {kept}


def age(staging):
    for path in files_under(staging):
        os.utime(path, (1_000_000_000, 1_000_000_000))


def test_rows_that_only_say_something_was_given_up_are_forgotten(tus):
    url = tus.begun(10)
    tus.send("DELETE", url)
    make_old(row_of(url), minutes=60 * 24 * 31)

    tasks.sweep_uploads()

    assert not Upload.objects.exists()
    assert tus.head(url).status_code == 404


def test_a_message_about_an_upload_that_is_gone_does_no_harm(db):
    tasks.finish_upload(upload_id=404)

    assert not MediaFile.objects.exists()
