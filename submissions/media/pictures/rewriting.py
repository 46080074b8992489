"""A JPEG written anew for a decoder that is to see only some of it; nothing decoded."""

from submissions.media.pictures import jpeg
from submissions.media.pictures.jpeg import APP0, DHT, DQT, DRI, SOS, Structure

START, END = b"\xff\xd8", b"\xff\xd9"
# Adobe's segment, by which three components are taken as they are.
UNCHANGED_COLOURS = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"
LOSSLESS, FROM_THE_LEFT = 0xC3, b"\x01\x00\x00"  # a coding, and how it predicts


def without_gaps(data) -> bytes:
    """The same picture, with nothing between the segments before its first scan, and
    with a version of JFIF that every decoder knows."""
    parts = [START]
    for marker, at, body in jpeg.segments(data):
        if marker == SOS:
            return b"".join([*parts, b"\xff", bytes((SOS,)), data[at:]])
        if marker == APP0 and body.startswith(b"JFIF\0"):
            body = body[:5] + b"\x01\x01" + body[7:]
        parts.append(_segment(marker, body))
    return b"".join(parts)


def bare(data) -> bytes:
    """The same picture without what programs wrote beside it before its first scan."""
    parts = [START]
    for marker, at, body in jpeg.segments(data):
        if marker == SOS:
            return b"".join([*parts, b"\xff", bytes((SOS,)), data[at:]])
        if marker in jpeg.CODINGS or marker in (DHT, DQT, DRI):
            parts.append(_segment(marker, body))
    return b"".join(parts)


def mean_values(data, structure: Structure) -> bytes:
    """The first scan of a progressive picture, the mean values of its blocks, as a
    lossless picture of so many points: both are differences in the same codes. Empty
    where the scan is none of all components, or starts anew on its way."""
    count, scan = structure.components, structure.scans[0]
    if len(scan.head) != 4 + 2 * count or scan.head[0] != count:
        return b""
    if any(scan.head[-3:-1]) or scan.head[-1] >> 4:
        return b""
    parts = [START, UNCHANGED_COLOURS]
    for marker, _at, body in jpeg.segments(data):
        if marker == SOS:
            values = data[scan.starts_at : scan.ends_at - 2]
            head = _segment(SOS, body[:-3] + FROM_THE_LEFT)
            return b"".join([*parts, head, values, END])
        if marker == DRI and any(body):
            return b""
        if marker == DHT:
            parts.append(_segment(DHT, body))
        elif marker in jpeg.CODINGS:
            parts.append(_segment(LOSSLESS, _frame_of_blocks(body, structure)))
    return b""


def _frame_of_blocks(body: bytes, structure: Structure) -> bytes:
    """A frame with a point for each block."""
    width, height = (
        count * blocks
        for count, blocks in zip(structure.units, structure.unit, strict=True)
    )
    return body[:1] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + body[5:]


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
