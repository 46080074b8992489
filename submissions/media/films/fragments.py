"""What a film in fragments announces of itself before they come: bytes and seconds.

Each fragment is whole, so a file cut between two of them looks like a shorter film. An
index of segments (`sidx`) tells how many bytes follow it, and a header may tell how
long all fragments are together (`mehd`, or `mvhd`).
"""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

MOST_BYTES = 1 << 20  # of an index or of a header without its tracks
MAX_BOXES = 1000
UNKNOWN = (0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)


def bytes_behind(sidx: bytes) -> int:
    """How many bytes follow an index of segments, given its body; 0 if it is odd."""
    try:
        (wide,) = struct.unpack_from(">B", sidx)
        where = ">Q" if wide else ">I"
        (first_offset,) = struct.unpack_from(where, sidx, 12 + struct.calcsize(where))
        at = 12 + 2 * struct.calcsize(where)
        _reserved, count = struct.unpack_from(">HH", sidx, at)
        sizes = (
            struct.unpack_from(">I", sidx, at + 4 + 12 * each)[0] & 0x7FFFFFFF
            for each in range(count)
        )
        return first_offset + sum(sizes) if count else 0
    except struct.error:
        return 0


def announced_s(file: BinaryIO, *, start: int, end: int) -> float | None:
    """The length all fragments have by the header between two places in a file."""
    ticks_per_s, lengths = 0, []
    for kind, body in _parts(file, start=start, end=end):
        if kind == b"mvhd":
            ticks_per_s, length = _length(body)
            lengths.append(length)
        elif kind == b"mvex":
            inner = _parts(BytesIO(body), start=0, end=len(body))
            lengths += [_number(b, 4) for name, b in inner if name == b"mehd"]
    known = [length for length in lengths if length not in UNKNOWN]
    return max(known) / ticks_per_s if known and ticks_per_s else None


def _parts(file: BinaryIO, *, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """(type, body) of the boxes in a stretch; the body empty where it is large."""
    for _count in range(MAX_BOXES):
        file.seek(start)
        head = file.read(8)
        length = int.from_bytes(head[:4], "big")
        if len(head) < 8 or length < 8 or start + length > end:
            return
        is_small = length <= MOST_BYTES and head[4:] in (b"mvhd", b"mvex", b"mehd")
        yield head[4:], file.read(length - 8) if is_small else b""
        start += length


def _length(mvhd: bytes) -> tuple[int, int]:
    """Ticks a second, and ticks in all."""
    at = 20 if mvhd[:1] == b"\x01" else 12
    return int.from_bytes(mvhd[at : at + 4], "big"), _number(mvhd, at + 4)


def _number(body: bytes, at: int) -> int:
    """Of 8 bytes in a box of version 1, of 4 in others."""
    return int.from_bytes(body[at : at + (8 if body[:1] == b"\x01" else 4)], "big")
