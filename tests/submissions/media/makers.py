"""Makes tiny real videos and pictures, and spoils them in known ways."""

import struct
import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from submissions.media.tools.ffmpeg import ffmpeg_binary

SILENCE = "anullsrc=r=8000:cl=mono"
TONE = "sine=r=8000"
FAST = ("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac")
HEVC = (
    *("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error"),
    *("-tag:v", "hvc1", "-c:a", "aac"),
)


def ffmpeg(*arguments) -> None:
    command = [ffmpeg_binary(), "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True)


def film(
    path: Path,
    *options,
    size="1920x1080",
    seconds=2.0,
    rate=5,
    source="testsrc2",
    sound=TONE,
    sound_s=None,
    coding=FAST,
) -> Path:
    """A short film with a tone; options go before the output's name."""
    inputs = ["-f", "lavfi", "-i", f"{source}=s={size}:r={rate}:d={seconds}"]
    if sound:
        inputs += ["-f", "lavfi", "-t", str(sound_s or seconds), "-i", sound]
    ffmpeg(*inputs, *coding, *options, path)
    return path


def remux(source: Path, path: Path, *options, before=()) -> Path:
    """The same streams in another shell."""
    ffmpeg(*before, "-i", source, "-c", "copy", *options, path)
    return path


def long_film(path: Path, *, seconds: int, **options) -> Path:
    """A tenth of the length is coded, and played ten times over."""
    piece = film(path.with_stem("piece"), seconds=seconds / 10, **options)
    remux(piece, path, before=("-stream_loop", "9"))
    piece.unlink()
    return path


def photograph(size=(1800, 1200), mode="RGB") -> Image.Image:
    """Something with edges and gradients in it."""
    image = Image.radial_gradient("L").resize(size)
    image = Image.merge("RGB", (image, image.rotate(90), image.rotate(180)))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 3, size[1] // 4), fill="red")
    return image.convert(mode)


def jpeg_bytes(image: Image.Image | None = None, **options) -> bytes:
    buffer = BytesIO()
    (image or photograph()).save(buffer, "JPEG", **{"quality": 85} | options)
    return buffer.getvalue()


def picture(path: Path, image: Image.Image | None = None, **options) -> Path:
    path.write_bytes(jpeg_bytes(image, **options))
    return path


def codes(examination):
    """Of what was found, in its order."""
    return [finding.code.value for finding in examination.findings]


def by_kind(examination):
    """The copies an examination made, by what they are for."""
    return {copy.kind: copy for copy in examination.copies}


def curve_tag(gamma: float) -> bytes:
    """An ICC curve of a plain power."""
    return b"curv" + struct.pack(">IIH", 0, 1, round(gamma * 256)) + bytes(2)


def profile(base: bytes, *, name: str, tags: dict | None = None) -> bytes:
    """An ICC profile like another, with tags of its own and another name."""
    count = int.from_bytes(base[128:132], "big")
    entries = struct.iter_unpack(">4sII", base[132 : 132 + 12 * count])
    found = {kind: base[at : at + size] for kind, at, size in entries}
    letters = name.encode("utf-16-be")
    words = struct.pack(
        ">4s3I2s2sII", b"mluc", 0, 1, 12, b"en", b"US", len(letters), 28
    )
    found[b"desc"] = words + letters + bytes(-len(letters) % 4)
    for kind, value in (tags or {}).items():
        if isinstance(value, tuple):
            numbers = [round(number * 65536) for number in value]
            value = b"XYZ \0\0\0\0" + struct.pack(">3i", *numbers)
        found[kind] = value
    at, table, body = 132 + 12 * len(found), b"", b""
    for kind, value in found.items():
        table += struct.pack(">4sII", kind, at + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    whole = base[4:128] + struct.pack(">I", len(found)) + table + body
    return struct.pack(">I", len(whole) + 4) + whole
