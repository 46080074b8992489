"""Films spoiled in known ways, and whether an inspection says so."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from bench.media import clips
from bench.media.measuring import CATEGORY
from submissions.media.codes import Code
from submissions.media.examine import examine

SEED = 11
DAMAGE = {
    Code.VID_DATA_DAMAGED,
    Code.VID_DATA_TRUNCATED,
    Code.VID_DATA_GLITCH,
    Code.VID_DATA_FOREIGN,
    Code.VID_STREAM_NONE,
}
KIB = 1024


def _cut(kept: Callable[[int], int]) -> Callable:
    return lambda data, chance: data[: kept(len(data))]


def _flipped(count: int) -> Callable:
    def spoil(data: bytes, chance: np.random.Generator) -> bytes:
        spoiled = bytearray(data)
        for _bit in range(count):
            spoiled[_inside(data, 1, chance)] ^= 1 << int(chance.integers(8))
        return bytes(spoiled)

    return spoil


def _hole(size: int) -> Callable:
    def spoil(data: bytes, chance: np.random.Generator) -> bytes:
        at = _inside(data, size, chance)
        return data[:at] + bytes(size) + data[at + size :]

    return spoil


def _inside(data: bytes, size: int, chance: np.random.Generator) -> int:
    """A place in the picture and sound themselves, behind the index."""
    return int(chance.integers(data.index(b"mdat") + 64, len(data) - size))


def _followed_by(tail: bytes) -> Callable:
    return lambda data, chance: data + tail


# name, how it is spoiled, and whether one case is enough (it is not left to chance)
WAYS = [
    ("cut at half", _cut(lambda size: size // 2), True),
    ("cut at 95 %", _cut(lambda size: size * 95 // 100), True),
    ("last 200 kB gone", _cut(lambda size: size - 200_000), True),
    ("last 1 kB gone", _cut(lambda size: size - 1000), True),
    ("1 bit flipped", _flipped(1), False),
    ("4 bits flipped", _flipped(4), False),
    ("hole of 4 KiB", _hole(4 * KIB), False),
    ("hole of 32 KiB", _hole(32 * KIB), False),
    ("hole of 256 KiB", _hole(256 * KIB), False),
    ("a web page behind it", _followed_by(b"<!doctype html><html>" * 400), True),
    ("an archive behind it", _followed_by(b"PK\x03\x04" + bytes(4000)), True),
]


def tally(source: Path, cases: int) -> Iterator[tuple[str, int, int]]:
    """(what was done, how many were noticed, of how many)."""
    data = source.read_bytes()
    chance = np.random.default_rng(SEED)
    for name, spoil, is_one in WAYS:
        count = 1 if is_one else cases
        seen = sum(_is_noticed(spoil(data, chance)) for _case in range(count))
        yield name, seen, count


def false_alarms(source: Path) -> tuple[int, Counter]:
    """How many whole films there were, and what was said against them."""
    shells = [
        (),
        ("-movflags", "+faststart"),
        ("-movflags", "frag_keyframe+empty_moov"),
        ("-an",),
        ("-brand", "mp42"),
    ]
    found = Counter()
    for options in shells:
        path = clips.first_seconds(source, 6, *options)
        examination = examine(path, category=CATEGORY)
        found.update(f.code.value for f in examination.findings if f.code in DAMAGE)
    return len(shells), found


def _is_noticed(data: bytes) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        path.write_bytes(data)
        examination = examine(path, category=CATEGORY)
    return any(finding.code in DAMAGE for finding in examination.findings)
