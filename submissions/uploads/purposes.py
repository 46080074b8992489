"""What an upload is for: who may begin one, and what it becomes when it has arrived."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from submissions import deadlines
from submissions.lifecycle import lock
from submissions.models import Attachment, MediaFile, Upload
from submissions.models.media import original_path
from submissions.models.rights import attachment_path
from submissions.services import originals, proofs
from submissions.services.drafts import NotEditable, require_editable
from submissions.services.files import (
    FileRefused,
    StoredFile,
    add_stored_file,
    check_count,
    check_size,
)
from submissions.services.proofs import Paper
from submissions.uploads.errors import BadRequest
from submissions.uploads.stores import Arrived


@dataclass(frozen=True)
class Purpose:
    """Keeping ends in a row; the token of the upload says where its bytes then lie, so
    that a try which broke off is found again."""

    admit: Callable  # (announcement, *, by, at): refuses, or lets it begin
    require_open: Callable  # (upload, *, at): refuses, or lets it go on and end
    path: Callable[[UUID], str]
    look: Callable  # (upload, arrived, *, at): refuses, or what keeping needs to know
    keep: Callable  # (upload, arrived, looked, *, at): MediaFile or Attachment


def purpose_of(name: str) -> Purpose:
    return PURPOSES[name]


def require_still_welcome(upload: Upload, *, at: datetime) -> None:
    """Refuse more bytes, or the end, when the work is closed or the time is over."""
    purpose_of(upload.purpose).require_open(upload, at=at)


# --- Files of the work ---------------------------------------------------------
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


def require_draft_open(upload, *, at):
    if deadlines.may_continue_upload(upload, at):
        return
    if not upload.submission.is_editable:
        raise NotEditable(
            _("This work has been handed in and can no longer be changed here.")
        )
    raise deadlines.refusal(upload.submission, at)


def look_at_file(upload: Upload, arrived: Arrived, *, at) -> str:
    """Its checksum; what is in it is looked at once it is stored."""
    return arrived.sha256()


def keep_file(upload: Upload, arrived: Arrived, sha256: str, *, at) -> MediaFile:
    stored = StoredFile(
        token=upload.token,
        original_name=upload.original_name,
        size_bytes=upload.size_bytes,
        sha256=sha256,
    )
    arrived.move_to(_file_path(upload.token))
    lock(upload.submission)  # two that arrive together take their places in turn
    return add_stored_file(
        submission=upload.submission,
        stored=stored,
        by=upload.owner,
        at=at,
        replaces=MediaFile.objects.filter(pk=upload.replaces_id).first(),
        before=_file_begun_after(upload),
    )


def _file_begun_after(upload):
    """Files stand as they were chosen, not as they happened to arrive."""
    files = upload.submission.media_files.filter(upload__pk__gt=upload.pk)
    return files.order_by("position").first()


def _file_path(token):
    return original_path(MediaFile(token=token), "")


# --- Papers and originals ------------------------------------------------------
def admit_proof(announcement, *, by, at):
    deadlines.require_upload(announcement.submission, at)
    proofs.check_announced(
        submission=announcement.submission,
        proof_key=announcement.proof_key,
        size_bytes=announcement.size_bytes,
        by=by,
    )


def look_at_proof(upload: Upload, arrived: Arrived, *, at) -> Paper:
    with arrived.opened(upload.original_name) as file:
        return proofs.look_at(file, about=upload.submission, by=upload.owner, at=at)


def keep_proof(upload: Upload, arrived: Arrived, paper: Paper, *, at) -> Attachment:
    return proofs.keep_proof(
        submission=upload.submission,
        proof_key=upload.proof_key,
        paper=paper,
        by=upload.owner,
        at=at,
        token=upload.token,
    )


def admit_original(announcement, *, by, at):
    if announcement.original_request is None:
        raise BadRequest(_("Upload-Metadata does not name the request."))
    originals.check_announced(
        original_request=announcement.original_request,
        size_bytes=announcement.size_bytes,
        by=by,
        at=at,
    )


def require_request_open(upload, *, at):
    originals.check_announced(
        original_request=upload.original_request,
        size_bytes=upload.size_bytes,
        by=upload.owner,
        at=upload.created_at,
    )


def look_at_original(upload: Upload, arrived: Arrived, *, at) -> str:
    with arrived.opened(upload.original_name) as file:
        originals.look_at(
            file, original_request=upload.original_request, by=upload.owner, at=at
        )
    return arrived.sha256()


def keep_original(upload: Upload, arrived: Arrived, sha256: str, *, at) -> Attachment:
    with arrived.opened(upload.original_name) as file:
        return originals.keep_answer(
            original_request=upload.original_request,
            upload=file,
            by=upload.owner,
            at=at,
            began_at=upload.created_at,
            sha256=sha256,
            token=upload.token,
        )


def _attachment_path(token):
    return attachment_path(Attachment(token=token), "")


PURPOSES = {
    Upload.Purpose.FILE: Purpose(
        admit=admit_file,
        require_open=require_draft_open,
        path=_file_path,
        look=look_at_file,
        keep=keep_file,
    ),
    Upload.Purpose.PROOF: Purpose(
        admit=admit_proof,
        require_open=require_draft_open,
        path=_attachment_path,
        look=look_at_proof,
        keep=keep_proof,
    ),
    Upload.Purpose.ORIGINAL: Purpose(
        admit=admit_original,
        require_open=require_request_open,
        path=_attachment_path,
        look=look_at_original,
        keep=keep_original,
    ),
}
