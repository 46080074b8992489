"""A disk that is full on demand: a small one of its own, or the staging limit."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from submissions.models import Upload
from submissions.uploads.staging import staging_dir

SIZE_MB = 16
BLOCK = b"\0" * 65536


@contextmanager
def fillable() -> Iterator["SmallDisk | Limit"]:
    """The staging folder on a small disk, where this user may mount one."""
    folder = staging_dir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(folder)]
    done = subprocess.run(mount, check=False, capture_output=True)
    if done.returncode != 0:
        yield Limit()
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


class SmallDisk:
    """The error comes from the kernel, in the middle of a piece."""

    name = "a small disk"
    told = 507

    def __init__(self, folder: Path):
        self._ballast = folder / f"{0:032x}.ballast"

    def fill(self) -> None:
        with suppress(OSError), self._ballast.open("wb", buffering=0) as file:
            while os.write(file.fileno(), BLOCK):
                pass

    def make_room(self) -> None:
        self._ballast.unlink()


class Limit:
    """The rows say that staging is full; a piece under way is let through."""

    name = "the staging limit"
    told = 204

    def fill(self) -> None:
        example = Upload.objects.under_way().latest("pk")
        full = settings.UPLOAD_STAGING_MB * 1024 * 1024
        now = timezone.now()
        self._row = Upload.objects.create(
            owner=example.owner,
            submission=example.submission,
            original_name="ballast",
            size_bytes=full,
            offset_bytes=full,
            created_at=now,
            touched_at=now + timedelta(days=1),
            expires_at=now + timedelta(days=1),
        )

    def make_room(self) -> None:
        self._row.delete()
