"""Where an upload stands, for the pages that show it."""

from django.urls import reverse

from submissions.models import Upload
from submissions.states import UploadState
from submissions.uploads.staging import Staged


def status_of(upload: Upload) -> dict:
    """The truth a client shows; `state` is what counts, not the last answer it got."""
    state = UploadState.ENDED if upload.has_run_out else upload.state
    return {
        "id": str(upload.token),
        "url": address_of(upload),
        "submission": upload.submission_id,
        "purpose": upload.purpose,
        "state": state,
        "name": upload.original_name,
        "size_bytes": upload.size_bytes,
        "offset_bytes": _offset(upload),
        "fingerprint": upload.fingerprint,
        "expires_at": upload.expires_at.isoformat(),
        "file": upload.media_file_id,
        "attachment": upload.attachment_id,
        "code": upload.refusal_code,
        "detail": upload.refusal,
    }


def address_of(upload: Upload) -> str:
    """Where its bytes are sent; tusd adds something of its own to our token."""
    if upload.store == Upload.Store.TUSD and upload.store_key:
        return f"{reverse('api-uploads')}{upload.store_key}"
    return reverse("api-upload", args=[upload.token])


def _offset(upload):
    if upload.state == UploadState.RECEIVING and upload.store == Upload.Store.STAGING:
        return Staged(upload.token).offset()
    return upload.offset_bytes
