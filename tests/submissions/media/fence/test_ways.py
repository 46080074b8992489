"""Tools behind the fence: they work, and reach nothing but their file."""

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

import pytest

from submissions.media.fence import accounts, calls, landlock, ways
from submissions.media.fence.limits import Limits
from submissions.media.fence.ways import Way
from submissions.media.tools import ffmpeg, processes
from tests.submissions.media import makers

BUDGET = processes.Budget(cpu_s=20, wall_s=60)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("films") / "a.mp4"
    makers.film(path, size="160x90", seconds=1)
    path.chmod(0o600)
    return path


def every_way():
    """Those this machine has, with what is said of each."""
    found = {"layers": Way(layers=True)}
    account = accounts.unprivileged()
    if account and ways.reads_open_files(ffmpeg.ffmpeg_binary()):
        found["other user"] = Way(layers=True, account=account, reads_open_file=True)
    if shutil.which("bwrap"):
        found["bubblewrap"] = Way(bubblewrap=shutil.which("bwrap"))
    return found


@pytest.fixture(params=["layers", "other user", "bubblewrap"])
def way(request, monkeypatch):
    chosen = every_way().get(request.param)
    if chosen is None or ways._protocols(chosen, ffmpeg.ffmpeg_binary()) is None:
        pytest.skip("not on this machine")
    monkeypatch.setattr(ways, "way_for", lambda binary: chosen)
    monkeypatch.setattr(ffmpeg, "way_for", lambda binary: chosen)
    return chosen


def run(*arguments, source, cwd):
    return processes.run_tool(
        [ffmpeg.ffmpeg_binary(), "-nostdin", "-v", "error", "-y", *arguments],
        cwd=cwd,
        budget=BUDGET,
        source=source,
        on_output=lambda line: None,
    )


def reading(film):
    return ffmpeg.reading(film, by=ffmpeg.ffmpeg_binary())


def test_a_tool_reads_its_file_and_writes_in_its_folder(way, film, tmp_path):
    done = run(*reading(film), "-c", "copy", "copy.mp4", source=film, cwd=tmp_path)

    assert (done.returncode, done.log) == (0, [])
    assert [path.name for path in tmp_path.iterdir()] == ["copy.mp4"]
    owner = way.account.uid if way.account else os.geteuid()
    assert (tmp_path / "copy.mp4").stat().st_uid == owner


def test_it_opens_no_other_file(way, film, tmp_path):
    secret = tmp_path.parent / "secret.mp4"
    shutil.copy(film, secret)
    secret.chmod(0o644)

    done = run("-i", str(secret), "-f", "null", "-", source=film, cwd=tmp_path)

    assert done.returncode != 0
    assert "denied" in done.log[0] or "No such file" in done.log[0]


@pytest.fixture(scope="module")
def own_place(film):
    """A folder of a tool's own, which anybody may enter, with a secret in it."""
    with tempfile.TemporaryDirectory(prefix="tool-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        shutil.copy(Path(ffmpeg.ffmpeg_binary()).resolve(), place / "ffmpeg")
        shutil.copy(film, place / "secret.mp4")
        (place / "secret.mp4").chmod(0o644)
        yield place


def test_what_lies_beside_its_binary_is_hidden_from_it(
    way, own_place, film, tmp_path, monkeypatch
):
    monkeypatch.setattr(ffmpeg, "ffmpeg_binary", lambda: str(own_place / "ffmpeg"))
    secret = str(own_place / "secret.mp4")

    works = run(*reading(film), "-f", "null", "-", source=film, cwd=tmp_path)
    peeps = run("-i", secret, "-f", "null", "-", source=film, cwd=tmp_path)

    assert (works.returncode, works.log) == (0, [])
    assert peeps.returncode != 0
    assert "denied" in peeps.log[0] or "No such file" in peeps.log[0]


def test_a_binary_finds_the_shared_objects_it_is_linked_with():
    """Python has one of its own where it was not built into the system."""
    with Way(layers=True).start(
        [sys.executable, "--version"], limits=Limits(cpu_s=5)
    ) as process:
        said, errors = process.communicate(timeout=60)

    assert (said.split()[:1], errors) == ([b"Python"], b"")


def test_a_script_is_linked_with_nothing(tmp_path):
    (tmp_path / "tool").write_text("#!/bin/sh\n")

    assert ways.linked_with(tmp_path / "tool") == ()


def test_it_writes_nowhere_else(way, film, tmp_path):
    target = tmp_path.parent / "written-by-a-tool.mp4"

    done = run(*reading(film), "-c", "copy", str(target), source=film, cwd=tmp_path)

    assert not target.exists()
    assert way.bubblewrap or done.returncode  # there it wrote in a place soon gone


def test_it_reaches_no_server(way, film, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"

        done = run("-i", address, "-f", "null", "-", source=film, cwd=tmp_path)

        assert done.returncode != 0
        with pytest.raises(TimeoutError):
            server.accept()


def test_the_narrowest_way_that_works_is_taken(film):
    ways.way_for.cache_clear()

    way = ways.way_for(ffmpeg.ffmpeg_binary())

    if landlock.version() and calls.program(may_run=True) and not way.bubblewrap:
        assert str(way).startswith(f"landlock {landlock.version()}, call filter, ")
    if landlock.version() and ways.reads_open_files(ffmpeg.ffmpeg_binary()):
        assert way.account == accounts.unprivileged()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize(
    ("wanted", "version", "wrapped"),
    [
        ("auto", 4, [False, True, False]),
        ("auto", 0, [True, False, False]),
        ("bwrap", 4, [True, False, False]),
    ],
)
def test_as_root_another_user_with_landlock_comes_before_bubblewrap(
    monkeypatch, wanted, version, wrapped
):
    """In its user namespace a root stays the root of the machine."""
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/bwrap")
    monkeypatch.setattr(landlock, "version", lambda: version)

    found = list(ways._ways(wanted))

    assert [bool(way.bubblewrap) for way in found] == wrapped
    assert [bool(way.account) for way in found] == [not wrapped[0], wrapped[0], False]


def test_a_tool_that_cannot_work_behind_the_fence_works_before_it(tmp_path):
    script = tmp_path / "tool"
    script.write_text("#!/bin/sh\necho Input:; echo file; echo Output:\n")
    script.chmod(0o755)

    way = ways.way_for(str(script))

    assert way == Way() or way.bubblewrap


def test_the_fence_can_be_taken_down(monkeypatch):
    ways.way_for.cache_clear()
    monkeypatch.setenv("MEDIA_SANDBOX", "off")

    assert ways.way_for(ffmpeg.ffmpeg_binary()) == Way()

    ways.way_for.cache_clear()


def test_a_file_on_a_full_disk_is_our_failure(monkeypatch, film, tmp_path):
    def almost_none(folder):
        return shutil._ntuple_diskusage(100, 99, 1)

    monkeypatch.setattr(shutil, "disk_usage", almost_none)

    with pytest.raises(processes.ToolFailed, match="room"):
        run(*reading(film), "-c", "copy", "copy.mp4", source=film, cwd=tmp_path)


def test_a_link_left_in_the_folder_is_never_followed(film, tmp_path):
    (tmp_path / "poster.jpg").symlink_to("/etc/passwd")

    with pytest.raises(processes.ToolFailed, match="no file"):
        run(*reading(film), "-f", "null", "-", source=film, cwd=tmp_path)


def test_memory_beyond_its_limit_ends_a_tool_in_good_order(film, tmp_path):
    done = processes.run_tool(
        [
            *(ffmpeg.ffmpeg_binary(), "-nostdin", "-v", "error"),
            *("-f", "lavfi", "-i", "testsrc2=s=7680x4320:r=1:d=9"),
            *("-vf", "reverse", "-f", "null", "-"),  # keeps every frame
        ],
        cwd=tmp_path,
        budget=processes.Budget(cpu_s=60, wall_s=120, memory_bytes=200 << 20),
        on_output=lambda line: None,
    )

    assert done.out_of_memory
    assert not done.crashed
