"""Gives numbers to judging processes, and keeps what they answer.

What has been judged stands in a file of lines, so a run that was ended goes on. A
process that dies or stands still is a finding like any other; another takes its place.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.fuzz import spoiling
from bench.fuzz.seeds import Seed
from contest_portal.env import BASE_DIR

STANDS_STILL_S = 90
MOST_SECONDS = 60
MOST_MB = 512


class Judge:
    """A process that examines, with a folder of its own for temporary files."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.number: int | None = None
        self.given_at = 0.0
        self.process = self._start()

    def _start(self) -> subprocess.Popen:
        scratch = tempfile.mkdtemp(prefix="judge-", dir=self.folder)
        return subprocess.Popen(
            [sys.executable, "manage.py", "judge_spoiled"],
            cwd=BASE_DIR,
            env=os.environ | {"TMPDIR": scratch},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def give(self, number: int) -> None:
        self.number, self.given_at = number, time.monotonic()
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()

    def answer(self) -> dict | None:
        """What it says; None when it has died instead."""
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def begin_again(self) -> None:
        self.end()
        self.process = self._start()


def run(numbers: list[int], *, at_once: int, folder: Path) -> Iterator[dict]:
    """What was found for each number, in no certain order."""
    waiting = iter(numbers)
    judges = [Judge(folder) for _each in range(min(at_once, len(numbers)))]
    try:
        busy = [judge for judge in judges if _give_next(judge, waiting)]
        while busy:
            for judge in _ready(busy):
                found = judge.answer() if judge.number is not None else None
                yield found or _died(judge)
                if found is None:
                    judge.begin_again()
                if not _give_next(judge, waiting):
                    busy.remove(judge)
    finally:
        for judge in judges:
            judge.end()


def _give_next(judge: Judge, waiting: Iterator[int]) -> bool:
    number = next(waiting, None)
    if number is None:
        return False
    judge.give(number)
    return True


def _ready(busy: list[Judge]) -> list[Judge]:
    """Those with an answer; one that stands still is ended, which is one too."""
    with selectors.DefaultSelector() as selector:
        for judge in busy:
            selector.register(judge.process.stdout, selectors.EVENT_READ, judge)
        while True:
            ready = [key.data for key, _events in selector.select(timeout=1)]
            if ready:
                return ready
            for judge in busy:
                if time.monotonic() - judge.given_at > STANDS_STILL_S:
                    judge.process.kill()


def _died(judge: Judge) -> dict:
    log = "The process died, or stood still."
    return {"number": judge.number, "seed": "", "verdict": "", "codes": [], "log": log}


def fault_of(found: dict) -> str:
    """What must not happen, if it did: empty for a file that was judged in order."""
    if found["verdict"] not in ("passed", "review", "failed"):
        return found["log"].strip().rpartition("\n")[2] or "no verdict"
    if found["seconds"] > MOST_SECONDS:
        return "took too long"
    if found["peak_mb"] > MOST_MB:
        return "took too much memory"
    return f"left {', '.join(found['left'])}" if found["left"] else ""


def keep(number: int, *, made: list[Seed], folder: Path) -> Path:
    """The spoiled file of a number, to look at."""
    seed = made[number % len(made)]
    path = folder / f"{number}.{'mp4' if seed.is_film else 'jpg'}"
    path.write_bytes(spoiling.spoiled(seed, number))
    return path
