"""Adding, ordering and removing the files of a draft."""

import hashlib
from datetime import datetime
from functools import partial
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contests.errors import RuleViolation
from submissions.lifecycle import lock
from submissions.media.codes import Code
from submissions.media.messages import render
from submissions.media.rules.sets import check_count
from submissions.models import Inspection, MediaFile, Submission
from submissions.permissions import can_edit
from submissions.states import InspectionState, Severity
from submissions.tasks import inspect_media_file

MEGABYTE = 1024 * 1024


class FileRefused(RuleViolation):
    code = "file_refused"


def _editable(submission, *, by):
    if not can_edit(by, lock(submission)):
        raise FileRefused(
            _("This work has been handed in and its files can no longer be changed."),
            code="not_editable",
        )


def _check_upload(submission, upload):
    """What can be told before a byte is stored."""
    if submission.category is None:
        raise _refusal(Code.FRM_CATEGORY_MISSING)
    book = submission.rulebook_version.rulebook
    max_mb = book.defaults.max_file_mb
    if upload.size == 0:
        raise _refusal(Code.FRM_FILE_EMPTY)
    if upload.size > max_mb * MEGABYTE:
        raise _refusal(Code.FRM_FILE_LARGE, limit=max_mb)
    count = submission.media_files.count() + 1
    for finding in check_count(count, book.category(submission.category.key)):
        if finding.code != Code.SET_COUNT_FEW and finding.severity == Severity.ERROR:
            raise FileRefused(finding.message, code=finding.code)


def _sha256_of(upload):
    """Read once by blocks; leaves the file at its beginning."""
    digest = hashlib.sha256()
    for block in upload.chunks():
        digest.update(block)
    upload.seek(0)
    return digest.hexdigest()


def _refusal(code, **params):
    return FileRefused(render(code, params), code=code)


@transaction.atomic
def add_file(
    *, submission: Submission, upload: UploadedFile, by: User, at: datetime
) -> MediaFile:
    """Store one more file of a draft; its inspection starts once this commits."""
    _editable(submission, by=by)
    _check_upload(submission, upload)
    last = submission.media_files.aggregate(last=Max("position"))["last"] or 0
    media_file = MediaFile(
        submission=submission,
        position=last + 1,
        original_name=PurePath(upload.name).name[:255],
        size_bytes=upload.size,
        sha256=_sha256_of(upload),
        uploaded_at=at,
    )
    media_file.file.save(media_file.original_name, upload, save=False)
    try:
        with transaction.atomic():
            media_file.save()
            Inspection.objects.create(media_file=media_file, queued_at=timezone.now())
    except Exception:
        media_file.file.delete(save=False)
        raise
    inspect_media_file.delay_on_commit(media_file_id=media_file.pk)
    return media_file


@transaction.atomic
def remove_file(*, media_file: MediaFile, by: User, at: datetime) -> None:
    """Take a file out of a draft; its bytes go once this commits."""
    _editable(media_file.submission, by=by)
    stored = [media_file.file, *(copy.file for copy in media_file.derivatives.all())]
    media_file.delete()
    for file in stored:
        transaction.on_commit(partial(file.storage.delete, file.name))


@transaction.atomic
def replace_file(
    *, media_file: MediaFile, upload: UploadedFile, by: User, at: datetime
) -> MediaFile:
    """Put another file in a file's place, under its caption; both or neither happen."""
    submission = media_file.submission
    before = submission.media_files.filter(position__lt=media_file.position).count()
    caption = media_file.caption
    remove_file(media_file=media_file, by=by, at=at)
    replacement = add_file(submission=submission, upload=upload, by=by, at=at)
    move_file(media_file=replacement, by=by, at=at, to=before + 1)
    caption_file(media_file=replacement, by=by, at=at, caption=caption)
    return replacement


@transaction.atomic
def move_file(*, media_file: MediaFile, by: User, at: datetime, to: int) -> None:
    """Put a file at a place in the order, counted from 1; the first is the cover."""
    _editable(media_file.submission, by=by)
    files = list(media_file.submission.media_files.exclude(pk=media_file.pk))
    files.insert(max(to, 1) - 1, media_file)
    for position, file in enumerate(files, start=1):
        file.position = position
    MediaFile.objects.bulk_update(files, ["position"])


@transaction.atomic
def caption_file(
    *, media_file: MediaFile, by: User, at: datetime, caption: str
) -> None:
    _editable(media_file.submission, by=by)
    media_file.caption = caption
    media_file.save(update_fields=["caption"])


def inspect_anew(submission: Submission, *, at: datetime) -> None:
    """Have every file of a submission inspected again, under its present limits."""
    for media_file in submission.media_files.all():
        _requeue(media_file)


@transaction.atomic
def retry_inspection(*, inspection: Inspection, by: User, at: datetime) -> None:
    """Give an inspection that failed on our side its attempts back."""
    _requeue(inspection.media_file)


def _requeue(media_file):
    Inspection.objects.filter(media_file=media_file).update(
        state=InspectionState.QUEUED,
        verdict="",
        attempts=0,
        leased_until=None,
        finished_at=None,
        queued_at=timezone.now(),
    )
    inspect_media_file.delay_on_commit(media_file_id=media_file.pk)
