"""Where the bytes of an upload lie until they are stored, and how they get there.

On this machine's disk they are linked to their place, so that a film is not copied;
those that tusd received are copied inside the object store.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage

from submissions.models import Upload
from submissions.uploads.staging import Staged

BLOCK_BYTES = 1024 * 1024


class Lost(Exception):
    """The bytes are not there, or not all of them: our fault, never the entrant's."""


class Arrived(Protocol):
    """All the bytes of one upload, before they are stored."""

    def is_complete(self) -> bool:
        """Whether every byte is there, whatever the row knows of it."""

    def sha256(self) -> str:
        """Of all the bytes, read once; Lost when they are not those announced."""

    def move_to(self, name: str) -> None:
        """Put them into the storage; done again, it ends the same."""

    def opened(self, name: str) -> AbstractContextManager[File]:
        """To be read from the beginning, under the name given; Lost as above."""

    def remove(self) -> None:
        """Free their room here, once they are stored or no longer wanted."""


def arrived_in(upload: Upload) -> Arrived:
    return STORES[upload.store](upload)


class OnDisk:
    """A staging file of this machine."""

    def __init__(self, upload: Upload):
        self._staged = Staged(upload.token)
        self._size_bytes = upload.size_bytes

    def is_complete(self) -> bool:
        return self._staged.offset() == self._size_bytes

    def sha256(self) -> str:
        with self.opened("") as file:
            os.fsync(file.fileno())
            return hashlib.file_digest(file.file, "sha256").hexdigest()

    @contextmanager
    def opened(self, name: str) -> Iterator[File]:
        try:
            with self._staged.path.open("rb") as opened:
                file = File(opened, name=name)
                if file.size != self._size_bytes:
                    raise Lost(self._staged.path)
                yield file
        except FileNotFoundError:
            raise Lost(self._staged.path) from None

    def move_to(self, name: str) -> None:
        if isinstance(default_storage._wrapped, FileSystemStorage):
            _link(self._staged.path, Path(default_storage.path(name)))
            return
        with self.opened(name) as file:
            default_storage.save(name, file)

    def remove(self) -> None:
        self._staged.remove()


def _link(source: Path, target: Path) -> None:
    """A second name for the same bytes; a copy where the file system knows none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    target.chmod(settings.FILE_UPLOAD_PERMISSIONS)


class InObjectStore:
    """What tusd has put into the object store, beside a note of its own."""

    def __init__(self, upload: Upload):
        self._key = f"{settings.TUSD_OBJECT_PREFIX}{upload.token}"
        self._size_bytes = upload.size_bytes

    def is_complete(self) -> bool:
        """tusd puts the object there with its last byte."""
        return default_storage.exists(self._key)

    def sha256(self) -> str:
        """As it streams from the store: nothing is kept here, in memory or on disk."""
        digest, size = hashlib.sha256(), 0
        for block in self._stream():
            digest.update(block)
            size += len(block)
        if size != self._size_bytes:
            raise Lost(self._key)
        return digest.hexdigest()

    def _stream(self):
        if not self.is_complete():
            raise Lost(self._key)
        stored = default_storage.bucket.Object(self._key).get()
        return stored["Body"].iter_chunks(BLOCK_BYTES)

    @contextmanager
    def opened(self, name: str) -> Iterator[File]:
        try:
            with default_storage.open(self._key, "rb") as stored:
                if stored.size != self._size_bytes:
                    raise Lost(self._key)
                yield File(stored, name=name)
        except FileNotFoundError:
            raise Lost(self._key) from None

    def move_to(self, name: str) -> None:
        """By the store itself, in parts where it is large; nothing comes through us."""
        storage = default_storage
        storage.connection.meta.client.copy(
            {"Bucket": storage.bucket_name, "Key": self._key},
            storage.bucket_name,
            name,
        )

    def remove(self) -> None:
        for key in (self._key, f"{self._key}.info"):
            default_storage.delete(key)


STORES = {Upload.Store.STAGING: OnDisk, Upload.Store.TUSD: InObjectStore}


def remove_stored(name: str) -> None:
    """Take back what was moved into the storage for nothing."""
    storage: Storage = default_storage
    storage.delete(name)
