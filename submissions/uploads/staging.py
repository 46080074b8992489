"""The staging files: bytes at their offset in one file, and who may write there.

Beside the bytes of an upload lies a small record: who writes, and up to where the bytes
count whatever becomes of the rest. Its lock (flock) is held for one block at a time; a
writer whose name no longer stands in the record has been overtaken and writes nothing
more. So a silent or dead writer never holds anybody up, and no lock outlives a crash.

The bytes of a chunk with an announced checksum count once the sum is right: whoever
takes the record over before cuts them off. Everything else that arrived is kept, and
the size of the file is the truth about the offset.
"""

import errno
import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

FULL = {errno.ENOSPC, errno.EDQUOT}
RECORD_BYTES = 64
GONE = "gone"


class Busy(Exception):
    """Somebody else is writing right now."""


class Overtaken(Exception):
    """Another request has taken this upload over, or it was ended."""


class DiskFull(Exception):
    """There is no room for the next block; what came before is kept."""


class WrongOffset(Exception):
    def __init__(self, offset: int):
        super().__init__(offset)
        self.offset = offset


def staging_dir() -> Path:
    folder = Path(settings.UPLOAD_STAGING_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True)
class Record:
    """Of one length always: writing it again never needs more disk."""

    writer: str = ""
    verified: int | None = None  # None: all that is there

    @classmethod
    def read(cls, descriptor: int) -> "Record":
        text = os.pread(descriptor, RECORD_BYTES, 0).rstrip(b"\0").decode()
        writer, _space, verified = text.partition(" ")
        return cls(writer, int(verified) if verified else None)

    def write(self, descriptor: int) -> None:
        verified = "" if self.verified is None else f" {self.verified}"
        text = f"{self.writer}{verified}".encode()
        os.pwrite(descriptor, text.ljust(RECORD_BYTES, b"\0"), 0)


class Staged:
    """The bytes of one upload on this machine's disk."""

    def __init__(self, token: UUID):
        folder = staging_dir()
        self.path = folder / f"{token.hex}.part"
        self._record_path = folder / f"{token.hex}.who"

    def begin(self) -> None:
        """Have both files there, as long as the disk has room for them."""
        with self._record() as record:
            Record().write(record)

    def offset(self) -> int:
        """How many bytes will count, asked without disturbing who writes."""
        try:
            with _opened(self._record_path, os.O_RDONLY) as record:
                verified = Record.read(record).verified
            size = self.path.stat().st_size
        except FileNotFoundError:
            return 0
        return size if verified is None else min(size, verified)

    def settle(self) -> int:
        """The offset to go on from; who writes now is overtaken.

        A client that asks has given its earlier request up, whatever of that may still
        be under way.
        """
        with self._record() as record:
            self._cut_unverified(record)
            Record().write(record)
            return self.path.stat().st_size

    @contextmanager
    def writing(self, offset: int, *, tentative: bool) -> Iterator["Writer"]:
        """The one writer at `offset`; what is tentative counts once it is kept."""
        name = secrets.token_hex(8)
        with self._record() as record:
            self._take_over(record, offset)
            Record(name, offset if tentative else None).write(record)
            fcntl.flock(record, fcntl.LOCK_UN)
            with _opened(self.path, os.O_WRONLY) as data:
                writer = Writer(name, record=record, data=data, offset=offset)
                try:
                    yield writer
                finally:
                    self._leave(record, name)

    def remove(self) -> None:
        """Free the disk; a writer still under way is overtaken."""
        with self._record() as record:
            Record(GONE).write(record)
            self.path.unlink(missing_ok=True)
            self._record_path.unlink(missing_ok=True)

    def _take_over(self, record, offset):
        if Record.read(record).writer and not self._is_silent(record):
            raise Busy
        self._cut_unverified(record)
        size = self.path.stat().st_size
        if size != offset:
            raise WrongOffset(size)

    def _leave(self, record, name):
        """Nothing tentative stays that was not kept."""
        with _locked(record):
            if Record.read(record).writer == name:
                self._cut_unverified(record)
                Record().write(record)

    def _cut_unverified(self, record):
        verified = Record.read(record).verified
        if verified is not None and self.path.stat().st_size > verified:
            os.truncate(self.path, verified)

    def _is_silent(self, record):
        """No block for so long that its client is gone, or has given up."""
        last = max(os.fstat(record).st_mtime, self.path.stat().st_mtime)
        return time.time() - last > settings.UPLOAD_OVERTAKEN_AFTER_SECONDS

    @contextmanager
    def _record(self):
        """The record, locked; both files are there."""
        with (
            _full_disk_told(),
            _opened(self._record_path, os.O_RDWR | os.O_CREAT) as record,
            _locked(record),
            _opened(self.path, os.O_WRONLY | os.O_CREAT),
        ):
            yield record


class Writer:
    """Appends blocks for as long as nobody has overtaken it."""

    def __init__(self, name: str, *, record: int, data: int, offset: int):
        self.offset = offset
        self._name = name
        self._record = record
        self._data = data

    def write(self, block: bytes) -> None:
        with self._standing():
            rest = memoryview(block)
            while rest:
                written = os.pwrite(self._data, rest, self.offset)
                self.offset += written
                rest = rest[written:]

    def keep(self) -> None:
        """From now on what was written counts."""
        with self._standing():
            Record(self._name).write(self._record)

    @contextmanager
    def _standing(self):
        with _locked(self._record):
            if Record.read(self._record).writer != self._name:
                raise Overtaken
            yield


@contextmanager
def _locked(record):
    fcntl.flock(record, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(record, fcntl.LOCK_UN)


@contextmanager
def _opened(path, flags):
    descriptor = os.open(path, flags | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _full_disk_told():
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull from error
        raise
