"""Films to measure with: panned and grainy pictures under a tune, at any length."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.duplicates.scenes import picture, tune
from submissions.media.tools.ffmpeg import ffmpeg_binary

PIECE_S = 10  # made once, then repeated without being coded again
SHOTS = 5
RATE = 30
SOUND_RATE = 44_100
WIDER = 5 / 4  # a still is wider than the frame that pans over it
SEED = 700
SIZES = {"1080p": (1920, 1080), "2160p": (3840, 2160)}


@dataclass(frozen=True)
class Kind:
    """A way to code a film."""

    name: str
    size: str
    bit_rate: str
    coder: tuple[str, ...]
    threads: int  # that an inspection decodes it with

    @property
    def size_px(self) -> tuple[int, int]:
        return SIZES[self.size]


X264 = ("-c:v", "libx264", "-preset")
X265 = ("-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=none")
KINDS = {
    "h264": Kind("1080p H.264", "1080p", "8M", (*X264, "fast"), 2),
    "hevc": Kind("1080p HEVC", "1080p", "6M", (*X265, "-preset", "faster"), 2),
    "4k": Kind("4K H.264", "2160p", "38M", (*X264, "veryfast"), 1),
}


def piece(kind: Kind, folder: Path) -> Path:
    """PIECE_S seconds of a film; one made before is taken again."""
    path = folder / f"{kind.name.replace(' ', '-')}.mp4"
    if path.exists():
        return path
    stills = [_still(number, kind.size_px, folder) for number in range(SHOTS)]
    sound = folder / "tune.raw"
    tune(SEED, PIECE_S, SOUND_RATE).astype("<f4").tofile(sound)
    each_s = str(PIECE_S / SHOTS)
    inputs = [
        word
        for still in stills
        for word in ("-loop", "1", "-framerate", str(RATE), "-t", each_s, "-i", still)
    ]
    _ffmpeg(
        *inputs,
        *("-f", "f32le", "-ar", SOUND_RATE, "-ac", "1", "-i", sound),
        *("-filter_complex", _pans(kind.size_px), "-map", "[all]"),
        *("-map", f"{SHOTS}:a", *kind.coder, "-b:v", kind.bit_rate, "-g", "60"),
        *("-maxrate", kind.bit_rate, "-bufsize", kind.bit_rate),
        *("-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k", "-ac", "2"),
        *("-movflags", "+faststart", path.with_suffix(".part.mp4")),
    )
    return path.with_suffix(".part.mp4").rename(path)


def _still(number: int, size_px: tuple[int, int], folder: Path) -> Path:
    path = folder / f"still-{size_px[0]}-{number}.jpg"
    wide = tuple(round(side * WIDER) for side in size_px)
    picture(SEED + number, wide).save(path, quality=92)
    return path


def _pans(size_px: tuple[int, int]) -> str:
    """Slow pans, one way and the other, with the grain of a sensor."""
    width, height = size_px
    shots = [
        f"[{number}]crop={width}:{height}:x='{way}*{width / 20}':y='t*{height / 20}',"
        f"noise=alls=7:allf=t,setsar=1,format=yuv420p[shot{number}]"
        for number in range(SHOTS)
        for way in [("t", f"({PIECE_S / SHOTS}-t)")[number % 2]]
    ]
    names = "".join(f"[shot{number}]" for number in range(SHOTS))
    return ";".join([*shots, f"{names}concat=n={SHOTS}[all]"])


def of_length(kind: Kind, seconds: int, folder: Path) -> Path:
    """The piece again and again, its streams copied."""
    path = folder / f"{seconds}s.mp4"
    parts = folder / "parts.txt"
    source = piece(kind, folder)
    parts.write_text(f"file '{source}'\n" * (seconds // PIECE_S))
    _ffmpeg(
        *("-f", "concat", "-safe", "0", "-i", parts, "-c", "copy"),
        *("-movflags", "+faststart", path),
    )
    return path


def turned(source: Path) -> Path:
    """As a phone held upright writes it: a flag, and the picture lies."""
    path = source.with_stem(f"{source.stem}-turned")
    _ffmpeg("-display_rotation", "-90", "-i", source, "-c", "copy", path)
    return path


def first_seconds(source: Path, seconds: int, *options: str) -> Path:
    path = source.with_stem(f"{source.stem}-{seconds}-seconds")
    _ffmpeg("-i", source, "-t", seconds, "-c", "copy", *options, path)
    return path


def _ffmpeg(*arguments) -> None:
    command = [ffmpeg_binary(), "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True)
