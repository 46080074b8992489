"""Lets one or two workers look at the same files, and measures what they took."""

import hashlib
import os
import statistics
import subprocess
import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.utils import timezone

from bench.entrants import new_entrant, open_contest
from bench.waiting import until
from bench.workers.files import Kind
from bench.workers.news import News
from contest_portal import signs_of_life
from contest_portal.embedded.programs import Program, stop_together, worker
from submissions.media.jobs.claims import INSPECTIONS
from submissions.models import Conversion, Inspection, MediaFile
from submissions.states import ConversionState, InspectionState
from submissions.tasks import send_to_inspection
from tests.factories.submissions import make_draft

QUEUES = ("quick", "slow")
PATIENCE_S = 3600
LISTEN_EVERY_S = 0.1
NAMES = ("quick", "slow")  # of the two programs; here both serve both queues
ENDED = (InspectionState.FINISHED, InspectionState.ERRORED)


@dataclass(frozen=True)
class Lap:
    """One round of all files."""

    workers: int
    wall_s: float
    cpu_s: float
    cpu_by_kind: dict[Kind, list[float]]
    peak_mb: float  # of the largest worker process
    news: News


class Course:
    """The files as rows of works that nobody will hand in."""

    def __init__(self, files: Iterable[tuple[Kind, Path]]):
        contest, entrant = open_contest(), new_entrant()
        self._rows: dict[int, Kind] = {}
        for kind, path in files:
            category = contest.categories.get(key=kind.category)
            draft = make_draft(contest, author=entrant.user, category=category)
            self._rows[_stored(draft, path).pk] = kind

    def __len__(self):
        return len(self._rows)

    def lap(self, workers: int) -> Lap:
        with ExitStack() as stack:
            started = [_program(name) for name in NAMES[:workers]]
            stack.callback(stop_together, started)
            cache.clear()
            for program in started:
                program.launch()
            until(_all_live, what="the workers", seconds=180)
            time.sleep(2)  # the second one of two has no sign of its own
            for media_file in MediaFile.objects.filter(pk__in=self._rows):
                INSPECTIONS.enqueue(media_file)
            Conversion.objects.all().delete()
            send_to_inspection(self._rows)
            news = News()
            until(
                lambda: self._are_done(news), what="the last file", seconds=PATIENCE_S
            )
            peak_mb = max(_peak_mb(program.process.pid) for program in started)
        return self._measured(workers, peak_mb, news)

    def _are_done(self, news: News) -> bool:
        time.sleep(LISTEN_EVERY_S)
        news.listen()
        waiting = Inspection.objects.exclude(state__in=ENDED).exists()
        converting = Conversion.objects.filter(
            state__in=[ConversionState.QUEUED, ConversionState.RUNNING]
        )
        return not waiting and not converting.exists()

    def _measured(self, workers, peak_mb, news):
        jobs = [*Inspection.objects.all(), *Conversion.objects.all()]
        failed = [job for job in jobs if job.state != InspectionState.FINISHED]
        if failed:
            raise RuntimeError(f"not finished: {failed[0].log[-2000:]}")
        spent: dict[int, float] = dict.fromkeys(self._rows, 0.0)
        for job in jobs:
            spent[job.media_file_id] += job.timings["cpu_s"]
        by_kind: dict[Kind, list[float]] = {}
        for media_file_id, kind in self._rows.items():
            by_kind.setdefault(kind, []).append(spent[media_file_id])
        wall_s = (_latest(jobs) - min(job.started_at for job in jobs)).total_seconds()
        return Lap(workers, wall_s, sum(spent.values()), by_kind, peak_mb, news)


def _latest(jobs) -> datetime:
    return max(job.finished_at for job in jobs)


def median_by_kind(laps: Iterable[Lap]) -> dict[Kind, float]:
    """CPU seconds of one file, over all laps."""
    gathered: dict[Kind, list[float]] = {}
    for lap in laps:
        for kind, spent in lap.cpu_by_kind.items():
            gathered.setdefault(kind, []).extend(spent)
    return {kind: statistics.median(spent) for kind, spent in gathered.items()}


def _stored(draft, path: Path) -> MediaFile:
    media_file = MediaFile(
        submission=draft,
        position=1,
        original_name=path.name,
        size_bytes=path.stat().st_size,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        uploaded_at=timezone.now(),
    )
    with path.open("rb") as file:
        media_file.file.save(path.name, File(file), save=True)
    return media_file


class Quiet(Program):
    """Its farewell does not come between the tables."""

    def options(self):
        return super().options() | {"stdout": subprocess.DEVNULL}


def _program(name: str) -> Program:
    return Quiet(
        name=name,
        command=worker(name, queues=QUEUES, processes=1),
        log=settings.VAR_DIR / "log" / f"{name}.log",
        environment=dict(os.environ),
    )


def _all_live():
    return not signs_of_life.silent(QUEUES)


def _peak_mb(pid: int) -> float:
    """Most memory resident of a worker's processes, of those that still run."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return max(map(_high_water_mb, [str(pid), *children]))


def _high_water_mb(pid: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
