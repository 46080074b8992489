"""A process that decodes one photograph, or looks at it, as often as it is asked.

`python -m bench.pictures.asked PHOTOGRAPH FOLDER` reads lines of what to do ("raw" or
"look") and how: "here", or in a "fresh" copy of the process, which has its memory still
to get. To each it answers with the seconds it took, of the processor and by the clock.
"""

import gc
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import simplejpeg

from contest_portal import env
from submissions.media import looking
from submissions.media.apart import memory
from submissions.media.files import basic_facts


@dataclass(frozen=True)
class Spent:
    cpu_s: float
    wall_s: float


class Asked:
    """One such process, with more in its environment."""

    def __init__(self, photograph: Path, folder: Path, **more: str):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.pictures.asked", photograph, folder],
            cwd=env.BASE_DIR,
            env=os.environ | more,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_failure):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def spent(self, what: str, how: str) -> Spent:
        self.process.stdin.write(f"{what} {how}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("The process that was asked has ended.")
        return Spent(**json.loads(answer))


def works(photograph: Path, folder: Path) -> dict[str, Callable[[], object]]:
    data, file = photograph.read_bytes(), photograph.open("rb")
    base = basic_facts(file)
    return {
        "raw": lambda: simplejpeg.decode_jpeg(data, "RGB"),
        "look": lambda: looking.at_picture(
            file, base=base, folder=folder, wants_copies=True
        ),
    }


def here(work: Callable[[], object]) -> Spent:
    began, before = time.perf_counter(), time.process_time()
    work()
    return Spent(time.process_time() - before, time.perf_counter() - began)


def fresh(work: Callable[[], object]) -> Spent:
    began = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    _pid, _status, usage = os.wait4(pid, 0)
    return Spent(_cpu_s(usage), time.perf_counter() - began)


def _cpu_s(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def main(photograph: Path, folder: Path) -> None:
    cv2.setNumThreads(1)
    can_do, ways = works(photograph, folder), {"here": here, "fresh": fresh}
    for work in can_do.values():
        work()
    gc.collect()
    gc.freeze()
    memory.give_back()
    for line in sys.stdin:
        what, how = line.split()
        spent = ways[how](can_do[what])
        sys.stdout.write(json.dumps(vars(spent)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
