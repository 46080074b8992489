"""`make bench-workers`: what one and two local workers inspect in an hour.

PHOTOGRAPHS, FILMS and PHONE_FILMS of each lap, PAIRS of laps with one and two workers.
"""

import os
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, call_command

from bench import moved_clock
from bench.tables import machine, table
from bench.workers import files
from bench.workers.running import Course, Lap, median_by_kind
from contest_portal.embedded import services
from contest_portal.embedded.programs import make_folders
from submissions.models import Conversion, Inspection
from tests.factories.submissions import COLLECTING

PHOTOGRAPHS, FILMS, PHONE_FILMS, PAIRS = 12, 3, 1, 3
HOUR_S = 3600


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        counts = {
            files.PHOTOGRAPH: _given("PHOTOGRAPHS", PHOTOGRAPHS),
            files.FILM: _given("FILMS", FILMS),
            files.PHONE_FILM: _given("PHONE_FILMS", PHONE_FILMS),
        }
        self.stdout.write(f"{machine()}\n\n")
        with ExitStack() as stack:
            for server in services.servers(settings.VAR_DIR):
                stack.callback(server.stop)
                server.start()
            make_folders(settings.VAR_DIR)
            call_command("migrate", verbosity=0)
            moved_clock.set_to(COLLECTING)
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            course = Course(files.mixed(Path(folder), counts))
            self._run(course, _given("PAIRS", PAIRS))

    def _run(self, course: Course, pairs: int):
        laps = [
            course.lap(workers)
            for number in range(pairs)
            for workers in ((1, 2) if number % 2 == 0 else (2, 1))
        ]
        self._say_throughput(course, laps)
        self._say_kinds(laps)
        self._say_news(laps)

    def _say_throughput(self, course, laps: list[Lap]):
        heads = ["workers", "files in an hour", "wall of a lap", "CPU s", "peak MB"]
        rows = [
            _row(workers, [lap for lap in laps if lap.workers == workers], course)
            for workers in (1, 2)
        ]
        self.stdout.write(table(heads, rows))
        ratios = [
            _of(pair, 1).wall_s / _of(pair, 2).wall_s
            for pair in zip(laps[::2], laps[1::2], strict=True)
        ]
        self.stdout.write(
            f"two workers against one, median of {len(ratios)} pair(s): "
            f"{statistics.median(ratios):.2f} × the files\n\n"
        )

    def _say_kinds(self, laps):
        heads = ["file", "CPU s", "files in a core-hour"]
        rows = [
            [kind.name, f"{cpu_s:.2f}", f"{HOUR_S / cpu_s:.0f}"]
            for kind, cpu_s in median_by_kind(laps).items()
        ]
        self.stdout.write(table(heads, rows))

    def _say_news(self, laps):
        heads = ["workers", "job", "first news after", "longest without"]
        rows = [
            [lap.workers, model._meta.verbose_name, *(f"{s:.1f} s" for s in longest)]
            for lap in laps
            for model in (Inspection, Conversion)
            if (longest := lap.news.longest(model))
        ]
        self.stdout.write(table(heads, rows))


def _row(workers, laps: list[Lap], course):
    wall_s = statistics.median(lap.wall_s for lap in laps)
    return [
        workers,
        f"{HOUR_S * len(course) / wall_s:.0f}",
        f"{wall_s:.1f} s",
        f"{statistics.median(lap.cpu_s for lap in laps):.1f}",
        f"{max(lap.peak_mb for lap in laps):.0f}",
    ]


def _of(pair, workers) -> Lap:
    return next(lap for lap in pair if lap.workers == workers)


def _given(name, default) -> int:
    return int(os.environ.get(name) or default)
