"""Asks ClamAV about a file, where the operator has one running: CLAMAV_URL.

The daemon is sent the bytes (INSTREAM) and needs to see no folder of ours. What it did
not look at is never taken for clean.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import urlsplit

from submissions.media.tools.processes import ToolFailed

ANSWER_S = 50  # clamd says nothing while it looks
LEAST_BYTES_A_S = 2 << 20  # it takes; a daemon that only dribbles is not waited for
PIECE_BYTES = 1 << 18
MOST_ANSWER_BYTES = 1 << 12
MOST_NAME_CHARS = 80
PORT = 3310
ONLY_IN_PART = "Heuristics.Limits.Exceeded"  # with AlertExceedsMax, told like malware


def found_in(file: BinaryIO) -> str:
    """What ClamAV calls the malware in a file; empty when it is clean or not asked."""
    url = os.environ.get("CLAMAV_URL", "")
    if not url:
        return ""
    try:
        with _connected(url) as clamd:
            answer = _asked(clamd, file)
    except OSError as error:
        raise ToolFailed(f"ClamAV could not be asked: {error}") from error
    finally:
        file.seek(0)
    return _name_in(answer)


@contextmanager
def _connected(url: str) -> Iterator[socket.socket]:
    """A line to tcp://host:port or unix:/path."""
    parts = urlsplit(url)
    if parts.scheme not in ("tcp", "unix"):
        raise ToolFailed("CLAMAV_URL begins with tcp:// or unix:.")
    if parts.scheme == "unix":
        with socket.socket(socket.AF_UNIX) as clamd:
            clamd.settimeout(ANSWER_S)
            clamd.connect(parts.path)
            yield clamd
    else:
        place = (parts.hostname, parts.port or PORT)
        with socket.create_connection(place, timeout=ANSWER_S) as clamd:
            yield clamd


def _asked(clamd: socket.socket, file: BinaryIO) -> str:
    """Send the file in pieces, each behind its length; the answer ends with a zero."""
    ends_at = time.monotonic() + ANSWER_S + file.seek(0, os.SEEK_END) / LEAST_BYTES_A_S
    file.seek(0)
    try:
        clamd.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE_BYTES):
            clamd.settimeout(_left_s(ends_at))
            clamd.sendall(len(piece).to_bytes(4, "big") + piece)
        clamd.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it stops listening to what is too long for it, and says so
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER_BYTES:
        clamd.settimeout(_left_s(ends_at))
        some = clamd.recv(MOST_ANSWER_BYTES)
        if not some:
            break
        answer += some
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _left_s(ends_at: float) -> float:
    if (left_s := ends_at - time.monotonic()) <= 0:
        raise TimeoutError("it takes too long")
    return left_s


def _name_in(answer: str) -> str:
    """`stream: OK`, `stream: NAME FOUND`, or a reason for neither."""
    told = answer.removeprefix("stream: ")
    if told == "OK":
        return ""
    if told.endswith(" FOUND") and not told.startswith(ONLY_IN_PART):
        return told.removesuffix(" FOUND")[:MOST_NAME_CHARS] or "?"
    raise ToolFailed(f"ClamAV did not look at the file: {answer[:200] or 'no answer'}")
