"""Whether an upload may begin: our tus endpoint and tusd's hook both ask here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from submissions.filenames import plain_name
from submissions.models import MediaFile, OriginalRequest, Submission, Upload
from submissions.uploads import quotas, shares
from submissions.uploads.ending import end
from submissions.uploads.errors import BadRequest
from submissions.uploads.purposes import purpose_of
from submissions.uploads.staging import Staged

ONE_AT_A_TIME = 0x75706C6F6164  # key of the advisory lock under which quotas hold


@dataclass(frozen=True)
class Announcement:
    """What a client says about a file before its first byte."""

    submission: Submission
    size_bytes: int
    name: str
    purpose: str = Upload.Purpose.FILE
    proof_key: str = ""
    original_request: OriginalRequest | None = None
    replaces: MediaFile | None = None
    fingerprint: str = ""
    metadata: str = ""  # as it was sent; a tus server gives it back

    def is_of(self, upload: Upload) -> bool:
        """The same file for the same place, announced before."""
        return all(getattr(upload, each) == getattr(self, each) for each in SAME)


SAME = [
    "submission",
    "size_bytes",
    "purpose",
    "proof_key",
    "original_request",
    "replaces",
    "fingerprint",
]


def announced(
    details: dict[str, str], *, size_bytes: int, by: User, metadata: str = ""
) -> Announcement:
    """Look up what the metadata names; what is not the caller's does not exist."""
    submission = _find(Submission.objects.owned_by(by), details, "submission")
    if submission is None:
        raise BadRequest(_("Upload-Metadata does not name the submission."))
    purpose = details.get("purpose") or Upload.Purpose.FILE
    if purpose not in Upload.Purpose.values:
        raise BadRequest(_("Upload-Metadata names an unknown purpose."))
    requests = submission.original_requests.all()
    return Announcement(
        submission=submission,
        size_bytes=size_bytes,
        name=plain_name(details.get("filename", "")) or "upload",
        purpose=purpose,
        proof_key=details.get("proof", "")[:48],
        original_request=_find(requests, details, "original_request"),
        replaces=_find(submission.media_files.all(), details, "replaces"),
        fingerprint=details.get("fingerprint", "")[:200],
        metadata=metadata,
    )


def _find(rows, details, key):
    """The row that a number in the metadata means; None when none is given."""
    value = details.get(key, "")
    if not value:
        return None
    found = rows.filter(pk=value).first() if _is_number(value) else None
    if found is None:
        raise Http404
    return found


def _is_number(value):
    return value.isascii() and value.isdecimal() and len(value) < 18


@transaction.atomic
def begin(
    announcement: Announcement, *, by: User, at: datetime, store=Upload.Store.STAGING
) -> Upload:
    """Let an upload begin, or go on with the one that the client has lost sight of."""
    _one_at_a_time()
    known = _begun_before(announcement, by=by, at=at)
    if known is not None:
        return known
    purpose_of(announcement.purpose).admit(announcement, by=by, at=at)
    quotas.check_person(by, size_bytes=announcement.size_bytes)
    shares.check_share(by, size_bytes=announcement.size_bytes)
    if store == Upload.Store.STAGING:
        shares.make_room(announcement.size_bytes, at=at)
    upload = _row(announcement, by=by, at=at, store=store)
    if store == Upload.Store.STAGING:
        Staged(upload.token).begin()
    return upload


def _one_at_a_time():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _begun_before(announcement, *, by, at):
    """When the answer to a creation is lost, the client creates again.

    With a fingerprint it is the same file for sure. Without one, an upload that has
    not got a byte makes way.
    """
    for upload in Upload.objects.receiving().filter(owner=by):
        if upload.original_name != announcement.name or not announcement.is_of(upload):
            continue
        if announcement.fingerprint and upload.store == Upload.Store.STAGING:
            return upload
        if upload.offset_bytes == 0:
            end(upload, at=at)
    return None


def _row(announcement, *, by, at, store):
    now = timezone.now()
    return Upload.objects.create(
        owner=by,
        submission=announcement.submission,
        purpose=announcement.purpose,
        proof_key=announcement.proof_key,
        original_request=announcement.original_request,
        replaces=announcement.replaces,
        store=store,
        original_name=announcement.name,
        fingerprint=announcement.fingerprint,
        metadata=announcement.metadata,
        size_bytes=announcement.size_bytes,
        created_at=at,
        touched_at=now,
        expires_at=now + kept_for(),
    )


def kept_for() -> timedelta:
    """How long an upload waits for its next byte."""
    return timedelta(days=settings.UPLOAD_DAYS_KEPT)
