"""The top-level boxes of an ISO media file: is it whole, and what lies behind it."""

from dataclasses import dataclass
from typing import BinaryIO

from submissions.media.content_type import foreign_kind
from submissions.media.films import avc, fragments

MAX_BOXES = 100_000
KNOWN_BOXES = frozenset(
    b"ftyp moov mdat free skip wide udta uuid meta moof mfra sidx styp ssix prft emsg "
    b"pdin pnot PICT junk sefd mpvd bloc beam imda".split()
)
C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """What the walk over the top level found. Sizes are in bytes."""

    major_brand: bytes = b""
    compatible_brands: frozenset[bytes] = frozenset()
    types: frozenset[bytes] = frozenset()
    missing_bytes: int = 0  # announced by the last box or an index, not there
    announced_s: float | None = None  # by the header, of all fragments together
    pictures: dict[str, str] | None = None  # as ffprobe names it, if they are ordinary
    trailing_bytes: int = 0  # behind the last box, not a box
    trailing_kind: str = ""  # foreign content behind the last box, else ""
    has_c2pa: bool = False


def walk(file: BinaryIO, *, size_bytes: int) -> Boxes:
    """Reads headers, never pictures or sound, however big the file."""
    found = {"types": set()}
    at = ends_at = 0
    for _count in range(MAX_BOXES):
        if at >= size_bytes:
            break
        file.seek(at)
        head = file.read(32)
        kind, length = _box(head, left=size_bytes - at)
        if not _is_box(kind, ends_at=at + length, size_bytes=size_bytes):
            found |= _describe_trailing(file, at=at, size_bytes=size_bytes)
            break
        is_second = kind in found["types"]
        found["types"].add(kind)
        found |= _look_inside(file, kind=kind, head=head, at=at, length=length)
        if is_second and kind == b"moov":  # who knows which of them a reader takes
            found["pictures"] = None
        ends_at = max(ends_at, at + length + _behind(file, kind, at, length))
        at += length
    found["missing_bytes"] = max(0, ends_at - size_bytes)
    return Boxes(**found | {"types": frozenset(found["types"])})


def _box(head: bytes, *, left: int) -> tuple[bytes, int]:
    """Type and length of a box; an impossible length makes the type empty."""
    length = int.from_bytes(head[:4], "big")
    least = 8
    if length == 0:
        length = left
    elif length == 1:
        length, least = int.from_bytes(head[8:16], "big"), 16
    if len(head) < 8 or length < least:
        return b"", 0
    return head[4:8], length


def _is_box(kind: bytes, *, ends_at: int, size_bytes: int) -> bool:
    """A maker's own box must fit into the file; only a known one may be cut short."""
    return kind in KNOWN_BOXES or (
        len(kind) == 4 and kind.isalnum() and ends_at <= size_bytes
    )


def _behind(file, kind: bytes, at: int, length: int) -> int:
    """Bytes that must follow a box, by its own account."""
    if kind != b"sidx" or length > fragments.MOST_BYTES:
        return 0
    file.seek(at + 8)
    return fragments.bytes_behind(file.read(length - 8))


def _look_inside(file, *, kind: bytes, head: bytes, at: int, length: int) -> dict:
    if kind == b"uuid" and head[8:24] == C2PA_UUID:
        return {"has_c2pa": True}
    if kind == b"moov":
        start = at + (16 if head[:4] == b"\0\0\0\1" else 8)
        where = {"start": start, "end": at + length}
        return {
            "announced_s": fragments.announced_s(file, **where),
            "pictures": avc.ordinary(file, **where),
        }
    if kind != b"ftyp":
        return {}
    file.seek(at + 8)
    body = file.read(min(length - 8, 1024))
    brands = (body[i : i + 4] for i in range(8, len(body) - 3, 4))
    return {"major_brand": body[:4], "compatible_brands": frozenset(brands)}


def _describe_trailing(file, *, at: int, size_bytes: int) -> dict:
    file.seek(at)
    return {
        "trailing_bytes": size_bytes - at,
        "trailing_kind": foreign_kind(file.read(4096)),
    }
