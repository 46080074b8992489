"""What an H.264 track says of its pictures, so that none is decoded to find out.

Only the ordinary kind is told: one track, whole frames of square pixels, 8 bits and
4:2:0, as large as the container says, colours of the usual names. Of anything else
nothing is told, and ffprobe decodes a picture to find out.
"""

from collections.abc import Iterator
from typing import BinaryIO

MAX_BOXES = 10_000
MAX_AVCC_BYTES = 4096
ENTRY_BYTES = 78  # of a sample entry, before its boxes
HIGH_PROFILES = frozenset({100, 110, 122, 244})
OTHER_PROFILES = frozenset({66, 77, 88})  # always 8 bits and 4:2:0
PRIMARIES = {1: "bt709", 2: "", 5: "bt470bg", 6: "smpte170m"}  # 2 tells nothing
TRANSFERS = {1: "bt709", 2: "", 6: "smpte170m"}
MATRICES = {1: "bt709", 2: "", 5: "bt470bg", 6: "smpte170m"}
OWN_SHAPE = 255  # of pixels, told by two numbers
SQUARE = frozenset({0, 1})
MACROBLOCK_PX = 16


class _Unusual(Exception):
    """This track is not of the ordinary kind, or not to be understood."""


def ordinary(file: BinaryIO, *, start: int, end: int) -> dict[str, str] | None:
    """What ffprobe would say after decoding a picture, by its names, of the only film
    track of a header between two places; None where it is not ordinary."""
    try:
        return _told(_Boxes(file), start, end)
    except _Unusual:
        return None


def completed(header: dict, told: dict[str, str]) -> dict:
    """ffprobe's account that was given without decoding, with the rest of it."""
    streams = [
        _completed(stream, told) if stream.get("codec_name") == "h264" else stream
        for stream in header.get("streams", [])
    ]
    return {**header, "streams": streams}


def _completed(stream: dict, told: dict[str, str]) -> dict:
    """What the track says of its colours counts, even that it does not know them."""
    known = {name: value for name, value in (stream | told).items() if value != ""}
    is_full_range = known.get("color_range") == "pc"
    return known | {"pix_fmt": "yuvj420p" if is_full_range else "yuv420p"}


class _Boxes:
    """The boxes of a header, a bounded number of them."""

    def __init__(self, file: BinaryIO):
        self.file = file
        self.left = MAX_BOXES

    def within(self, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
        """(type, start, end) of the bodies of the boxes in a stretch."""
        while start < end:
            self.left -= 1
            _require(self.left > 0)
            head = self.read(start, 8)
            length = int.from_bytes(head[:4], "big")
            if len(head) < 8 or length < 8 or start + length > end:
                return
            yield head[4:], start + 8, start + length
            start += length

    def named(self, wanted: bytes, start: int, end: int) -> list[tuple[int, int]]:
        return [(at, to) for kind, at, to in self.within(start, end) if kind == wanted]

    def read(self, at: int, count: int) -> bytes:
        self.file.seek(at)
        return self.file.read(count)


def _told(boxes: _Boxes, start: int, end: int) -> dict[str, str]:
    entries = list(_entries(boxes, start, end))
    _require(len(entries) == 1)
    kind, start, end = entries[0]
    _require(kind == b"avc1")
    entry = boxes.read(start, ENTRY_BYTES)
    size = int.from_bytes(entry[24:26], "big"), int.from_bytes(entry[26:28], "big")
    avcc = boxes.named(b"avcC", start + ENTRY_BYTES, end)
    _require(len(avcc) == 1)
    from_, to = avcc[0]
    return _read_set(
        _only_set(boxes.read(from_, min(to - from_, MAX_AVCC_BYTES))), size
    )


def _entries(boxes: _Boxes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(type, start, end) of each way the pictures of a header are coded."""
    media = (
        minf
        for trak in boxes.named(b"trak", start, end)
        for mdia in boxes.named(b"mdia", *trak)
        for minf in boxes.named(b"minf", *mdia)
    )
    for minf in media:
        if boxes.named(b"vmhd", *minf):
            for stbl in boxes.named(b"stbl", *minf):
                for from_, to in boxes.named(b"stsd", *stbl):
                    yield from boxes.within(from_ + 8, to)


def _only_set(avcc: bytes) -> bytes:
    """The one set of parameters, without what keeps it from looking like a start."""
    length = int.from_bytes(avcc[6:8], "big")
    found = avcc[8 : 8 + length]
    _require(len(avcc) > 8 and avcc[5] & 31 == 1 and len(found) == length > 3)
    return found[1:].replace(b"\0\0\3", b"\0\0")


def _read_set(data: bytes, size: tuple[int, int]) -> dict[str, str]:
    """Of a sequence parameter set (ITU-T H.264, 7.3.2.1.1), in its order."""
    bits = _Bits(data)
    profile, _constraints, _level = bits.take(8), bits.take(8), bits.take(8)
    _require(profile in HIGH_PROFILES | OTHER_PROFILES)
    bits.number()
    if profile in HIGH_PROFILES:
        chroma, *depths = bits.number(), bits.number(), bits.number()
        _require(chroma == 1 and depths == [0, 0])
        _require(bits.take(2) == 0)  # no transform left out, no scaling of its own
    bits.number()
    order = bits.number()
    _require(order in (0, 2))
    if order == 0:
        bits.number()
    bits.number()
    bits.take(1)
    sides = [MACROBLOCK_PX * (bits.number() + 1) for _side in size]
    _require(bits.take(1) == 1)  # whole frames
    bits.take(1)
    cropped = [bits.number() for _edge in range(4)] if bits.take(1) else [0] * 4
    left, right, top, bottom = cropped
    _require((sides[0] - 2 * (left + right), sides[1] - 2 * (top + bottom)) == size)
    return _read_use(bits) if bits.take(1) else {}


def _read_use(bits: "_Bits") -> dict[str, str]:
    """How the pictures are meant to be shown (E.1.1)."""
    if bits.take(1):
        shape = bits.take(8)
        own = shape == OWN_SHAPE and bits.take(16) == bits.take(16)
        _require(shape in SQUARE or own)
    if bits.take(1):
        bits.take(1)
    if not bits.take(1):
        return {}
    bits.take(3)
    told = {"color_range": "pc" if bits.take(1) else "tv"}
    if bits.take(1):
        tables = {
            "color_primaries": PRIMARIES,
            "color_transfer": TRANSFERS,
            "color_space": MATRICES,
        }
        told |= {name: names.get(bits.take(8)) for name, names in tables.items()}
        _require(None not in told.values())
    return told


def _require(is_so: bool) -> None:
    if not is_so:
        raise _Unusual


class _Bits:
    """Bits from the first to the last, singly or as numbers of Exp-Golomb's code."""

    def __init__(self, data: bytes):
        self.bits = "".join(f"{byte:08b}" for byte in data)
        self.at = 0

    def take(self, count: int) -> int:
        found = self.bits[self.at : self.at + count]
        _require(len(found) == count)
        self.at += count
        return int(found, 2)

    def number(self) -> int:
        ones_at = self.bits.find("1", self.at)
        _require(0 <= ones_at - self.at <= 32)
        noughts, self.at = ones_at - self.at, ones_at
        return self.take(noughts + 1) - 1
