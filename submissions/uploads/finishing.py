"""Makes an upload that has arrived a file of its work; may run twice, or break off.

The upload's row stays locked from the first look to the commit, so there is one
finisher; whoever meets it locked passes by. Its work is locked only once all has been
looked at, which lasts as long as a virus scanner takes. The address in the storage
follows from the upload's token: a try that broke off is simply made again, and ends in
the same place. Staging files go after the commit.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contests.errors import RuleViolation
from notifications.kinds import Kind
from submissions.media.codes import Code
from submissions.models import MediaFile, Upload
from submissions.states import UploadState
from submissions.telling import tell
from submissions.uploads.errors import Refused
from submissions.uploads.purposes import purpose_of, require_still_welcome
from submissions.uploads.stores import Lost, arrived_in, remove_stored

log = structlog.get_logger(__name__)

LOOKED_AT_WITHIN = timedelta(days=1)  # after which its owner is asked to send it again
WRITTEN = [
    "state",
    "refusal_code",
    "refusal",
    "media_file",
    "attachment",
    "finished_at",
]


@transaction.atomic
def finish(upload_id: int, *, at: datetime) -> Upload | None:
    """Store an upload whose last byte has arrived; None when there is nothing to do,
    or somebody else does it. What we cannot look at now is left for the next sweep."""
    upload = (
        Upload.objects.select_for_update(skip_locked=True, of=["self"])
        .select_related("submission__contest", "owner", "original_request")
        .filter(pk=upload_id, state=UploadState.FINISHING)
        .first()
    )
    if upload is None:
        return None
    arrived = arrived_in(upload)
    try:
        _keep(upload, arrived, at=at)
    except RuleViolation as refusal:
        waited = at - upload.finished_at
        if refusal.code == Code.FRM_CHECK_ERRORED and waited < LOOKED_AT_WITHIN:
            raise
        remove_stored(_name(upload))
        _refuse(upload, refusal, at=at)
    except Lost:
        log.exception("an upload was lost", upload_id=upload.pk)
        _refuse(upload, _lost(), at=at)
    upload.finished_at = at
    upload.save(update_fields=WRITTEN)
    transaction.on_commit(arrived.remove, robust=True)
    return upload


def _keep(upload, arrived, *, at):
    """What arrived in time is stored, however long it waited for us; until then
    `finished_at` is the moment of its last byte."""
    require_still_welcome(upload, at=upload.finished_at)
    purpose = purpose_of(upload.purpose)
    looked = purpose.look(upload, arrived, at=at)
    remove_stored(_name(upload))  # what a try that broke off may have left
    with transaction.atomic():
        row = purpose.keep(upload, arrived, looked, at=at)
    if isinstance(row, MediaFile):
        upload.media_file = row
    else:
        # The same paper sent twice is kept once; the later upload stands for it.
        Upload.objects.filter(attachment=row).update(attachment=None)
        upload.attachment = row
    upload.state = UploadState.FINISHED


def _name(upload):
    return purpose_of(upload.purpose).path(upload.token)


def _refuse(upload, refusal, *, at):
    """The browser may be gone by now, so the owner is told as well."""
    upload.state = UploadState.REFUSED
    upload.refusal_code = refusal.code
    upload.refusal = str(refusal.message)
    tell(
        upload.owner,
        Kind.UPLOAD_REFUSED,
        about=upload.submission,
        at=at,
        link=reverse("submissions:wizard", args=[upload.submission_id, "files"]),
        file=upload.original_name,
        reason=upload.refusal,
    )


def _lost():
    return Refused(
        _(
            "Something went wrong on our side, and this file is not complete. Please "
            "choose it once more; we are sorry."
        ),
        code="upload_lost",
    )
