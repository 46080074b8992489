"""Takes the bytes of one request into the staging file, and notes how far it came."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from submissions.models import Upload
from submissions.states import UploadState
from submissions.uploads import quotas
from submissions.uploads.beginning import kept_for
from submissions.uploads.bodies import Body, Cut
from submissions.uploads.errors import CHECKSUM_MISMATCH, Refused
from submissions.uploads.headers import Checksum
from submissions.uploads.purposes import require_still_welcome
from submissions.uploads.staging import (
    Busy,
    DiskFull,
    Overtaken,
    Staged,
    WrongOffset,
)
from submissions.uploads.tasks import send_to_storing

log = structlog.get_logger(__name__)

STEADY = timedelta(minutes=1)

DISK_ASKED_EVERY_BYTES = 32 * 1024 * 1024

_places = threading.BoundedSemaphore(settings.UPLOADS_AT_ONCE)
_taken_by = Counter()  # places of each person, under the lock below
_counting = threading.Lock()


def receive(
    upload: Upload,
    body: Body,
    *,
    offset: int,
    at: datetime,
    checksum: Checksum | None = None,
) -> int:
    """Write a body at its offset; the offset reached. What arrived before a failure
    counts, unless a checksum was announced for it."""
    _require_welcome_now_and_then(upload, at)
    _check_length(upload, body, offset)
    with _told(upload), _a_place(upload.owner_id):
        _write(upload, body, offset=offset, at=at, checksum=checksum)
    return upload.offset_bytes


def _require_welcome_now_and_then(upload, at):
    """Asked when an upload goes on after a pause, and once more at its end; a work that
    was handed in meanwhile is noticed at once."""
    is_steady = timezone.now() - upload.touched_at < STEADY
    if not (is_steady and upload.submission.is_editable):
        require_still_welcome(upload, at=at)


def _check_length(upload, body, offset):
    if offset + (body.length or 0) > upload.size_bytes:
        raise _too_large()
    coming = upload.size_bytes - offset if body.length is None else body.length
    if coming:
        quotas.check_disk(coming)


def _write(upload, body, *, offset, at, checksum):
    staged = Staged(upload.token)
    is_tentative = checksum is not None or body.length is None
    try:
        with staged.writing(offset, tentative=is_tentative) as writer:
            _append(upload, body, writer, checksum)
            if is_tentative:
                writer.keep()
    except (Cut, DiskFull):
        note_progress(upload, staged.offset(), at=at)
        raise
    note_progress(upload, writer.offset, at=at)


def _append(upload, body, writer, checksum):
    asked_at = writer.offset
    for block in body.blocks():
        if writer.offset + len(block) > upload.size_bytes:
            raise _too_large()
        if writer.offset - asked_at >= DISK_ASKED_EVERY_BYTES:
            asked_at = writer.offset
            _require_room(len(block))
        writer.write(block)
        if checksum is not None:
            checksum.update(block)
    if checksum is not None and not checksum.matches:
        raise Refused(
            _("This piece did not arrive as it was sent. Please send it again."),
            code="checksum_mismatch",
            status=CHECKSUM_MISMATCH,
        )


def _require_room(more_bytes):
    """Many may have begun while there was room for each of them alone."""
    if not quotas.has_room(more_bytes):
        raise DiskFull


def note_progress(upload: Upload, offset: int, *, at: datetime) -> None:
    """Write down how far it came; with the last byte it begins to be stored."""
    now = timezone.now()
    progress = {
        "offset_bytes": offset,
        "touched_at": now,
        "expires_at": now + kept_for(),
    }
    if offset == upload.size_bytes:
        _begin_finishing(upload, **progress, finished_at=at)
    else:
        _write_down(upload, **progress)


@transaction.atomic
def _begin_finishing(upload, **progress):
    if _write_down(upload, **progress, state=UploadState.FINISHING):
        # Should the queue be away, the sweep finds the upload.
        transaction.on_commit(lambda: send_to_storing(upload), robust=True)


def _write_down(upload, **changes):
    """False when it no longer waits for bytes; the object says what it is then."""
    is_waiting = Upload.objects.filter(pk=upload.pk, state=UploadState.RECEIVING)
    if not is_waiting.update(**changes):
        upload.refresh_from_db()
        return False
    for field, value in changes.items():
        setattr(upload, field, value)
    return True


@contextmanager
def _a_place(person_id: int) -> Iterator[None]:
    """So many bodies at once in this process, so that pages keep threads of theirs;
    and so few of one person, that nobody keeps all others waiting."""
    with _counting:
        if _taken_by[person_id] >= settings.UPLOADS_AT_ONCE_PER_PERSON:
            raise quotas.too_many_at_once()
        if not _places.acquire(blocking=False):
            raise quotas.crowded()
        _taken_by[person_id] += 1
    try:
        yield
    finally:
        _places.release()
        with _counting:
            _taken_by.subtract([person_id])
            if not _taken_by[person_id]:
                del _taken_by[person_id]


@contextmanager
def _told(upload: Upload) -> Iterator[None]:
    """What stops a body half-way, as the answers that tus knows."""
    try:
        yield
    except Busy:
        raise Refused(
            _("This file is being sent by another page right now."),
            code="upload_locked",
            status=423,
            headers={"Retry-After": "2"},
        ) from None
    except Overtaken:
        raise Refused(
            _("This file goes on in another request."),
            code="upload_overtaken",
            status=423,
        ) from None
    except WrongOffset as wrong:
        raise Refused(
            _("The upload stands at another place. Please ask for its offset."),
            code="offset_wrong",
            status=409,
            headers={"Upload-Offset": str(wrong.offset)},
        ) from None
    except DiskFull:
        log.error("staging disk is full", upload_id=upload.pk)
        raise quotas.no_room() from None
    except Cut:
        log.info("upload was cut", upload_id=upload.pk, offset=upload.offset_bytes)
        raise Refused(
            _("The connection broke off. What arrived is kept; please go on."),
            code="upload_cut",
            status=400,
        ) from None


def _too_large():
    return Refused(
        _("There are more bytes here than were announced."),
        code="upload_too_long",
        status=413,
    )
