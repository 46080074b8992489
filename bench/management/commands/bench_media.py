"""`make bench-media`: the inspection of a film against a plain decode of it.

CLIPS=h264,hevc,4k LENGTHS=60,180,900 PAIRS=3, CASES=10 of each random damage (0 for
none), KEEP=folder for films to be taken again.
"""

import os
import statistics
import tempfile
from pathlib import Path

from django.core.management import BaseCommand

from bench.media import clips, damage, measuring
from bench.media.measuring import Spent, median_ratio
from bench.tables import machine, table

CLIPS, LENGTHS, PAIRS, CASES = "h264,hevc,4k", "60,180,900", 3, 10
HEADS = [
    *("film", "length", "pairs", "plain CPU s", "CPU ×", "from–to", "wall ×"),
    *("MB of ffmpeg", "MB of ours", "own CPU s"),
]


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        kinds = (os.environ.get("CLIPS") or CLIPS).split(",")
        lengths = (os.environ.get("LENGTHS") or LENGTHS).split(",")
        measuring.warm_up()
        self._say(machine())
        with tempfile.TemporaryDirectory(prefix="bench-media-") as made:
            folder = Path(os.environ.get("KEEP") or made).absolute()
            folder.mkdir(parents=True, exist_ok=True)
            for name in kinds:
                self._measure(
                    clips.KINDS[name], [int(each) for each in lengths], folder
                )
            self._spoil(folder)

    def _measure(self, kind: clips.Kind, lengths: list[int], folder: Path):
        rows = []
        for seconds in lengths:
            film = clips.of_length(kind, seconds, folder)
            rows.append(_row(kind.name, seconds, _pairs(film)))
            if seconds == lengths[0]:
                turned = clips.turned(film)
                rows.append(_row(f"{kind.name}, turned", seconds, _pairs(turned)))
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


def _pairs(film: Path) -> list[tuple[Spent, Spent]]:
    count = int(os.environ.get("PAIRS") or PAIRS)
    return [
        (measuring.plain_decode(film), measuring.inspection(film))
        for _pair in range(count)
    ]


def _row(name: str, seconds: int, pairs: list[tuple[Spent, Spent]]) -> list:
    ratios = [other.cpu_s / base.cpu_s for base, other in pairs]
    looks = [other for _base, other in pairs]
    return [
        *(name, f"{seconds} s", len(pairs)),
        f"{statistics.median(base.cpu_s for base, _other in pairs):.1f}",
        f"{median_ratio(pairs, 'cpu_s'):.3f}",
        f"{min(ratios):.3f}–{max(ratios):.3f}",
        f"{median_ratio(pairs, 'wall_s'):.2f}",
        f"{max(look.tool_mb for look in looks):.0f}",
        f"{max(look.own_mb for look in looks):.0f}",
        f"{statistics.median(look.own_cpu_s for look in looks):.2f}",
    ]
