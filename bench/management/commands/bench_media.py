"""`make bench-media`: the inspection of a film against a plain decode of it.

CLIPS=h264,hevc,4k PAIRS=3, seconds LENGTHS=60,180 for all or LENGTHS_H264=60,180,900
LENGTHS_HEVC=60,180 LENGTHS_4K=60,180, CASES=10 of each random damage (0 for none),
KEEP=folder for films to be taken again.
"""

import os
import statistics
import tempfile
from pathlib import Path

from django.core.management import BaseCommand

from bench.media import clips, damage, measuring
from bench.media.measuring import Spent, median_ratio
from bench.tables import machine, table

CLIPS, PAIRS, CASES = "h264,hevc,4k", 3, 10
LENGTHS = {"h264": "60,180,900", "hevc": "60,180", "4k": "60,180"}
HEADS = [
    *("film", "length", "pairs", "plain CPU s", "CPU ×", "from–to", "wall ×"),
    *("wall × one thread", "MB of ffmpeg", "MB of ours", "own CPU s"),
]


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        kinds = (os.environ.get("CLIPS") or CLIPS).split(",")
        measuring.warm_up()
        self._say(machine())
        with tempfile.TemporaryDirectory(prefix="bench-media-") as made:
            folder = Path(os.environ.get("KEEP") or made).absolute()
            folder.mkdir(parents=True, exist_ok=True)
            for name in kinds:
                self._measure(clips.KINDS[name], _lengths(name), folder)
            self._spoil(folder)

    def _measure(self, kind: clips.Kind, lengths: list[int], folder: Path):
        rows = []
        for seconds in lengths:
            film = clips.of_length(kind, seconds, folder)
            rows.append(_row(kind.name, seconds, _rounds(kind, film)))
            if seconds == lengths[0]:
                turned = clips.turned(film)
                rows.append(
                    _row(f"{kind.name}, turned", seconds, _rounds(kind, turned))
                )
                turned.unlink()
                self._look_closer(kind, film)
            film.unlink()
        self._say(table(HEADS, rows))

    def _look_closer(self, kind: clips.Kind, film: Path):
        plain = measuring.plain_decode(film)
        one = measuring.plain_decode(film, threads=kind.threads)
        taken = measuring.steps(film)
        rows = [
            [step, f"{cpu_s:.2f}", f"{cpu_s / plain.cpu_s:.3f}"]
            for step, cpu_s in sorted(taken.items(), key=lambda each: -each[1])
        ]
        self._say(table([kind.name, "CPU s", "of plain"], rows))
        self._say(
            f"Plain decode with {kind.threads} thread(s), as the pass has: "
            f"{one.cpu_s / plain.cpu_s:.3f} CPU, {one.wall_s / plain.wall_s:.2f} wall."
        )
        posters = [measuring.first_poster(film) for _try in range(3)]
        cpu_s, wall_s = map(statistics.median, zip(*posters, strict=True))
        self._say(f"First poster after {cpu_s:.2f} CPU s, {wall_s:.2f} s.\n")

    def _spoil(self, folder: Path):
        cases = int(os.environ.get("CASES") or CASES)
        if not cases:
            return
        whole = clips.piece(clips.KINDS["h264"], folder)
        short = clips.first_seconds(whole, 6, "-movflags", "+faststart")
        rows = [
            [name, f"{seen} / {count}"]
            for name, seen, count in damage.tally(short, cases)
        ]
        self._say(table(["damage", "noticed"], rows))
        count, alarms = damage.false_alarms(whole)
        self._say(f"Whole films: {count}, called damaged: {dict(alarms) or 'none'}.")

    def _say(self, text: str):
        self.stdout.write(f"{text}\n")
        self.stdout.flush()


def _lengths(name: str) -> list[int]:
    asked = os.environ.get(f"LENGTHS_{name.upper()}") or os.environ.get("LENGTHS")
    return [int(each) for each in (asked or LENGTHS[name]).split(",")]


def _rounds(kind: clips.Kind, film: Path) -> list[tuple[Spent, Spent, Spent | None]]:
    """A plain decode, an inspection, and a plain decode with one thread where the
    inspection has no more."""
    count = int(os.environ.get("PAIRS") or PAIRS)
    return [
        (
            measuring.plain_decode(film),
            measuring.inspection(film),
            measuring.plain_decode(film, threads=1) if kind.threads == 1 else None,
        )
        for _round in range(count)
    ]


def _row(name: str, seconds: int, rounds: list) -> list:
    pairs = [(base, look) for base, look, _one in rounds]
    narrow = [(one, look) for _base, look, one in rounds if one]
    ratios = [look.cpu_s / base.cpu_s for base, look in pairs]
    looks = [look for _base, look in pairs]
    return [
        *(name, f"{seconds} s", len(pairs)),
        f"{statistics.median(base.cpu_s for base, _look in pairs):.1f}",
        f"{median_ratio(pairs, 'cpu_s'):.3f}",
        f"{min(ratios):.3f}–{max(ratios):.3f}",
        f"{median_ratio(pairs, 'wall_s'):.2f}",
        f"{median_ratio(narrow, 'wall_s'):.2f}" if narrow else "–",
        f"{max(look.tool_mb for look in looks):.0f}",
        f"{max(look.own_mb for look in looks):.0f}",
        f"{statistics.median(look.own_cpu_s for look in looks):.2f}",
    ]
