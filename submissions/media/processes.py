"""Starts tools, and is the only place that starts a process.

Every run has list arguments, no network, limits on processor time, memory, file size
and wall time, and dies with its parent.
"""

import ctypes
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

MAX_ADDRESS_SPACE_BYTES = 4 << 30
MAX_FILE_BYTES = 256 << 20
STALL_S = 60  # without a sign of progress
PDF_LOOK = Path(__file__).with_name("pdf_look.py")
PDF_WALL_S = 30
KEPT_LOG_LINES = 200
MAX_LINE_BYTES = 1 << 20
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class ToolFailed(Exception):
    """Our side failed: a tool is missing, was killed, or found no room to work in."""


class TooMuchOutput(Exception):
    """The file makes the tool say more than any honest file does."""


@dataclass
class Run:
    """How a process ended. `log` keeps the first lines of its standard error."""

    returncode: int = 0
    out_of_cpu: bool = False
    crashed: bool = False
    log: list[str] = field(default_factory=list)

    def keep(self, line: str) -> None:
        if len(self.log) < KEPT_LOG_LINES:
            self.log.append(line[:500])
        if "received signal 24" in line:  # ffmpeg ends in good order on SIGXCPU
            self.out_of_cpu = True
        if "No space left on device" in line:
            raise ToolFailed("There is no room left to work in.")


@dataclass(frozen=True)
class Budget:
    """What one run may spend."""

    cpu_s: int
    wall_s: float
    stall_s: float = STALL_S
    file_bytes: int = MAX_FILE_BYTES  # of any file it writes


def look_into_pdf(data: bytes) -> dict | None:
    """What pdf_look.py says of a PDF; None when that breaks, or would cost too much.

    It confines itself: a web process has threads, which forbids doing it before.
    """
    try:
        ended = subprocess.run(
            [sys.executable, "-I", str(PDF_LOOK)],
            input=data,
            capture_output=True,
            env={"LC_ALL": "C", "PATH": os.defpath},
            timeout=PDF_WALL_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        raise ToolFailed(f"The reader of PDFs could not be started: {error}") from error
    return json.loads(ended.stdout) if ended.returncode == 0 else None


def run_tool(
    command: list[str],
    *,
    cwd: Path,
    budget: Budget,
    on_output: Callable[[str], None],
    on_log: Callable[[str], None] = lambda line: None,
    max_output_bytes: int | None = None,
) -> Run:
    run = Run()
    spent_before = _children_cpu_s()
    with _started(command, cwd=cwd, budget=budget) as process:
        lines = _lines(process, budget=budget, max_output_bytes=max_output_bytes)
        for is_output, line in lines:
            if is_output:
                on_output(line)
            else:
                run.keep(line)
                on_log(line)
        run.returncode = process.wait(timeout=STALL_S)
    _judge_end(run, cpu_s=_children_cpu_s() - spent_before, budget=budget)
    return run


def _children_cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def _started(
    command: list[str], *, cwd: Path, budget: Budget
) -> Iterator[subprocess.Popen]:
    """A process in a session of its own; whatever happens, none of it is left."""
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={"LC_ALL": "C", "PATH": os.defpath},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=lambda: _confine(budget),
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


def _confine(budget: Budget) -> None:
    """Runs in the child before the tool does."""
    resource.setrlimit(resource.RLIMIT_CPU, (budget.cpu_s, budget.cpu_s + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESS_SPACE_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (budget.file_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _lines(
    process: subprocess.Popen, *, budget: Budget, max_output_bytes: int | None
) -> Iterator[tuple[bool, str]]:
    """(is it standard output, line) from both pipes, under the wall clock's limits."""
    ends_at = time.monotonic() + budget.wall_s
    left = {process.stdout: b"", process.stderr: b""}
    output_bytes = 0
    with selectors.DefaultSelector() as selector:
        for pipe in left:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            wait_s = min(budget.stall_s, ends_at - time.monotonic())
            ready = selector.select(max(wait_s, 0))
            if not ready:
                raise ToolFailed("The tool made no progress in time and was stopped.")
            for key, _events in ready:
                pipe = key.fileobj
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


def _judge_end(run: Run, *, cpu_s: float, budget: Budget) -> None:
    """Tells a limit and a crash, which the file caused, from a failure of ours."""
    ended_by = -run.returncode
    if ended_by == signal.SIGXCPU or cpu_s >= budget.cpu_s:
        run.out_of_cpu = True
    elif ended_by in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        raise ToolFailed("The tool was stopped from outside.")
    elif ended_by > 0:
        run.crashed = True
