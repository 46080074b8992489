"""What an inspection of a film costs beside a plain decode of it, in turn.

The inspection runs in a process forked for it, as one job of a worker would: what it
spends itself and what its tools spend are told apart, and no import is counted.
"""

import multiprocessing
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from contests.rulebook import (
    Category,
    CountLimit,
    DurationLimit,
    FormatLimit,
    Limits,
)
from submissions.media import looking
from submissions.media.examine import examine
from submissions.media.facts import FileFacts
from submissions.media.fence import ways
from submissions.media.files import basic_facts, opened
from submissions.media.films import (
    boxes,
    decoding,
    playback,
    posters,
    storyboards,
    video,
)
from submissions.media.films.graphs import POSTER_PX
from submissions.media.fingerprints import films, prints
from submissions.media.tools.ffmpeg import ffmpeg_binary, ffprobe_binary

CATEGORY = Category(
    key="film",
    name="film",
    media="video",
    summary="film",
    limits=Limits(
        format=FormatLimit(rule="1", clause="-", container="mp4"),
        count=CountLimit(rule="1", clause="-", min=1, max=1),
        duration=DurationLimit(rule="1", clause="-", max_s=3600),
    ),
)
_forking = multiprocessing.get_context("fork")
LOOK_EVERY_S = 0.002
LOOK_AT_MEMORY_EVERY_S = 0.1
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Processor and wall seconds, and the most memory resident."""

    cpu_s: float
    wall_s: float
    tool_mb: float
    own_cpu_s: float = 0.0  # of cpu_s, what is not its tools'
    own_mb: float = 0.0
    copy_cpu_s: float = 0.0  # of cpu_s and wall_s, what the copy for viewing took
    copy_wall_s: float = 0.0

    @property
    def without_copy(self) -> "Spent":
        """The inspection itself: all but the copy that browsers play."""
        return replace(
            self,
            cpu_s=self.cpu_s - self.copy_cpu_s,
            wall_s=self.wall_s - self.copy_wall_s,
        )


def plain_decode(path: Path, *, threads: int | None = None) -> Spent:
    """ffmpeg decodes into nothing, by the same binary."""
    began = time.monotonic()
    process = subprocess.Popen(
        [
            *(ffmpeg_binary(), "-v", "error", "-nostdin"),
            *(("-threads", str(threads)) if threads else ()),
            *("-i", str(path), "-f", "null", "-"),
        ],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(
        usage.ru_utime + usage.ru_stime,
        time.monotonic() - began,
        usage.ru_maxrss / 1024,
    )


def inspection(path: Path) -> Spent:
    """Everything the worker does with a film but for the database; what the copy of its
    streams took of that is told apart."""
    spent, tool_mb = _apart(_inspect, path)
    return replace(spent, tool_mb=tool_mb)


def _inspect(path: Path, folder: Path) -> Spent:
    _reset_peak()
    playback.copied = copying = _Timed(playback.copied)  # in this process only
    before, began = _cpu_s(), time.monotonic()
    examination = examine(path, category=CATEGORY, scratch_dir=folder)
    films.kept_of(examination.prints.film)
    own_s, tools_s = (now - then for now, then in zip(_cpu_s(), before, strict=True))
    return Spent(
        cpu_s=own_s + tools_s,
        wall_s=time.monotonic() - began,
        tool_mb=0.0,
        own_cpu_s=own_s,
        own_mb=_peak_mb(os.getpid()),
        copy_cpu_s=copying.cpu_s,
        copy_wall_s=copying.wall_s,
    )


class _Timed:
    """A function, and what its calls spent."""

    def __init__(self, function: Callable):
        self.function = function
        self.cpu_s = self.wall_s = 0.0

    def __call__(self, *arguments, **options):
        before, began = sum(_cpu_s()), time.monotonic()
        try:
            return self.function(*arguments, **options)
        finally:
            self.cpu_s += sum(_cpu_s()) - before
            self.wall_s += time.monotonic() - began


def steps(path: Path) -> dict[str, float]:
    """CPU seconds of each step of an inspection, our own and the tools' together."""
    taken, _tool_mb = _apart(_step_by_step, path)
    return taken


def _step_by_step(path: Path, folder: Path) -> dict[str, float]:
    taken: dict[str, float] = {}

    def timed(name: str, step: Callable):
        before = sum(_cpu_s())
        found = step()
        taken[name] = sum(_cpu_s()) - before
        return found

    with opened(path) as file:
        base = timed("checksum", lambda: basic_facts(file))
        container = boxes.walk(file, size_bytes=base.size_bytes)
        timed("probe", lambda: video.header_of(path, container))
        film = timed(
            "probe and pass",
            lambda: video.look_at(file, path=path, base=base, scratch_dir=folder),
        )
    taken["pass"] = taken.pop("probe and pass") - taken["probe"]
    label, facts = film.label, film.facts
    timed("stills", lambda: posters.poster(film.posters, folder=folder, label=label))
    timed(
        "storyboard",
        lambda: storyboards.storyboard(film.tiles, folder=folder, label=label),
    )
    timed(
        "stream copy",
        lambda: playback.copied(path, facts=facts, folder=folder, label=label),
    )
    found = timed("frames", lambda: prints.of_film(film.frames, film.sound_print))
    timed("fingerprints", lambda: films.kept_of(found.film))
    taken["fingerprints"] += taken.pop("frames")
    return taken


def first_poster(path: Path) -> tuple[float, float]:
    """CPU and wall seconds from the start of a look at a film, its checksum known, to a
    poster being there."""
    folder = Path(tempfile.mkdtemp())
    with opened(path) as file:
        base = basic_facts(file)
    process = _forking.Process(target=_look_only, args=(path, base, folder))
    began = time.monotonic()
    process.start()
    try:
        while not _is_whole(folder / decoding.POSTERS):
            if not process.is_alive():
                raise RuntimeError(f"no poster of {path.name}")
            time.sleep(LOOK_EVERY_S)
        return _cpu_of_family(process.pid), time.monotonic() - began
    finally:
        process.kill()
        process.join()
        shutil.rmtree(folder)


def _is_whole(posters: Path) -> bool:
    """Whether the first poster of a film in 16:9 has been written."""
    least_bytes = 3 * POSTER_PX * (POSTER_PX * 9 // 16)
    return posters.exists() and posters.stat().st_size >= least_bytes


def _look_only(path: Path, base: FileFacts, folder: Path) -> None:
    with opened(path) as file:
        looking.at_film(
            file,
            path=path,
            base=base,
            folder=folder,
            wants_copies=False,
            stop_after_s=None,
            on_progress=None,
        )


def warm_up() -> None:
    """What a worker does once in its life: fences its tools in, loads its coders."""
    Image.init()
    Image.new("RGB", (8, 8)).save(BytesIO(), "WEBP")
    for binary in (ffmpeg_binary(), ffprobe_binary()):
        ways.way_for(binary)


def _apart(work: Callable, path: Path) -> tuple:
    """What work returns that runs in a process of its own, in a folder soon gone, and
    the most memory one of its tools had.

    The kernel's own record of that begins with the process a tool was forked from.
    """
    tool_mb = 0.0
    receiving, sending = _forking.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as folder:
        process = _forking.Process(
            target=lambda: sending.send(work(path, Path(folder)))
        )
        process.start()
        sending.close()
        try:
            while not receiving.poll(LOOK_AT_MEMORY_EVERY_S):
                tool_mb = max([tool_mb, *map(_peak_mb, _tools(process.pid))])
            return receiving.recv(), tool_mb
        finally:
            process.join()


def _cpu_s() -> tuple[float, float]:
    """Of this process, and of the tools it has waited for."""
    spent = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    usages = map(resource.getrusage, spent)
    own_s, tools_s = (usage.ru_utime + usage.ru_stime for usage in usages)
    return own_s, tools_s


def _cpu_of_family(pid: int) -> float:
    """Of a process, of what it has waited for, and of its children still running."""
    ticks = sum(_times(pid))
    ticks += sum(sum(_times(child)) for child in _children(pid))
    return ticks / TICKS_PER_S


def _children(pid: int) -> list[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(word) for word in found.split()]


def _tools(pid: int) -> list[int]:
    """Children that have become another program by now."""
    return [child for child in _children(pid) if _program(child) != _program(pid)]


def _program(pid: int) -> str:
    try:
        return str(Path(f"/proc/{pid}/exe").readlink())
    except OSError:
        return ""


def _times(pid: int) -> list[int]:
    """User and system time, its own and of its children, in ticks."""
    stat = Path(f"/proc/{pid}/stat").read_text()
    return [int(word) for word in stat.rpartition(")")[2].split()[11:15]]


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak_mb(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
