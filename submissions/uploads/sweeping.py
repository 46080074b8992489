"""What beat clears up: uploads nobody finished, files nobody asks for any more."""

import time
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from submissions.models import Upload
from submissions.states import UploadState
from submissions.uploads.ending import end
from submissions.uploads.staging import Staged, staging_dir
from submissions.uploads.stores import arrived_in

log = structlog.get_logger(__name__)

ENDED_KEPT_FOR = timedelta(days=30)
ORPHAN_AFTER_S = 3600
OVER = {UploadState.FINISHED, UploadState.REFUSED, UploadState.ENDED}


def arrived(*, at: datetime) -> list[int]:
    """Uploads that wait to be stored and whose message was lost, or whose server died
    before it could send one; each is named once in a while only."""
    _notice_complete_files(at)
    return _named_now()


@transaction.atomic
def _named_now() -> list[int]:
    """One that is being finished at this moment is locked, and left alone."""
    found = list(
        _left_lying(UploadState.FINISHING)
        .select_for_update(skip_locked=True)
        .order_by("touched_at")
        .values_list("pk", flat=True)
    )
    Upload.objects.filter(pk__in=found).update(touched_at=timezone.now())
    return found


def _left_lying(state):
    swept_after = timedelta(seconds=settings.UPLOAD_SWEPT_AFTER_SECONDS)
    return Upload.objects.filter(
        state=state, touched_at__lt=timezone.now() - swept_after
    )


def _notice_complete_files(at):
    """The last byte is there, and the row does not know it."""
    for upload in _left_lying(UploadState.RECEIVING).iterator():
        if arrived_in(upload).is_complete():
            Upload.objects.filter(pk=upload.pk, state=UploadState.RECEIVING).update(
                state=UploadState.FINISHING,
                offset_bytes=F("size_bytes"),
                finished_at=at,
            )


@transaction.atomic
def end_those_that_ran_out(*, at: datetime) -> None:
    """Uploads untouched for their time end, and free their disk."""
    now = timezone.now()
    for upload in Upload.objects.filter(
        state=UploadState.RECEIVING, expires_at__lte=now
    ).select_for_update(skip_locked=True):
        end(upload, at=at)


def forget_old_ones() -> None:
    """Rows that only say that something was given up, or refused long ago."""
    old = timezone.now() - ENDED_KEPT_FOR
    Upload.objects.filter(
        Q(state=UploadState.ENDED) | Q(state=UploadState.REFUSED), touched_at__lt=old
    ).delete()


def remove_orphans() -> None:
    """Staging files whose upload is over, and old ones that no upload claims.

    A new file may be there before its row; one whose upload is over was left by a
    process that ended between the commit and this clearing up.
    """
    found = _staging_files()
    states = dict(Upload.objects.filter(token__in=found).values_list("token", "state"))
    oldest = time.time() - ORPHAN_AFTER_S
    for token, touched_at in found.items():
        state = states.get(token)
        if state in OVER or (state is None and touched_at < oldest):
            log.warning("removing an orphan", file=token.hex, state=state)
            Staged(token).remove()


def _staging_files() -> dict[UUID, float]:
    """Token and last change of each."""
    found = {}
    for path in staging_dir().glob("*.*"):
        if path.suffix in {".part", ".who"}:
            with suppress(FileNotFoundError):  # gone meanwhile
                found[UUID(path.stem)] = path.stat().st_mtime
    return found
