"""Starts tools, and is the only place that does.

Every run has list arguments, stands behind the fence (submissions/media/fence), is
watched while it runs, and dies with its parent.
"""

import os
import selectors
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from submissions.media.fence import ways
from submissions.media.fence.limits import (
    MAX_FILE_BYTES,
    MAX_MEMORY_BYTES,
    Limits,
)
from submissions.media.tools import vitals

STALL_S = 60  # without a sign of progress
LOOK_EVERY_S = 0.02  # at most
MOST_WAIT_S = 0.25  # for something to be said, before a look
LEAST_EFFORT = 10  # bytes moved, or hundredths of a second of a processor
ROUGHLY = 1.1  # a process weighs little more than the one it was forked from
KEPT_LOG_LINES = 200
MAX_LINE_BYTES = 1 << 20
LEAST_ROOM_BYTES = 256 << 20


class ToolFailed(Exception):
    """Our side failed: a tool is missing, was killed, or found no room to work in."""


class TooMuchOutput(Exception):
    """The file makes the tool say more than any honest file does."""


class Peak:
    """The most memory any process had since this was last reset."""

    def __init__(self):
        self.bytes = 0

    def tell(self, peak_bytes: int) -> None:
        self.bytes = max(self.bytes, peak_bytes)

    def reset(self) -> None:
        self.bytes = 0


peak = Peak()


@dataclass
class Run:
    """How a process ended. `log` keeps the first lines of its standard error."""

    returncode: int = 0
    out_of_cpu: bool = False
    out_of_memory: bool = False
    crashed: bool = False
    cpu_s: float = 0.0
    peak_bytes: int = 0  # resident
    log: list[str] = field(default_factory=list)

    def keep(self, line: str) -> None:
        if len(self.log) < KEPT_LOG_LINES:
            self.log.append(line[:500])
        if "received signal 24" in line:  # ffmpeg ends in good order on SIGXCPU
            self.out_of_cpu = True
        if "Cannot allocate memory" in line:
            self.out_of_memory = True
        if "No space left on device" in line:
            raise ToolFailed("There is no room left to work in.")

    @property
    def is_cut_off(self) -> bool:
        """A limit or a crash ended it: what it said is not the whole."""
        return self.out_of_cpu or self.out_of_memory or self.crashed


@dataclass(frozen=True)
class Budget:
    """What one run may spend."""

    cpu_s: int
    wall_s: float
    stall_s: float = STALL_S
    file_bytes: int = MAX_FILE_BYTES  # of any file it writes
    memory_bytes: int = MAX_MEMORY_BYTES

    @property
    def limits(self) -> Limits:
        return Limits(self.cpu_s, self.memory_bytes, self.file_bytes)


def run_tool(
    command: list[str],
    *,
    cwd: Path,
    budget: Budget,
    on_output: Callable[[str], None],
    on_log: Callable[[str], None] = lambda line: None,
    max_output_bytes: int | None = None,
    source: Path | None = None,
) -> Run:
    """Run a tool in `cwd`, the one folder it may write in; in / it writes nothing.

    `source` is the file it reads: no other one of ours.
    """
    scratch = None if cwd == Path("/") else cwd
    if scratch:
        ensure_room(scratch, budget.file_bytes)
    run = Run()
    opened = source.open("rb", buffering=0) if source else nullcontext()
    with opened as file, _started(command, scratch, budget, file) as process:
        watch = _Watch(process, budget=budget)
        for is_output, line in watch.lines(max_output_bytes):
            if is_output:
                on_output(line)
            else:
                run.keep(line)
                on_log(line)
        _wait(process, run, watch)
    if scratch:
        _refuse_odd_files(scratch)
    _judge_end(run, budget=budget)
    return run


def ensure_room(folder: Path, file_bytes: int) -> None:
    """Refuse to begin what may not end for lack of room."""
    if shutil.disk_usage(folder).free < max(file_bytes, LEAST_ROOM_BYTES):
        raise ToolFailed("There is no room left to work in.")


@contextmanager
def _started(command, scratch, budget, source) -> Iterator[subprocess.Popen]:
    """A process in a session of its own; whatever happens, none of it is left."""
    try:
        process = ways.way_for(command[0]).start(
            command, limits=budget.limits, scratch=scratch, source=source
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ToolFailed(f"{command[0]} could not be started: {error}") from error
    try:
        with process.stdout, process.stderr:
            yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class _Watch:
    """Hears a process, weighs it, and ends the wait for one that stands still.

    It need not say anything: who reads, writes or computes makes progress. A loop
    without end is left to the limit of its processor time.
    """

    def __init__(self, process: subprocess.Popen, *, budget: Budget):
        self.process = process
        self.budget = budget
        self.own_bytes = vitals.resident_bytes(os.getpid())
        self.seen_bytes = 0
        self.effort = 0
        self.looked_at = 0.0
        self.wait_s = LOOK_EVERY_S
        self.moved_at = time.monotonic()
        self.ends_at = self.moved_at + budget.wall_s

    def lines(self, max_output_bytes: int | None) -> Iterator[tuple[bool, str]]:
        """(is it standard output, line) from both pipes, as they come."""
        process = self.process
        left = {process.stdout: b"", process.stderr: b""}
        output_bytes = 0
        with selectors.DefaultSelector() as selector:
            for pipe in left:
                selector.register(pipe, selectors.EVENT_READ)
            while selector.get_map():
                for pipe in self._ready(selector):
                    data = os.read(pipe.fileno(), 1 << 16)
                    if not data:
                        selector.unregister(pipe)
                    output_bytes += len(data) if pipe is process.stdout else 0
                    if max_output_bytes and output_bytes > max_output_bytes:
                        raise TooMuchOutput
                    *whole, rest = (left[pipe] + data).split(b"\n")
                    left[pipe] = rest[:MAX_LINE_BYTES]
                    for line in whole if data else filter(None, [rest]):
                        yield pipe is process.stdout, line.decode("utf-8", "replace")

    def _ready(self, selector: selectors.BaseSelector) -> list:
        """The pipes with something in them, within the wall clock's limits."""
        while True:
            left_s = self.ends_at - time.monotonic()
            wait_s = min(self.wait_s, self.budget.stall_s, left_s)
            ready = selector.select(max(wait_s, 0))
            self.wait_s = min(2 * self.wait_s, MOST_WAIT_S)
            self._look(has_spoken=bool(ready))
            stood_s = time.monotonic() - self.moved_at
            if left_s <= 0 or stood_s > self.budget.stall_s:
                raise ToolFailed("The tool made no progress in time and was stopped.")
            if ready:
                return [key.fileobj for key, _events in ready]

    def _look(self, *, has_spoken: bool) -> None:
        """How large it has become, and whether it has done something meanwhile."""
        now = time.monotonic()
        if has_spoken:
            self.moved_at = now
        if now - self.looked_at < LOOK_EVERY_S:
            return
        self.looked_at = now
        self.seen_bytes = max(self.seen_bytes, vitals.peak_bytes(self.process.pid))
        effort = vitals.effort(self.process.pid)
        if abs(effort - self.effort) >= LEAST_EFFORT:
            self.effort, self.moved_at = effort, now

    def peak_bytes(self, told_bytes: int) -> int:
        """Linux counts what we held when we forked: it tells of a larger tool only."""
        is_its_own = told_bytes > ROUGHLY * self.own_bytes
        return told_bytes if is_its_own else self.seen_bytes or told_bytes


def _wait(process: subprocess.Popen, run: Run, watch: _Watch) -> None:
    """Its end, and what it spent. It has closed its pipes, so this is soon."""
    ends_at = time.monotonic() + STALL_S
    while time.monotonic() < ends_at:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            run.returncode = ways.exit_code(process.returncode)
            run.cpu_s = usage.ru_utime + usage.ru_stime
            run.peak_bytes = watch.peak_bytes(usage.ru_maxrss << 10)
            peak.tell(run.peak_bytes)
            return
        time.sleep(0.002)
    raise ToolFailed("The tool closed its pipes and would not end.")


def _refuse_odd_files(folder: Path) -> None:
    """A tool that was taken over may leave a link to what it must not read itself."""
    with os.scandir(folder) as entries:
        for entry in entries:
            kind = entry.stat(follow_symlinks=False).st_mode
            if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
                raise ToolFailed(f"The tool left {entry.name}, which is no file.")


def _judge_end(run: Run, *, budget: Budget) -> None:
    """Tells a limit and a crash, which the file caused, from a failure of ours."""
    ended_by = -run.returncode
    if ended_by == signal.SIGXCPU or run.cpu_s >= budget.cpu_s:
        run.out_of_cpu = True
    elif ended_by in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        raise ToolFailed("The tool was stopped from outside.")
    elif ended_by > 0:
        run.crashed = True
