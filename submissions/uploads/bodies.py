"""The body of a request, block by block as it comes from the socket."""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from gunicorn.http.body import LengthReader

from submissions.uploads.errors import BadRequest

BLOCK_BYTES = 1024 * 1024
SMALL_BLOCK_BYTES = 64 * 1024
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
        self._socket = request.META.get("gunicorn.socket")
        self._source = _source(request, self.length)

    def blocks(self) -> Iterator[bytes | memoryview]:
        """Each is good until the next is asked for."""
        yield from self._blocks(silence_s=settings.UPLOAD_SILENCE_SECONDS)

    def _blocks(self, *, silence_s):
        with self._patience(silence_s):
            while self._left != 0:
                block = self._next()
                if not block:
                    break
                yield block
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
            for block in self._blocks(silence_s=DRAINED_MAX_S):
                drained += len(block)
                if drained > DRAINED_MAX_BYTES or time.monotonic() > deadline:
                    break
        except Cut:
            pass

    def _next(self):
        size = BLOCK_BYTES if self._left is None else min(BLOCK_BYTES, self._left)
        try:
            block = self._source.read(size)
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


class _Socket:
    """What has come by now, up to a block: of a slow client little by little, so that
    nothing is lost when it is cut off; of a quick one much at a time.

    gunicorn's own `read` waits for a whole block, and copies each byte five times.
    """

    def __init__(self, reader: LengthReader):
        self._reader = reader
        self._socket = reader.unreader.sock
        self._buffer = memoryview(bytearray(BLOCK_BYTES))

    def read(self, size):
        block = self._read_ahead(size) or self._received(self._buffer[:size])
        self._reader.length -= len(block)  # gunicorn goes on behind the body
        return block

    def _read_ahead(self, size):
        """What gunicorn took from the socket with the headers."""
        ahead = self._reader.unreader.take_buffered()
        if len(ahead) > size:
            self._reader.unreader.unread(ahead[size:])
        return ahead[:size]

    def _received(self, room):
        count = self._socket.recv_into(room)
        while 0 < count < len(room):
            try:
                more = self._socket.recv_into(room[count:], 0, socket.MSG_DONTWAIT)
            except BlockingIOError:
                break
            if not more:
                break
            count += more
        return room[:count]


class _Slices:
    """Any other source waits for all that is asked for, so little is asked for."""

    def __init__(self, source):
        self._source = source

    def read(self, size):
        return self._source.read(min(size, SMALL_BLOCK_BYTES))


def _source(request, length):
    stream = request.META["wsgi.input"]
    reader = getattr(stream, "reader", None)
    if length is None:
        return _Slices(stream)
    if isinstance(reader, LengthReader) and _is_plain(reader.unreader):
        return _Socket(reader)
    return _Slices(request)


def _is_plain(unreader):
    """Not under TLS, which has no such reading; the proxy in front ends it."""
    return type(getattr(unreader, "sock", None)) is socket.socket


def _length(request):
    if request.headers.get("Transfer-Encoding", "").lower() == "chunked":
        return None
    value = request.headers.get("Content-Length") or "0"
    if not value.isdecimal():
        raise BadRequest(_("Content-Length must be a whole number."))
    return int(value)
