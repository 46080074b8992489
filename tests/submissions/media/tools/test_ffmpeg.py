"""Processes are confined, stopped in time, and never outlive their parent."""

import os
import sys
import time
from pathlib import Path

import pytest

from submissions.media.fence import limits
from submissions.media.tools import ffmpeg, processes, vitals


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """A shell script in the place of ffmpeg; it starts others, so no fence is up."""
    monkeypatch.setenv("MEDIA_SANDBOX", "off")
    (tmp_path / "a.mp4").touch()

    def install(body):
        script = tmp_path / "tool"
        script.write_text(f"#!/bin/sh\n{body}\n")
        script.chmod(0o755)
        monkeypatch.setattr(ffmpeg, "ffmpeg_binary", lambda: str(script))

    return install


def decode(tmp_path, *, cpu_s=5, wall_s=5.0, stall_s=5.0, **limits):
    lines = {"output": [], "log": []}
    run = ffmpeg.decode(
        [],
        path=tmp_path / "a.mp4",
        scratch_dir=tmp_path,
        budget=processes.Budget(cpu_s=cpu_s, wall_s=wall_s, stall_s=stall_s, **limits),
        on_output=lines["output"].append,
        on_log=lines["log"].append,
    )
    return run, lines


def test_lines_of_both_pipes_are_handed_on(tool, tmp_path):
    tool("echo one; echo two >&2; printf three")

    run, lines = decode(tmp_path)

    assert lines == {"output": ["one", "three"], "log": ["two"]}
    assert (run.returncode, run.log) == (0, ["two"])


def test_the_input_is_fenced_in_and_named_as_a_file(tool, tmp_path):
    tool('echo "$@"')

    _run, lines = decode(tmp_path)

    words = lines["output"][0]
    assert "-protocol_whitelist file -format_whitelist mov," in words
    assert f"-i file:{tmp_path}/a.mp4" in words


def test_a_tool_that_stands_still_is_stopped_with_its_children(tool, tmp_path):
    tool("sleep 60 & echo $!; wait")
    began = time.monotonic()
    heard = []

    with pytest.raises(processes.ToolFailed):
        ffmpeg.decode(
            [],
            path=tmp_path / "a.mp4",
            scratch_dir=tmp_path,
            budget=processes.Budget(cpu_s=5, wall_s=60, stall_s=0.5),
            on_output=heard.append,
            on_log=heard.append,
        )

    assert time.monotonic() - began < 20
    assert not _is_alive(int(heard[0]))


def _is_alive(pid):
    for _try in range(50):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
            if stat.rpartition(")")[2].split()[0] == "Z":
                return False
        except FileNotFoundError:
            return False
        time.sleep(0.02)
    return True


def test_a_tool_that_burns_its_processor_time_is_stopped(tool, tmp_path):
    tool("while :; do :; done")

    run, _lines = decode(tmp_path, cpu_s=1, wall_s=30, stall_s=30)

    assert run.out_of_cpu


def in_six_naps(work):
    """A tool that says nothing until the end, longer than it may stand still."""
    return f"""exec {sys.executable} -S -c '
import time
with open("a.mp4", "rb", buffering=0) as film:
    for _nap in range(6):
        time.sleep(0.5)
        {work}
print("done")
'"""


@pytest.mark.parametrize(
    "work", ["film.seek(0), film.read()", "sum(range(20_000_000))"]
)
def test_a_silent_tool_that_reads_or_computes_may_go_on(work, tool, tmp_path):
    tool(in_six_naps(work))
    (tmp_path / "a.mp4").write_bytes(bytes(1000))

    _run, lines = decode(tmp_path, cpu_s=30, wall_s=60, stall_s=1.5)

    assert lines["output"] == ["done"]


def test_a_silent_tool_that_only_wakes_now_and_then_is_stopped(tool, tmp_path):
    tool(in_six_naps("film.seek(0)"))

    with pytest.raises(processes.ToolFailed):
        decode(tmp_path, cpu_s=30, wall_s=60, stall_s=1.5)


def test_the_memory_of_a_tool_is_its_own_however_small(tool, tmp_path):
    tool("dd if=/dev/zero of=/dev/null bs=30M count=400 2>/dev/null")

    run, _lines = decode(tmp_path)

    assert 30 << 20 <= run.peak_bytes < 45 << 20


def test_the_memory_of_a_tool_larger_than_we_are_is_told_to_the_end(tool, tmp_path):
    larger_mb = max(400, vitals.resident_bytes(os.getpid()) * 5 // 4 >> 20)
    tool(f"exec dd if=/dev/zero of=/dev/null bs={larger_mb}M count=1 2>/dev/null")

    run, _lines = decode(tmp_path, memory_bytes=2 * larger_mb << 20)

    assert larger_mb << 20 <= run.peak_bytes < larger_mb + 20 << 20


def test_a_tool_that_talks_without_end_is_stopped(tool, tmp_path):
    tool("while :; do echo chatter; done")

    with pytest.raises(processes.ToolFailed):
        decode(tmp_path, cpu_s=30, wall_s=1)


def test_a_tool_that_crashes_is_told_apart(tool, tmp_path):
    tool("kill -SEGV $$")

    run, _lines = decode(tmp_path)

    assert run.crashed


def test_a_tool_that_is_killed_is_our_failure(tool, tmp_path):
    tool("kill -KILL $$")

    with pytest.raises(processes.ToolFailed):
        decode(tmp_path)


def test_a_full_disk_is_our_failure(tool, tmp_path):
    tool("echo 'av_interleaved_write_frame(): No space left on device' >&2")

    with pytest.raises(processes.ToolFailed):
        decode(tmp_path)


def test_limits_hold_inside_the_process(tool, tmp_path):
    tool("ulimit -t; ulimit -v; ulimit -f; ulimit -c; env")

    _run, lines = decode(tmp_path, cpu_s=7)

    assert lines["output"][:4] == [
        "7",
        str(limits.MAX_ADDRESS_SPACE_BYTES >> 10),
        str(limits.MAX_FILE_BYTES >> 9),
        "0",
    ]
    names = {line.partition("=")[0] for line in lines["output"][4:]}
    assert names <= {"LC_ALL", "PATH", "PWD", "OLDPWD", "SHLVL", "_"}


def test_the_environment_chooses_the_binary(monkeypatch, tmp_path):
    monkeypatch.setenv("FFPROBE_BINARY", str(tmp_path / "mine"))
    ffmpeg.ffprobe_binary.cache_clear()

    assert ffmpeg.ffprobe_binary() == str(tmp_path / "mine")

    ffmpeg.ffprobe_binary.cache_clear()


def test_without_a_choice_the_wheel_s_binary_is_taken(monkeypatch):
    monkeypatch.delenv("FFPROBE_BINARY", raising=False)
    ffmpeg.ffprobe_binary.cache_clear()

    assert os.access(ffmpeg.ffprobe_binary(), os.X_OK)


def test_the_budget_grows_with_the_work_up_to_a_ceiling():
    small, large, endless = (
        ffmpeg.budget_for(megapixels=megapixels) for megapixels in (0, 56_000, 1e12)
    )

    assert small.cpu_s == ffmpeg.LEAST_CPU_S
    assert small.cpu_s < large.cpu_s < endless.cpu_s
    assert (endless.cpu_s, endless.wall_s) == (ffmpeg.MAX_CPU_S, ffmpeg.MAX_WALL_S)
