"""Examines many files, one after the other or side by side, always told in order."""

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from contests.rulebook import Category
from submissions.media.codes import Code
from submissions.media.examine import Examination, examine
from submissions.media.facts import FileFacts
from submissions.media.findings import Finding
from submissions.media.fingerprints.prints import Prints
from submissions.states import Verdict


@dataclass(frozen=True)
class Job:
    """A file to examine; `trouble` is why it cannot even be tried."""

    name: str
    trouble: str = ""


@dataclass(frozen=True)
class Done:
    """A file examined: what was found, without copies and fingerprints."""

    name: str
    examination: Examination
    took_s: float = 0.0


def examined(
    jobs: Iterable[Job],
    *,
    category: Category,
    processes: int = 1,
    on_progress: Callable[[Job, float], None] | None = None,
) -> Iterator[Done]:
    """Each file in the order given, whatever becomes of it.

    When interrupted, what was done out of turn still comes before the interrupt does.
    `on_progress` hears the share of a film done where one file is examined at a time.
    """
    if processes > 1:
        yield from _side_by_side(deque(jobs), category, processes)
        return
    for job in jobs:
        yield _examined(job, category, on_progress)


def _examined(job: Job, category: Category, on_progress=None) -> Done:
    if job.trouble:
        return Done(job.name, _not_checked(job, job.trouble))
    started_at = time.monotonic()
    hear = on_progress and (lambda share: on_progress(job, share))
    examination = examine(
        Path(job.name), category=category, original_name=job.name, on_progress=hear
    )
    took_s = time.monotonic() - started_at
    return Done(job.name, replace(examination, copies=[], prints=Prints()), took_s)


def _side_by_side(
    waiting: deque[Job], category: Category, processes: int
) -> Iterator[Done]:
    """A worker that dies takes the file at the head with it, and a new lot goes on."""
    while waiting:
        with _workers(processes) as pool:
            futures = deque(pool.submit(_work, job, category) for job in waiting)
            try:
                while waiting:
                    done = futures[0].result()
                    futures.popleft()
                    waiting.popleft()
                    yield done
            except BrokenProcessPool:
                job = waiting.popleft()
                yield Done(job.name, _not_checked(job, "The process checking it died."))
            except KeyboardInterrupt:
                yield from (future.result() for future in futures if _is_good(future))
                raise


def _is_good(future: Future) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


@contextmanager
def _workers(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that end with the block; one at work is stopped and tidies up."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("fork"), initializer=_take_orders
    )
    try:
        yield pool
    finally:
        mine = set(multiprocessing.active_children()) - others
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in mine:
            worker.terminate()
        for worker in mine:
            worker.join()


def _take_orders() -> None:
    """A worker is stopped by its parent, never by the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def _work(job: Job, category: Category) -> Done:
    try:
        return _examined(job, category)
    except SystemExit:  # told to stop: the tool and the scratch folder are gone
        os._exit(1)


def _not_checked(job: Job, reason: str) -> Examination:
    return Examination(
        facts=FileFacts(),
        findings=[Finding(Code.FRM_CHECK_ERRORED)],
        verdict=Verdict.ERRORED,
        original_name=job.name,
        log=reason,
    )
