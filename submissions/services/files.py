"""Adding, ordering and removing the files of a draft."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from contests.errors import RuleViolation
from submissions import deadlines
from submissions.asked import asked_field
from submissions.filenames import plain_name
from submissions.lifecycle import lock
from submissions.media.codes import Code
from submissions.media.jobs.claims import INSPECTIONS
from submissions.media.jobs.rows import lock_file
from submissions.media.messages import render
from submissions.media.rules.sets import check_count as find_count
from submissions.models import Inspection, MediaFile, Submission
from submissions.models.media import original_path
from submissions.permissions import can_edit
from submissions.states import Severity
from submissions.tasks import send_on_commit

MEGABYTE = 1024 * 1024


class FileRefused(RuleViolation):
    code = "file_refused"


@dataclass(frozen=True)
class StoredFile:
    """Bytes that lie in the storage already, at the path their token gives."""

    token: UUID
    original_name: str
    size_bytes: int
    sha256: str


def _editable(submission, *, by):
    if not can_edit(by, lock(submission)):
        raise FileRefused(
            _("This work has been handed in and its files can no longer be changed."),
            code="not_editable",
        )


def check_size(submission: Submission, size_bytes: int) -> None:
    """Refuse what is empty or larger than the rule book lets any file be."""
    max_mb = submission.rulebook_version.rulebook.defaults.max_file_mb
    if size_bytes == 0:
        raise _refusal(Code.FRM_FILE_EMPTY)
    if size_bytes > max_mb * MEGABYTE:
        raise _refusal(Code.FRM_FILE_LARGE, limit=max_mb)


def check_count(submission: Submission, *, others: int) -> None:
    """Refuse one file more than the category takes, beside the `others`."""
    if submission.category is None:
        raise _refusal(Code.FRM_CATEGORY_MISSING)
    category = submission.rulebook_version.rulebook.category(submission.category.key)
    for finding in find_count(others + 1, category):
        if finding.code != Code.SET_COUNT_FEW and finding.severity == Severity.ERROR:
            raise FileRefused(finding.message, code=finding.code)


def _refusal(code, **params):
    return FileRefused(render(code, params), code=code)


@transaction.atomic
def add_file(
    *,
    submission: Submission,
    upload: UploadedFile,
    by: User,
    at: datetime,
    began_at: datetime | None = None,
) -> MediaFile:
    """Store one more file of a draft; its inspection starts once this commits.

    `began_at` is when its first byte came: that moment must be in time.
    """
    _editable(submission, by=by)
    deadlines.require_file(submission, began_at=began_at or at, at=at)
    check_count(submission, others=submission.media_files.count())
    check_size(submission, upload.size)
    stored = StoredFile(
        token=uuid4(),
        original_name=plain_name(upload.name),
        size_bytes=upload.size,
        sha256=_sha256_of(upload),
    )
    file = MediaFile(token=stored.token).file
    file.save(stored.original_name, upload, save=False)
    try:
        with transaction.atomic():
            return add_stored_file(submission=submission, stored=stored, by=by, at=at)
    except Exception:
        file.delete(save=False)
        raise


def _sha256_of(upload):
    """Read once by blocks; leaves the file at its beginning."""
    digest = hashlib.sha256()
    for block in upload.chunks():
        digest.update(block)
    upload.seek(0)
    return digest.hexdigest()


@transaction.atomic
def add_stored_file(
    *,
    submission: Submission,
    stored: StoredFile,
    by: User,
    at: datetime,
    replaces: MediaFile | None = None,
    before: MediaFile | None = None,
) -> MediaFile:
    """Make bytes in the storage a file of a draft: at the end, before another, or in
    another's place.

    When this refuses, the bytes are the caller's to remove.
    """
    _editable(submission, by=by)
    add = partial(_add_row, submission, stored, at=at)
    if replaces is not None:
        return _in_place_of(replaces, add, by=by, at=at)
    if before is None:
        return add()
    place = _files_before(before) + 1
    added = add()
    move_file(media_file=added, by=by, at=at, to=place)
    return added


def _files_before(media_file):
    files = media_file.submission.media_files
    return files.filter(position__lt=media_file.position).count()


def _add_row(submission, stored, *, at):
    check_count(submission, others=submission.media_files.count())
    check_size(submission, stored.size_bytes)
    last = submission.media_files.aggregate(last=Max("position"))["last"] or 0
    media_file = MediaFile(
        submission=submission,
        token=stored.token,
        position=last + 1,
        original_name=stored.original_name,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        uploaded_at=at,
    )
    media_file.file.name = original_path(media_file, stored.original_name)
    media_file.save()
    send_on_commit(INSPECTIONS.enqueue(media_file))
    return media_file


@transaction.atomic
def remove_file(*, media_file: MediaFile, by: User, at: datetime) -> None:
    """Take a file out of a draft; its bytes go once this commits."""
    _editable(media_file.submission, by=by)
    lock_file(media_file.pk)
    stored = [media_file.file, *(copy.file for copy in media_file.derivatives.all())]
    media_file.delete()
    for file in stored:
        transaction.on_commit(partial(file.storage.delete, file.name))


@transaction.atomic
def replace_file(
    *,
    media_file: MediaFile,
    upload: UploadedFile,
    by: User,
    at: datetime,
    began_at: datetime | None = None,
) -> MediaFile:
    """Put another file in a file's place, under its caption; both or neither happen."""
    submission = media_file.submission
    times = {"at": at, "began_at": began_at}
    add = partial(add_file, submission=submission, upload=upload, by=by, **times)
    return _in_place_of(media_file, add, by=by, at=at)


def _in_place_of(media_file, add, *, by, at):
    caption = media_file.caption
    place = _files_before(media_file) + 1
    remove_file(media_file=media_file, by=by, at=at)
    replacement = add()
    move_file(media_file=replacement, by=by, at=at, to=place)
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
    """Write a caption, where the contest asks for any; "" takes it away."""
    _editable(media_file.submission, by=by)
    book = media_file.submission.rulebook_version.rulebook
    if caption and asked_field(media_file.submission, book, "captions") is None:
        raise FileRefused(
            _("This contest does not ask for captions, so they are not kept."),
            code="not_asked",
        )
    media_file.caption = caption
    media_file.save(update_fields=["caption"])


def inspect_anew(submission: Submission, *, at: datetime) -> None:
    """Have every file of a submission inspected again, under its present limits."""
    for media_file in submission.media_files.all():
        send_on_commit(INSPECTIONS.enqueue(media_file))


@transaction.atomic
def retry_inspection(*, inspection: Inspection, by: User, at: datetime) -> None:
    """Inspect a file afresh, with all attempts before it; it is noted who wished so."""
    submission = inspection.media_file.submission
    audit.record(
        "inspection.retried",
        by=by,
        target=inspection.media_file,
        contest=submission.contest,
        state=inspection.state,
    )
    send_on_commit(INSPECTIONS.enqueue(inspection.media_file))
