"""The body of a request, taken from the socket block by block."""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from submissions.uploads.errors import BadRequest

SMALLEST_BLOCK = 64 * 1024
LARGEST_BLOCK = 1024 * 1024
QUICK_S = 0.25
DRAINED_MAX_BYTES = 16 * 1024 * 1024
DRAINED_MAX_S = 5


class Cut(Exception):
    """The client went away, or fell silent, before the end."""


class Body:
    """Its length is None when only its end will tell (chunked transfer coding)."""

    def __init__(self, request: HttpRequest):
        self.length = _length(request)
        self._left = self.length
        self._is_broken = False
        source = request if self.length is not None else request.META["wsgi.input"]
        self._read = source.read
        self._socket = request.META.get("gunicorn.socket")

    def blocks(self) -> Iterator[bytes]:
        """Small blocks from a slow client, so that little is lost when it is cut off;
        large ones from a quick one."""
        size = SMALLEST_BLOCK
        with self._patience(settings.UPLOAD_SILENCE_SECONDS):
            while self._left != 0:
                began = time.monotonic()
                block = self._next(size)
                if not block:
                    break
                yield block
                is_quick = time.monotonic() - began < QUICK_S
                size = LARGEST_BLOCK if is_quick else SMALLEST_BLOCK
        if self._left:
            self._is_broken = True
            raise Cut

    def drain(self) -> None:
        """Read what nobody wants, within reason, so that the client hears the answer
        instead of a closed connection."""
        if self._is_broken:
            return
        deadline = time.monotonic() + DRAINED_MAX_S
        drained = 0
        try:
            for block in self.blocks():
                drained += len(block)
                if drained > DRAINED_MAX_BYTES or time.monotonic() > deadline:
                    break
        except Cut:
            pass

    def _next(self, size):
        try:
            block = self._read(size if self._left is None else min(size, self._left))
        except OSError as error:  # reset, silent for too long, or not well formed
            self._is_broken = True
            raise Cut from error
        if self._left is not None:
            self._left -= len(block)
        return block

    @contextmanager
    def _patience(self, seconds):
        """Reading ends with an error when nothing comes for so long.

        By the kernel: Python's own time-out would ask it before every single read.
        """
        self._set_timeout(seconds)
        try:
            yield
        finally:
            self._set_timeout(0)

    def _set_timeout(self, seconds):
        if self._socket is not None and self._socket.fileno() >= 0:
            interval = struct.pack("@ll", seconds, 0)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, interval)


def _length(request):
    if request.headers.get("Transfer-Encoding", "").lower() == "chunked":
        return None
    value = request.headers.get("Content-Length") or "0"
    if not value.isdecimal():
        raise BadRequest(_("Content-Length must be a whole number."))
    return int(value)
