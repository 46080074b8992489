"""Films of invented shots, and what people do to a film they did not make."""

import subprocess
from pathlib import Path

import numpy as np

from bench.duplicates.scenes import picture
from submissions.media.fingerprints.prints import Prints, of_film
from submissions.media.tools.ffmpeg import ffmpeg_binary

SECONDS = 40
SIZE = (640, 360)
RATE = 12
A_STRANGER = 1000  # the seed of a film that nothing was made from
# As the decoding pass makes them.
FRAMES = "fps=4,scale=320:180:flags=area,fps=1,scale=128:128:flags=area,format=gray"

FILM_EDITS = {
    "crf 36": ["-crf", "36"],
    "320x180": ["-vf", "scale=320:180"],
    "brighter": ["-vf", "eq=brightness=0.12:contrast=1.2"],
    "grey": ["-vf", "hue=s=0"],
    "30 fps": ["-vf", "fps=30"],
    "logo": ["-vf", "drawbox=x=iw*0.78:y=ih*0.05:w=iw*0.18:h=ih*0.12:c=white:t=fill"],
    "subtitles": ["-vf", "drawbox=x=0:y=ih*0.88:w=iw:h=ih*0.12:c=black:t=fill"],
    "letterbox": ["-vf", "scale=iw:ih*0.76,pad=iw:ih/0.76:0:(oh-ih)/2"],
    "pillarbox": ["-vf", "scale=iw*0.7:ih,pad=iw/0.7:ih:(ow-iw)/2:0"],
    "crop 5 %": ["-vf", "crop=iw*0.95:ih*0.95"],
    "crop 10 %": ["-vf", "crop=iw*0.9:ih*0.9"],
    "crop 20 %": ["-vf", "crop=iw*0.8:ih*0.8"],
    "mirrored": ["-vf", "hflip"],
    "faster": ["-vf", "setpts=PTS/1.05"],
    "slower": ["-vf", "setpts=PTS*1.05"],
    "10 s of it": ["-ss", "17", "-t", "10"],
    "all at once": [
        "-vf",
        "crop=iw*0.92:ih*0.92,scale=480:270,eq=contrast=1.15",
        "-crf",
        "32",
    ],
}


def make(path: Path, seed: int, *, seconds: int = SECONDS) -> Path:
    """A film of some ten shots, each a slow pan."""
    command = [
        *(ffmpeg_binary(), "-v", "error", "-y"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIZE[0]}x{SIZE[1]}"),
        *("-r", str(RATE), "-i", "pipe:0"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "22"),
        *("-pix_fmt", "yuv420p", str(path)),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        for frame in _frames(seed, seconds):
            process.stdin.write(frame.tobytes())
        process.stdin.close()
        if process.wait():
            raise RuntimeError(f"ffmpeg could not make {path.name}")
    return path


def _frames(seed, seconds):
    chance = np.random.default_rng(seed)
    left = seconds * RATE
    shot = 0
    while left:
        length = min(left, int(chance.integers(2 * RATE, 6 * RATE)))
        still = np.asarray(picture(seed * 1000 + shot, (800, 450)).convert("RGB"))
        for step in range(length):
            x, y = int(step / length * 160), int(step / length * 90)
            yield still[y : y + SIZE[1], x : x + SIZE[0]]
        left -= length
        shot += 1


def edited(source: Path, target: Path, arguments: list[str]) -> Path:
    """The film after one edit, encoded again."""
    subprocess.run(
        [
            *(ffmpeg_binary(), "-nostdin", "-v", "error", "-y", "-i", str(source)),
            *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
            *(*arguments, str(target)),
        ],
        check=True,
    )
    return target


def embedded(source: Path, stranger: Path, target: Path) -> Path:
    """Ten seconds of the film in the middle of a stranger's."""
    graph = (
        "[1:v]trim=0:15,setpts=PTS-STARTPTS[a];[0:v]trim=17:27,setpts=PTS-STARTPTS[b];"
        "[1:v]trim=15:30,setpts=PTS-STARTPTS[c];[a][b][c]concat=n=3:v=1:a=0[v]"
    )
    subprocess.run(
        [
            *(ffmpeg_binary(), "-nostdin", "-v", "error", "-y"),
            *("-i", str(source), "-i", str(stranger), "-filter_complex", graph),
            *("-map", "[v]", "-c:v", "libx264", "-preset", "ultrafast", str(target)),
        ],
        check=True,
    )
    return target


def scenes_of(path: Path, folder: Path) -> Prints:
    """The prints the decoding pass makes of a film's frames, without the rest of it."""
    frames = folder / "frames.gray"
    subprocess.run(
        [
            *(ffmpeg_binary(), "-nostdin", "-v", "error", "-y", "-i", str(path)),
            *("-vf", FRAMES, "-f", "rawvideo", str(frames)),
        ],
        check=True,
    )
    return of_film(frames, None)
