"""Files as entrants send them, made anew: none is like another."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.duplicates.scenes import picture
from submissions.media.tools.ffmpeg import ffmpeg_binary

PHOTOGRAPH_PX = (4000, 3000)
FILM_S = 20
RATE = 30
H264 = ("-c:v", "libx264", "-preset", "veryfast", "-b:v", "8M")
HEVC = (
    *("-c:v", "libx265", "-preset", "ultrafast", "-b:v", "6M"),
    *("-x265-params", "log-level=error", "-tag:v", "hvc1"),
)


@dataclass(frozen=True)
class Kind:
    """What is sent of, and in which category."""

    name: str
    category: str
    coding: tuple[str, ...] = ()

    @property
    def is_film(self) -> bool:
        return bool(self.coding)

    def made(self, folder: Path, seed: int) -> Path:
        if not self.is_film:
            path = folder / f"{self.category}-{seed}.jpg"
            picture(seed, PHOTOGRAPH_PX).save(path, "JPEG", quality=92)
            return path
        return _film(folder, seed, self.coding)


PHOTOGRAPH = Kind("photograph, 12 MP", "series")
FILM = Kind(f"film, 1080p H.264, {FILM_S} s", "film", H264)
PHONE_FILM = Kind(f"film, 1080p HEVC, {FILM_S} s, converted", "film", HEVC)


def _film(folder: Path, seed: int, coding: tuple[str, ...]) -> Path:
    """A slow pan over a picture, with grain and a tone, as a hand-held phone films."""
    still = folder / f"still-{seed}.jpg"
    picture(seed, (2400, 1350)).save(still, quality=92)
    path = folder / f"film-{seed}.mp4"
    pan = (
        f"crop=1920:1080:x='240+240*sin(t/3+{seed})':y='135+135*cos(t/4)',"
        "noise=alls=6:allf=t,format=yuv420p"
    )
    command = [
        *(ffmpeg_binary(), "-nostdin", "-v", "error", "-y"),
        *("-loop", "1", "-framerate", str(RATE), "-t", str(FILM_S), "-i", still),
        *("-f", "lavfi", "-t", str(FILM_S), "-i", f"sine=r=48000:f={220 + seed}"),
        *("-vf", pan, *coding, "-c:a", "aac", "-movflags", "+faststart", path),
    ]
    subprocess.run([str(part) for part in command], check=True)
    return path


def mixed(folder: Path, counts: dict[Kind, int]) -> Iterator[tuple[Kind, Path]]:
    """So many of each kind, in turns."""
    seed = 0
    for number in range(max(counts.values())):
        for kind, count in counts.items():
            if number < count:
                seed += 1
                yield kind, kind.made(folder, seed)
