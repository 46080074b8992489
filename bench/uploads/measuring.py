"""Sends bodies and reads what they cost; ratios are of neighbours in one run."""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bench.uploads import figures
from bench.uploads.targets import Ours
from contests import clock
from submissions.models import Upload
from submissions.uploads import finishing

GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Cost:
    """Of one upload, per gigabyte; and the peak of the server's memory."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def cost_of(target, size: int) -> Cost:
    """One upload, from the first request to the last answer."""
    prepared, pids = target.prepare(size), target.pids()
    figures.forget_peaks(pids)
    cpu, began = figures.cpu_seconds(pids), time.perf_counter()
    target.send(size, prepared)
    seconds = time.perf_counter() - began
    used = figures.cpu_seconds(pids) - cpu
    cost = Cost(
        seconds * GIGABYTE / size, used * GIGABYTE / size, figures.peak_mb(pids)
    )
    target.clean()
    return cost


def interleaved(targets: list, *, size: int, pairs: int) -> dict[str, list[Cost]]:
    """Each target in turn, so that what else the machine does troubles all alike."""
    for target in targets:
        cost_of(target, size)  # what only the first upload pays
    found = {target.name: [] for target in targets}
    for number in range(pairs):
        turn = targets if number % 2 else targets[::-1]
        for target in turn:
            found[target.name].append(cost_of(target, size))
    return found


def median(costs: list[Cost], name: str) -> float:
    return statistics.median(getattr(cost, name) for cost in costs)


def ratio(first: list[Cost], second: list[Cost], name: str) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(
        getattr(one, name) / (getattr(other, name) or 0.001)
        for one, other in zip(first, second, strict=True)
    )


def peak_at(target, *, at_once: int, size: int) -> float:
    """Peak memory while so many uploads are half-way at the same moment."""
    prepared = [target.prepare(size) for _each in range(at_once)]
    pids = target.pids()
    figures.forget_peaks(pids)
    half_way = threading.Barrier(at_once)

    def send(details):
        target.send(size, details, meet=half_way.wait)

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(send, prepared))
    peak = figures.peak_mb(pids)
    target.clean()
    return peak


def cost_of_storing(target: Ours, size: int) -> float:
    """Processor seconds per gigabyte of what the worker does with an upload."""
    target.send(size, target.prepare(size))
    upload = Upload.objects.latest("pk")
    began = time.process_time()
    finishing.finish(upload.pk, at=clock.now())
    used = time.process_time() - began
    upload.refresh_from_db()
    upload.media_file.file.delete(save=False)
    return used * GIGABYTE / size
