"""So that a few people cannot keep all others out: fair shares of what is scarce.

Whoever has nothing on its way gets in until the disk itself is full, however many
uploads others have begun. While it is crowded nobody holds more than their share, and
when room is wanting, uploads that have lain still for a day give way, those first whose
owners hold most.
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from submissions.models import Upload
from submissions.states import UploadState
from submissions.uploads import ending, quotas

log = structlog.get_logger(__name__)

MEGABYTE = 1024 * 1024
GIVE_WAY_AT_ONCE = 200  # uploads looked through for room


def check_share(user: User, *, size_bytes: int) -> None:
    """Refuse one more only to those who have their share of a crowded server."""
    held = Upload.objects.under_way().filter(owner=user)
    mine = held.aggregate(count=Count("pk"), size=Coalesce(Sum("size_bytes"), 0))
    if not mine["count"]:
        return
    if _is_crowded() and mine["count"] >= settings.UPLOADS_ALWAYS_WELCOME:
        raise quotas.crowded()
    share = settings.UPLOAD_STAGING_MB * MEGABYTE // settings.UPLOAD_SHARES
    if quotas.is_half_full(size_bytes) and mine["size"] + size_bytes > share:
        raise quotas.crowded()


def _is_crowded():
    return Upload.objects.under_way().count() >= settings.UPLOADS_OPEN


def make_room(size_bytes: int, *, at: datetime) -> None:
    """Find room for so many bytes, by what lies idle if need be, or refuse; nothing
    ends in vain."""
    lacking = quotas.lacking_bytes(size_bytes)
    if lacking <= 0:
        return
    giving_way = _enough_of(_idle_uploads(), lacking)
    if not giving_way:
        raise quotas.no_room()
    for upload in giving_way:
        ending.end(upload, at=at)
        log.warning("an idle upload gives way", upload=upload.pk)


def _idle_uploads():
    still_since = timezone.now() - timedelta(
        hours=settings.UPLOAD_GIVES_WAY_AFTER_HOURS
    )
    held = (
        Upload.objects.under_way()
        .filter(owner=OuterRef("owner"))
        .order_by()
        .values("owner")
        .annotate(bytes=Sum("offset_bytes"))
        .values("bytes")
    )
    return (
        Upload.objects.filter(
            state=UploadState.RECEIVING,
            store=Upload.Store.STAGING,
            offset_bytes__gt=0,
            touched_at__lt=still_since,
        )
        .annotate(held_by_owner=Subquery(held))
        .order_by("-held_by_owner", "touched_at", "pk")[:GIVE_WAY_AT_ONCE]
    )


def _enough_of(uploads, lacking) -> list[Upload]:
    """The first of them that free so much together; none when all are too few."""
    taken, freed = [], 0
    for upload in uploads:
        taken.append(upload)
        freed += upload.offset_bytes
        if freed >= lacking:
            return taken
    return []
