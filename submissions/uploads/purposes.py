"""What an upload is for: who may begin one, and what it becomes when it has arrived."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from submissions import deadlines
from submissions.models import MediaFile, Upload
from submissions.models.media import original_path
from submissions.services.drafts import NotEditable, require_editable
from submissions.services.files import (
    FileRefused,
    add_stored_file,
    check_count,
    check_size,
)
from submissions.uploads.errors import Refused


@dataclass(frozen=True)
class Purpose:
    """`admit(announcement, by=, at=)` refuses or lets it begin; `path(token)` says
    where its bytes will lie; `store(upload, stored, at=)` returns the row they become.
    """

    admit: Callable
    path: Callable
    store: Callable


def purpose_of(name: str) -> Purpose:
    return PURPOSES[name]


def require_still_welcome(upload: Upload, at: datetime) -> None:
    """Refuse more bytes, or the end, when the work is closed or the time is over."""
    if deadlines.may_continue_upload(upload, at):
        return
    if upload.purpose == Upload.Purpose.ORIGINAL:
        raise Refused(
            _(
                "The time to send this original is over. Please write to the "
                "organisers."
            ),
            code="original_request_closed",
        )
    if not upload.submission.is_editable:
        raise NotEditable(
            _("This work has been handed in and its files can no longer be changed.")
        )
    raise deadlines.refusal(upload.submission, at)


def admit_file(announcement, *, by, at):
    submission = announcement.submission
    require_editable(submission, by=by)
    deadlines.require_upload(submission, at)
    check_size(submission, announcement.size_bytes)
    if announcement.replaces is None:
        _check_place(submission)


def _check_place(submission):
    """The category takes so many; those on their way count as well."""
    stored = submission.media_files.count()
    check_count(submission, others=stored)
    coming = submission.uploads.under_way().filter(
        purpose=Upload.Purpose.FILE, replaces=None
    )
    try:
        check_count(submission, others=stored + coming.count())
    except FileRefused as refusal:
        raise FileRefused(
            _(
                "Another file of this work is still on its way. Let it arrive or "
                "cancel it, then choose this one."
            ),
            code="uploads_under_way",
        ) from refusal


def store_file(upload, stored, *, at):
    return add_stored_file(
        submission=upload.submission,
        stored=stored,
        by=upload.owner,
        at=at,
        replaces=upload.replaces,
    )


def _file_path(token):
    return original_path(MediaFile(token=token), "")


PURPOSES = {
    Upload.Purpose.FILE: Purpose(admit=admit_file, path=_file_path, store=store_file),
}
