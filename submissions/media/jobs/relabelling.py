"""Puts another label into a copy, without decoding it.

Only for copies we made ourselves: their files hold what our own encoders write.
"""

import struct
from pathlib import Path

from submissions.media.films.playback import copy_streams
from submissions.media.pictures.derivatives import Copy
from submissions.media.provenance.labels import AigcLabel

XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
LONGEST_SEGMENT = 0xFFFF - 2
APP1 = b"\xff\xe1"
HAS_XMP = 0x04  # flag of a WebP


class NotRelabelled(Exception):
    """A copy is not as we write them, so it must be made anew."""


def relabelled(copy: Copy, label: AigcLabel | None, *, folder: Path) -> Copy:
    """The same copy in `folder`, with this label and no other."""
    target = folder / f"labelled-{copy.kind}"
    if copy.content_type == "video/mp4":
        target = target.with_suffix(".mp4")
        if not copy_streams(copy.path, target, label=label.raw if label else ""):
            raise NotRelabelled(copy.kind)
    elif copy.content_type == "image/jpeg":
        target.write_bytes(_jpeg(copy.path.read_bytes(), label))
    elif copy.content_type == "image/webp":
        size = (copy.width_px, copy.height_px)
        target.write_bytes(_webp(copy.path.read_bytes(), label, size))
    else:
        raise NotRelabelled(copy.kind)
    return Copy(
        copy.kind,
        target,
        copy.content_type,
        copy.width_px,
        copy.height_px,
        copy.detail,
    )


def _jpeg(data: bytes, label: AigcLabel | None) -> bytes:
    """Segments up to the first scan are walked; the label's own is put in front."""
    if data[:2] != b"\xff\xd8":
        raise NotRelabelled("no JPEG")
    kept, at = [], 2
    while data[at : at + 1] == b"\xff" and data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at:end]
        if not (segment[:2] == APP1 and segment[4:].startswith(XMP_MARK)):
            kept.append(segment)
        at = end
    ours = []
    if label:
        body = XMP_MARK + label.as_xmp()
        if len(body) > LONGEST_SEGMENT:
            raise NotRelabelled("too long")
        ours = [APP1 + struct.pack(">H", len(body) + 2) + body]
    first = 1 if kept and kept[0][:2] == b"\xff\xe0" else 0  # JFIF stands in front
    return b"".join([data[:2], *kept[:first], *ours, *kept[first:], data[at:]])


def _webp(data: bytes, label: AigcLabel | None, size: tuple[int, int]) -> bytes:
    """Chunks are walked; a label needs the extended form, with the size in front."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise NotRelabelled("no WebP")
    chunks, flags, at = [], 0, 12
    while at + 8 <= len(data):
        kind = data[at : at + 4]
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + length]
        if kind == b"VP8X":
            flags = body[0]
        elif kind != b"XMP ":
            chunks.append((kind, body))
        at += 8 + length + length % 2
    flags &= ~HAS_XMP
    if label:
        flags |= HAS_XMP
        chunks.append((b"XMP ", label.as_xmp()))
    if flags:
        sides = b"".join((side - 1).to_bytes(3, "little") for side in size)
        chunks.insert(0, (b"VP8X", bytes([flags, 0, 0, 0]) + sides))
    written = b"WEBP" + b"".join(_chunk(*chunk) for chunk in chunks)
    return b"RIFF" + struct.pack("<I", len(written)) + written


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
