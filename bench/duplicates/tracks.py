"""Invented tunes, and what people do to music they did not make."""

import subprocess
from pathlib import Path

from bench.duplicates.scenes import tune
from submissions.media.fingerprints import sounds
from submissions.media.fingerprints.prints import Prints
from submissions.media.tools.ffmpeg import ffmpeg_binary

SECONDS = 40
RATE = 44_100
HEARD_RATE = 11_025
HEARD = f"aresample={HEARD_RATE},aformat=sample_fmts=s16:channel_layouts=mono"

SOUND_EDITS = {
    "aac 48k": ["-af", "anull", "-b:a", "48k"],
    "quieter": ["-af", "volume=-6dB"],
    "noise": [
        "-filter_complex",
        "anoisesrc=c=pink:a=0.1:seed=7[n];[0:a][n]amix=duration=first:normalize=0[s]",
    ],
    "tempo +5 %": ["-af", "atempo=1.05"],
    "tempo -5 %": ["-af", "atempo=0.95"],
    "pitch +5 %": ["-af", f"asetrate={RATE}*1.05,aresample={RATE},atempo=1/1.05"],
    "pitch -5 %": ["-af", f"asetrate={RATE}*0.95,aresample={RATE},atempo=1/0.95"],
    "treble cut": ["-af", "lowpass=f=3000"],
    "10 s of it": ["-af", "atrim=17:27,asetpts=PTS-STARTPTS"],
    "embedded": [
        "-filter_complex",
        "[1:a]atrim=0:15[a];[0:a]atrim=17:27,asetpts=PTS-STARTPTS[b];"
        "[1:a]atrim=15:30,asetpts=PTS-STARTPTS[c];[a][b][c]concat=n=3:v=0:a=1[s]",
    ],
}


def make(path: Path, seed: int, *, seconds: int = SECONDS) -> Path:
    sound = path.with_suffix(".raw")
    tune(seed, seconds, RATE).astype("<f4").tofile(sound)
    _run(["-f", "f32le", "-ar", str(RATE), "-ac", "1", "-i", str(sound), str(path)])
    sound.unlink()
    return path


def edited(source: Path, stranger: Path, target: Path, arguments: list[str]) -> Path:
    """The track after one edit, encoded as films have it."""
    inputs = ["-i", str(source), "-i", str(stranger)]
    chosen = ["-map", "[s]"] if "-filter_complex" in arguments else ["-map", "0:a"]
    _run([*inputs, *arguments, *chosen, "-c:a", "aac", str(target)])
    return target


def words_of_file(path: Path) -> Prints:
    return words_of(["-i", str(path)])


def words_of(source: list[str]) -> Prints:
    """What the decoding pass makes of a sound track, without the rest of it."""
    shifted = {speed: _words(source, speed) for speed in sounds.PITCHES.values()}
    return Prints(words=_words(source, 1), shifted=shifted)


def _words(source, speed):
    heard = f"{HEARD},asetrate={round(HEARD_RATE * speed)}"
    return sounds.words_of(
        _run([*source, "-af", heard, "-f", "chromaprint", "-fp_format", "raw", "-"])
    )


def _run(arguments) -> bytes:
    ended = subprocess.run(
        [ffmpeg_binary(), "-nostdin", "-v", "error", "-y", *arguments],
        check=True,
        stdout=subprocess.PIPE,
    )
    return ended.stdout
