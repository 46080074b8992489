"""`make bench-media`: the inspection of a film against a plain decode of it.

CLIPS=h264,hevc,4k PAIRS=3, seconds LENGTHS=60 for all or LENGTHS_H264=60,180
LENGTHS_HEVC=60 LENGTHS_4K=20, CASES=3 of each random damage (0 for none), KEEP=folder
for films to be taken again. Each line is told as soon as it is known.
"""

import os
import statistics
import tempfile
from pathlib import Path

from django.core.management import BaseCommand

from bench.media import clips, damage, measuring, rounds
from bench.tables import head, machine, row, table

CLIPS, PAIRS, CASES = "h264,hevc,4k", 3, 3
LENGTHS = {"h264": "60,180", "hevc": "60", "4k": "20"}


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
        clips.piece(kind, folder)
        self._say(head(rounds.HEADS))
        for seconds in lengths:
            film = clips.of_length(kind, seconds, folder)
            self._say_line(kind.name, kind, seconds, film)
            if seconds == lengths[0]:
                turned = clips.turned(film)
                self._say_line(f"{kind.name}, turned", kind, seconds, turned)
                turned.unlink()
            film.unlink()
        self._say("")
        film = clips.of_length(kind, lengths[0], folder)
        self._look_closer(kind, film)
        film.unlink()

    def _say_line(self, name: str, kind: clips.Kind, seconds: int, film: Path):
        count = int(os.environ.get("PAIRS") or PAIRS)
        done = list(rounds.run(kind, film, count))
        self._say(row(rounds.line(name, seconds, done)))

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
