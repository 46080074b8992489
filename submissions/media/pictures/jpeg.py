"""The structure of a JPEG, read segment by segment to its end, nothing decoded."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from submissions.media.content_type import foreign_kind
from submissions.media.pictures.progression import components_in, is_complete
from submissions.media.pictures.zeroed import Scan, first_symbols, is_telling

DHT, SOI, EOI, SOS, DQT, DRI = 0xC4, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD
APP0, APP1, APP2, APP11, APP13, APP14, COM = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEE, 0xFE
STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
CODINGS = {
    0xC0: "baseline",
    0xC1: "extended",
    0xC2: "progressive",
    0xC3: "lossless",
    0xC9: "arithmetic",
    0xCA: "arithmetic",
    0xCB: "arithmetic",
}
CODINGS |= dict.fromkeys((0xC5, 0xC6, 0xC7, 0xCD, 0xCE, 0xCF), "hierarchical")

MAX_SEGMENTS = 20_000
WINDOW = 1 << 16  # bytes of data looked through at a time, as many as lie near
MAX_ICC_BYTES = 8 << 20
MAX_XMP_BYTES = 64 << 10
MAX_NAME_LETTERS = 80
EXIF_HEAD = b"Exif\0\0"
XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
ICC_HEAD = b"ICC_PROFILE\0"
PHOTOSHOP_HEAD = b"Photoshop 3.0\0"

# The next marker in entropy-coded data: 0xFF not followed by a stuffed zero, a restart
# marker or another fill byte.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_ENDS_DATA = np.array([bool(_MARKER.match(bytes((0xFF, it)))) for it in range(256)])
_SCRIPT = re.compile(rb"<\?php|<script[\s>]", re.IGNORECASE)


@dataclass
class Structure:
    """What the walk found; the caller's buffer is not kept."""

    width_px: int = 0
    height_px: int = 0
    precision_bits: int = 0
    coding: str = ""
    sampling: tuple[tuple[int, int], ...] = ()  # per component, horizontal × vertical
    scans: list[Scan] = field(default_factory=list)
    first_symbols: dict[int, int] = field(default_factory=dict)
    first_scan_components: int = 0
    is_endless: bool = False  # more segments than anybody reads
    adobe_transform: int | None = None  # there at all only in Adobe's files
    jfif_density: tuple[int, int, int] | None = None  # unit, x, y
    photoshop_dpi: tuple[float, float] | None = None
    photoshop_program: str = ""
    exif: bytes = b""
    xmp: bytes = b""
    icc_chunks: dict[int, bytes] = field(default_factory=dict)
    icc_chunk_count: int = 0
    has_multi_picture: bool = False
    has_c2pa: bool = False
    has_script: bool = False
    ends_at: int | None = None  # behind EOI; None when there is none
    trailing_kind: str = ""
    foreign_kind: str = ""

    @property
    def scan_count(self) -> int:
        return len(self.scans)

    @property
    def components(self) -> int:
        return len(self.sampling)

    @property
    def icc(self) -> bytes:
        """The profile, its parts in order of their numbers; none if one is missing."""
        numbers = range(1, self.icc_chunk_count + 1)
        if sorted(self.icc_chunks) != list(numbers):
            return b""
        return b"".join(self.icc_chunks[number] for number in numbers)

    @property
    def mode(self) -> str:
        if self.components == 4:
            return "YCCK" if self.adobe_transform == 2 else "CMYK"
        return {1: "L", 3: "RGB"}.get(self.components, "")

    @property
    def has_halved_colours(self) -> bool:
        """Whether colours are stored more coarsely than light, as cameras do."""
        return self.components == 3 and len(set(self.sampling)) > 1

    @property
    def has_inverted_ink(self) -> bool:
        """Adobe writes 255 for no ink."""
        return self.components == 4 and self.adobe_transform is not None

    @property
    def has_several_scans(self) -> bool:
        return (
            self.coding == "progressive"
            or self.scan_count > 1
            or self.first_scan_components < self.components
        )

    @property
    def lacks_scans(self) -> bool:
        """Whether it ends before every component has been sent to its last bit."""
        heads = [scan.head for scan in self.scans]
        if self.coding == "progressive":
            return not is_complete(heads, components=self.components)
        return len(components_in(heads)) < self.components

    @property
    def most_sampling(self) -> tuple[int, int]:
        """The finest of the components', across and down."""
        most_h = max((h for h, _v in self.sampling), default=1)
        most_v = max((v for _h, v in self.sampling), default=1)
        return most_h or 1, most_v or 1

    @property
    def unit(self) -> tuple[int, int]:
        """Blocks of the finest component, across and down, in what a scan of all
        components sends at a time; a single component goes block by block."""
        return self.most_sampling if self.components > 1 else (1, 1)

    @property
    def units(self) -> tuple[int, int]:
        """How many of these the picture is across and down."""
        across, down = self.unit
        return -(-self.width_px // (8 * across)), -(-self.height_px // (8 * down))

    @property
    def blocks(self) -> int:
        """Of all components, in a scan that sends them together."""
        in_a_unit = sum(h * v for h, v in self.sampling) if self.components > 1 else 1
        return math.prod(self.units) * in_a_unit

    def decoder_bytes(self) -> int:
        """What a decoder holds: every coefficient when there are several scans, else
        some rows."""
        if not self.sampling:
            return 0
        most_h, most_v = self.most_sampling
        if not self.has_several_scans:
            return 2 * 8 * most_v * self.width_px * self.components
        shares = (h * v / (most_h * most_v) for h, v in self.sampling)
        return int(2 * self.width_px * self.height_px * sum(shares))


def walk(data) -> Structure:
    """The structure of the JPEG in a bytes-like buffer; stops at the first nonsense."""
    found = Structure()
    for marker, at, body in segments(data, found):
        if found.scans and not found.scans[-1].ends_at:
            found.scans[-1] = replace(found.scans[-1], ends_at=at)
        if marker == SOS:
            _begin_scan(found, at, body)
        elif marker in CODINGS and not found.coding:
            _read_frame(found, CODINGS[marker], body)
        elif marker in _READERS:
            _READERS[marker](found, body)
        elif marker == EOI:
            found.ends_at = at
    if found.ends_at is not None:
        _describe_trailing(found, data)
    return found


def segments(data, found: Structure | None = None) -> Iterator[tuple[int, int, bytes]]:
    """Marker, offset behind it and body of each segment, up to EOI; `found` is told
    when there is no end of them."""
    at, marker = 2, SOI
    for _count in range(MAX_SEGMENTS):
        if marker == SOS:
            at = _end_of_data(data, at)
        match = _MARKER.search(data, at)
        if match is None:
            return
        marker, at = data[match.start() + 1], match.end()
        if marker == EOI:
            yield EOI, at, b""
            return
        if marker in STANDALONE or marker == SOI:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2 or at + length > len(data):
            return
        yield marker, at, bytes(data[at + 2 : at + length])
        at += length
    if found is not None:
        found.is_endless = True


def _end_of_data(data, at: int) -> int:
    """Where a scan's data end: as _MARKER would find it, but millions of bytes on."""
    while at < len(data):
        piece = np.frombuffer(data[at : at + WINDOW + 1], np.uint8)
        is_mark = piece[:-1] == 0xFF
        is_mark &= piece[1:] != 0
        if is_mark.any():
            marks = np.flatnonzero(is_mark)
            is_marker = _ENDS_DATA[piece[marks + 1]]
            if is_marker.any():
                return at + int(marks[is_marker.argmax()])
        at += WINDOW
    return at


def _begin_scan(found: Structure, at: int, body: bytes) -> None:
    """Its data go on to the next segment."""
    if not found.scans:
        found.first_scan_components = int.from_bytes(body[:1], "big")
    tells = found.coding != "arithmetic" and is_telling(
        body, found.first_symbols, progressive=found.coding == "progressive"
    )
    found.scans.append(Scan(at + 2 + len(body), 0, tells, body))


def _read_tables(found: Structure, body: bytes) -> None:
    found.first_symbols |= first_symbols(body)


def _read_frame(found: Structure, coding: str, body: bytes) -> None:
    if len(body) < 6:
        return
    found.coding = coding
    found.precision_bits = body[0]
    found.height_px = int.from_bytes(body[1:3], "big")
    found.width_px = int.from_bytes(body[3:5], "big")
    factors = body[7 : 6 + 3 * body[5] : 3]
    found.sampling = tuple((factor >> 4, factor & 15) for factor in factors)


def _read_app0(found: Structure, body: bytes) -> None:
    if body.startswith(b"JFIF\0") and len(body) >= 12 and not found.jfif_density:
        x, y = int.from_bytes(body[8:10], "big"), int.from_bytes(body[10:12], "big")
        found.jfif_density = (body[7], x, y)


def _read_app1(found: Structure, body: bytes) -> None:
    if body.startswith(EXIF_HEAD) and not found.exif:
        found.exif = body
        _read_comment(found, body)
    elif body.startswith(XMP_HEAD) and not found.xmp:
        found.xmp = body[len(XMP_HEAD) :][:MAX_XMP_BYTES]


def _read_app2(found: Structure, body: bytes) -> None:
    if body.startswith(b"MPF\0"):
        found.has_multi_picture = True
    elif body.startswith(ICC_HEAD) and len(body) > 14:
        held = sum(map(len, found.icc_chunks.values()))
        if held + len(body) <= MAX_ICC_BYTES:
            found.icc_chunks.setdefault(body[12], body[14:])
            found.icc_chunk_count = body[13]


def _read_app11(found: Structure, body: bytes) -> None:
    found.has_c2pa = found.has_c2pa or b"c2pa" in body[:256]


def _read_app13(found: Structure, body: bytes) -> None:
    """Photoshop's ResolutionInfo (0x03ED), 16.16 fixed point, always per inch; and
    the name of the program that wrote its VersionInfo (0x0421)."""
    if not body.startswith(PHOTOSHOP_HEAD):
        return
    info = _photoshop_resource(body, b"\x03\xed")
    if len(info) >= 16:
        x, y = int.from_bytes(info[:4], "big"), int.from_bytes(info[8:12], "big")
        found.photoshop_dpi = (x / 65536, y / 65536)
    version = _photoshop_resource(body, b"\x04\x21")
    letters = int.from_bytes(version[5:9], "big")
    if 0 < letters <= MAX_NAME_LETTERS:
        name = version[9 : 9 + 2 * letters].decode("utf-16-be", "replace")
        found.photoshop_program = "".join(c for c in name if c.isprintable()).strip()


def _photoshop_resource(body: bytes, kind: bytes) -> bytes:
    """What follows a resource's name and length, up to the end of the segment."""
    at = body.find(b"8BIM" + kind)
    if at < 0 or at + 6 >= len(body):
        return b""
    name_length = (body[at + 6] + 2) // 2 * 2
    return body[at + 6 + name_length + 4 :]


def _read_app14(found: Structure, body: bytes) -> None:
    if body.startswith(b"Adobe") and len(body) >= 12:
        found.adobe_transform = body[11]


def _read_comment(found: Structure, body: bytes) -> None:
    found.has_script = found.has_script or bool(_SCRIPT.search(body))


_READERS = {
    DHT: _read_tables,
    APP0: _read_app0,
    APP1: _read_app1,
    APP2: _read_app2,
    APP11: _read_app11,
    APP13: _read_app13,
    APP14: _read_app14,
    COM: _read_comment,
}

_TRAILING = (
    (b"\xff\xd8\xff", "jpeg"),  # a second view, a depth or gain map
    (b"SEFH", "samsung"),
)


def _describe_trailing(found: Structure, data) -> None:
    tail = bytes(data[found.ends_at : found.ends_at + 4096])
    bare = tail.lstrip(b"\0\xff") if not tail.startswith(b"\xff\xd8") else tail
    if not bare:
        return
    found.foreign_kind = foreign_kind(bare)
    known = (kind for magic, kind in _TRAILING if bare.startswith(magic))
    found.trailing_kind = found.foreign_kind or next(known, "unknown")
    if bare[4:8] == b"ftyp" or b"ftypmp42" in bare[:64]:
        found.trailing_kind = "motion"
