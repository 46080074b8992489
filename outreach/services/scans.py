"""The stamped copy of a table: taken by content, stored under an unguessable name."""

import uuid
from datetime import datetime
from functools import partial
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contests.errors import RuleViolation
from outreach.models import Recommendation
from outreach.services.filling import editable
from outreach.tasks import make_scan_preview
from submissions.media.content_type import HEAD_BYTES, LABELS, ContentType, sniff
from submissions.media.papers import refuse_infected
from submissions.services.unfit_papers import refused_as

SCAN_MAX_MB = 20  # the portal's own figure
MEGABYTE = 1024 * 1024
MIME_TYPES = {ContentType.PDF: "application/pdf", ContentType.JPEG: "image/jpeg"}
SUFFIXES = {ContentType.PDF: ".pdf", ContentType.JPEG: ".jpg"}
NAME_MAX_LENGTH = Recommendation._meta.get_field("scan_name").max_length

SCAN_FIELDS = (
    "scan",
    "scan_token",
    "scan_name",
    "scan_content_type",
    "scan_preview",
    "scan_uploaded_at",
)


class ScanRefused(RuleViolation):
    code = "scan_refused"


def attach_scan(
    *, recommendation: Recommendation, upload: UploadedFile, by: User, at: datetime
) -> Recommendation:
    """Keep the stamped copy; one uploaded before goes once this commits."""
    with transaction.atomic():
        editable(recommendation, by=by)
    content_type = _type_of(upload)
    name = _safe_name(upload.name, content_type)
    with refused_as(ScanRefused, about=recommendation, name=name, by=by, at=at):
        refuse_infected(upload)  # may take a minute: nothing is locked meanwhile
    return _keep(recommendation, upload, content_type, by=by, at=at)


@transaction.atomic
def _keep(recommendation, upload, content_type, *, by, at):
    recommendation = editable(recommendation, by=by)
    earlier = [
        partial(file.storage.delete, file.name)
        for file in (recommendation.scan, recommendation.scan_preview)
        if file
    ]
    recommendation.scan_preview = ""
    recommendation.scan_token = uuid.uuid4()
    recommendation.scan_name = _safe_name(upload.name, content_type)
    recommendation.scan_content_type = MIME_TYPES[content_type]
    recommendation.scan_uploaded_at = at
    recommendation.scan.save(recommendation.scan_name, upload, save=False)
    try:
        with transaction.atomic():
            recommendation.save(update_fields=SCAN_FIELDS)
    except Exception:
        recommendation.scan.delete(save=False)
        raise
    for delete in earlier:
        transaction.on_commit(delete)
    make_scan_preview.delay_on_commit(recommendation_id=recommendation.pk)
    return recommendation


def _safe_name(name, content_type):
    """Ends as the content does: a name.html saved to disk would open as a page."""
    suffix = SUFFIXES[content_type]
    return PurePath(name).stem[: NAME_MAX_LENGTH - len(suffix)] + suffix


def _type_of(upload) -> ContentType:
    if upload.size == 0:
        raise ScanRefused(
            _("This file is empty (0 bytes). Please choose it again."),
            code="scan_empty",
        )
    if upload.size > SCAN_MAX_MB * MEGABYTE:
        raise ScanRefused(
            _(
                "This file is larger than %(limit)d MB. Please scan at 200 or 300 dpi "
                "and upload it again."
            )
            % {"limit": SCAN_MAX_MB},
            code="scan_too_large",
        )
    upload.seek(0)
    content_type = sniff(upload.read(HEAD_BYTES))
    upload.seek(0)
    if content_type not in MIME_TYPES:
        raise ScanRefused(
            _(
                "This is neither a PDF nor a JPG (it is %(kind)s). Please save the "
                "scan as PDF or JPG, or take a photo of the stamped page."
            )
            % {"kind": LABELS[content_type]},
            code="scan_wrong_type",
        )
    return content_type
