"""Opens what is to be inspected: an ordinary file, and nothing that could wait."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from submissions.media.codes import Code
from submissions.media.content_type import HEAD_BYTES, sniff
from submissions.media.facts import FileFacts

NO_SUCH_FILE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG}
NOT_TO_BE_READ = {errno.ENXIO, errno.ENODEV}  # a socket, a device without a driver


class NotAFile(Exception):
    """There is nothing to inspect at this path."""

    def __init__(self, code: Code):
        super().__init__(code)
        self.code = code


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file at a path, links followed. A pipe or a device is never waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except ValueError:  # a NUL in the name
        raise NotAFile(Code.FRM_FILE_MISSING) from None
    except OSError as error:
        if error.errno in NO_SUCH_FILE:
            raise NotAFile(Code.FRM_FILE_MISSING) from None
        if error.errno in NOT_TO_BE_READ:
            raise NotAFile(Code.FRM_FILE_KIND) from None
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAFile(Code.FRM_FILE_KIND)
    with os.fdopen(descriptor, "rb") as file:
        yield file


def basic_facts(file: BinaryIO) -> FileFacts:
    """Size, checksum and kind of an opened file."""
    size_bytes = os.fstat(file.fileno()).st_size
    content_type = sniff(file.read(HEAD_BYTES))
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return FileFacts(size_bytes=size_bytes, sha256=sha256, content_type=content_type)
