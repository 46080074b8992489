"""How much may be on its way at once: of one person, of all, and of this disk."""

import shutil
import time
from functools import lru_cache

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from submissions.models import MediaFile, Upload
from submissions.uploads.errors import NoRoom, Refused
from submissions.uploads.staging import staging_dir

MEGABYTE = 1024 * 1024


def check_person(user: User, *, size_bytes: int) -> None:
    """So many uploads at once, and so many bytes with all that was stored before."""
    uploads = Upload.objects.under_way().filter(owner=user)
    if uploads.count() >= settings.UPLOADS_PER_PERSON:
        raise Refused(_many(settings.UPLOADS_PER_PERSON), code="uploads_many")
    check_bytes(user, size_bytes=size_bytes)


def check_sent_whole(user: User, *, size_bytes: int) -> None:
    """The same limits for a file that came in one piece, before it is stored."""
    check_bytes(user, size_bytes=size_bytes)
    check_disk(size_bytes)


def check_bytes(user: User, *, size_bytes: int) -> None:
    """So many bytes of one person, stored and on their way."""
    uploads = Upload.objects.under_way().filter(owner=user)
    stored = MediaFile.objects.filter(submission__author=user)
    together = _sum(uploads, "size_bytes") + _sum(stored, "size_bytes") + size_bytes
    if together > settings.UPLOAD_PERSON_MB * MEGABYTE:
        raise Refused(
            _(
                "All your files together would be larger than %(limit)s MB. Please "
                "remove some that you no longer need, or write to the organisers."
            )
            % {"limit": settings.UPLOAD_PERSON_MB},
            code="uploads_large_together",
        )


def check_disk(more_bytes: int) -> None:
    """Refuse bytes that would fill the staging space, or the disk it lies on."""
    if not has_room(more_bytes):
        raise no_room()


def has_room(more_bytes: int) -> bool:
    """Whether so much more leaves the disk, and the staging space, as it should be."""
    return lacking_bytes(more_bytes) <= 0


def lacking_bytes(more_bytes: int) -> int:
    """What would have to go first for so much more; 0 or less when there is room."""
    free = shutil.disk_usage(staging_dir()).free - more_bytes
    staged = _staged_bytes(int(time.monotonic())) + more_bytes
    return max(
        settings.UPLOAD_FREE_DISK_MB * MEGABYTE - free,
        staged - settings.UPLOAD_STAGING_MB * MEGABYTE,
    )


def is_half_full(more_bytes: int) -> bool:
    """Whether so much more would take half of the staging space."""
    staged = _staged_bytes(int(time.monotonic())) + more_bytes
    return staged > settings.UPLOAD_STAGING_MB * MEGABYTE / 2


@lru_cache(maxsize=1)
def _staged_bytes(second: int) -> int:
    """Asked once a second, as every piece of every upload wants to know."""
    uploads = Upload.objects.under_way().filter(store=Upload.Store.STAGING)
    return _sum(uploads, "offset_bytes")


def no_room() -> NoRoom:
    return NoRoom(
        _(
            "There is no room on our server just now. Nothing is lost: what has "
            "arrived is kept, and the upload goes on once there is room again."
        ),
        headers={"Retry-After": "60"},
    )


def too_many_at_once() -> NoRoom:
    """One person sends more side by side than any page of ours does."""
    return NoRoom(
        _many(settings.UPLOADS_AT_ONCE_PER_PERSON),
        code="uploads_many_at_once",
        status=503,
        headers={"Retry-After": "10"},
    )


def _many(limit):
    return _(
        "%(limit)s of your files are on their way already. Please wait until some have "
        "arrived, or cancel those you no longer need."
    ) % {"limit": limit}


def crowded() -> NoRoom:
    return NoRoom(
        _(
            "Very many people are sending files just now. Your draft is kept; please "
            "try again in a few minutes."
        ),
        code="uploads_busy",
        status=503,
        headers={"Retry-After": "30"},
    )


def _sum(rows, field):
    return rows.aggregate(total=Sum(field))["total"] or 0
