"""A picture is looked at apart: with the same result, without what the worker has."""

import os
import signal
import time
from pathlib import Path

import pytest
from PIL import Image

from submissions.media import looking
from submissions.media.apart import client, parcel
from submissions.media.examine import examine
from submissions.media.files import basic_facts, opened
from submissions.media.fingerprints.pictures import CORNERS_PX, corners
from submissions.media.provenance.labels import AigcLabel
from submissions.media.tools import processes
from submissions.media.tools.clocks import Clock
from tests.submissions.media import makers
from tests.submissions.media.categories import PHOTO


@pytest.fixture
def picture(tmp_path):
    image = makers.photograph((1800, 1200))
    return makers.picture(tmp_path / "a.jpg", image, dpi=(300, 300))


@pytest.fixture
def server():
    """A clean process of this test's own."""
    begun = client.Server()
    yield begun
    begun.end()


def request(folder, **changes):
    folder.mkdir()
    if account := client.accounts.unprivileged():
        account.own(folder)
    return {
        "size_bytes": 1,
        "sha256": "",
        "content_type": "jpeg",
        "folder": str(folder),
        "wants_copies": True,
        "is_fenced": True,
        "is_about": "picture",
        "label": "",
    } | changes


def test_it_finds_what_a_look_in_this_process_finds(picture, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    with opened(picture) as file:
        base = basic_facts(file)
        near = looking.at_picture(file, base=base, folder=here, wants_copies=True)
        far = client.look_at_picture(file, base=base, folder=there, wants_copies=True)

    assert far.facts == near.facts
    assert far.tool_versions == near.tool_versions
    assert {copy.path.name: copy.path.read_bytes() for copy in far.copies} == {
        copy.path.name: copy.path.read_bytes() for copy in near.copies
    }
    assert [copy.path.parent for copy in far.copies] == [there] * len(near.copies)
    assert far.prints.picture.kept.tolist() == near.prints.picture.kept.tolist()
    assert far.prints.small.tobytes() == near.prints.small.tobytes()


def test_the_clean_process_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 50)
    monkeypatch.setenv("DATABASE_URL", "postgres://someone:secret@nowhere/x")
    monkeypatch.setenv("S3_SECRET_KEY", "secret")

    server = client.Server()
    environ = Path(f"/proc/{server.process.pid}/environ").read_bytes()
    server.end()

    names = {line.partition(b"=")[0].decode() for line in environ.split(b"\0") if line}
    assert names <= {*client.ENVIRONMENT_KEPT, *client.LEAN}


def test_one_clean_process_serves_many_pictures(picture, tmp_path):
    for number in range(3):
        scratch = tmp_path / str(number)
        scratch.mkdir()
        assert len(examine(picture, category=PHOTO, scratch_dir=scratch).copies) > 1

    assert len(client._servers.idle) == 1


def test_one_that_died_is_followed_by_another(picture, tmp_path):
    examine(picture, category=PHOTO)
    client._servers.idle[0].process.kill()
    client._servers.idle[0].process.wait()

    assert examine(picture, category=PHOTO).verdict != "errored"


def test_it_ends_with_the_process_it_serves(server):
    pid = server.process.pid

    server.control.close()

    assert _ends(pid, server)


def _ends(pid, server):
    for _try in range(200):
        if server.process.poll() is not None:
            return True
        time.sleep(0.02)
    return False


def test_a_picture_that_breaks_the_look_is_unsafe(picture, monkeypatch, tmp_path):
    def crashed(file, request):
        return b"", {"returncode": -signal.SIGSEGV, "cpu_s": 1.0, "peak_bytes": 1}

    monkeypatch.setattr(client._servers, "look", crashed)

    found = examine(picture, category=PHOTO)

    assert found.verdict == "failed"
    assert [finding.code for finding in found.findings] == ["IMG-DATA-UNSAFE"]
    assert found.facts.sha256


def test_a_picture_that_takes_all_memory_is_unsafe(picture, monkeypatch):
    answer = parcel.written(parcel.Parcel(ran_out=True))
    end = {"returncode": 0, "cpu_s": 1.0, "peak_bytes": 1}
    monkeypatch.setattr(client._servers, "look", lambda file, request: (answer, end))

    found = examine(picture, category=PHOTO)

    assert [finding.code for finding in found.findings] == ["IMG-DATA-UNSAFE"]


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGTERM])
def test_a_look_stopped_from_outside_is_our_failure(picture, monkeypatch, ended_by):
    end = {"returncode": -ended_by, "cpu_s": 1.0, "peak_bytes": 1}
    monkeypatch.setattr(client._servers, "look", lambda file, request: (b"", end))

    assert examine(picture, category=PHOTO).verdict == "errored"


def test_a_look_that_takes_too_long_is_ended(picture, monkeypatch, server, tmp_path):
    monkeypatch.setattr(client, "WALL_S", 0.001)

    with (
        pytest.raises(processes.ToolFailed, match="too long"),
        picture.open("rb") as file,
    ):
        server.look(file, request(tmp_path / "scratch"))


def test_a_slip_of_ours_is_told_with_its_place(server, picture, tmp_path):
    with picture.open("rb") as file:
        answer, end = server.look(
            file, request(tmp_path / "scratch", content_type="empty")
        )

    assert end["returncode"] == 0
    assert (
        parcel.read(answer).failure == "" or "Traceback" in parcel.read(answer).failure
    )


def test_a_child_of_a_fork_starts_its_own(picture):
    examine(picture, category=PHOTO)

    pid = os.fork()
    if pid == 0:
        fine = client._servers.idle == []
        fine = fine and examine(picture, category=PHOTO).verdict != "errored"
        for each in client._servers.idle:
            each.end()
        os._exit(0 if fine else 1)
    _pid, status = os.waitpid(pid, 0)

    assert status == 0
    assert examine(picture, category=PHOTO).verdict != "errored"


def test_the_copies_that_take_long_are_made_there_too(picture, tmp_path):
    folder = tmp_path / "slow"
    folder.mkdir()

    made = client.slow_copies_of_picture(
        picture, label=AigcLabel('{"Label":"2"}'), folder=folder
    )

    kinds = {copy.kind: copy.path.read_bytes() for copy in made}
    assert {"large", "view-avif", "thumbnail-avif"} <= set(kinds)
    assert [copy.path.parent for copy in made] == [folder] * len(made)
    assert all(b"TC260" in data for data in kinds.values())


def test_what_is_spent_there_counts_as_the_jobs_own(picture, tmp_path):
    timings = {}
    clock = Clock(timings)
    ours = sum(os.times()[:4])

    client.slow_copies_of_picture(picture, label=None, folder=tmp_path)
    clock.stop()

    ours = sum(os.times()[:4]) - ours
    assert timings["cpu_s"] > ours + 0.1


def test_a_picture_whose_slow_copies_cannot_be_made_is_tried_again(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"")  # it cannot even be mapped into memory
    folder = tmp_path / "slow"
    folder.mkdir()

    with pytest.raises(processes.ToolFailed, match="slow copies"):
        client.slow_copies_of_picture(path, label=None, folder=folder)


def test_a_copy_is_seen_in_grey_as_fingerprints_compare_it(picture, tmp_path):
    found = client.grey_of_picture(picture, folder=tmp_path)

    with Image.open(picture) as image:
        image.draft("L", (CORNERS_PX, CORNERS_PX))
        seen = corners(image)
    assert max(found.size) == CORNERS_PX
    assert corners(found).points.tolist() == seen.points.tolist()


@pytest.mark.parametrize("content", [b"", b"GIF89a", makers.jpeg_bytes()[:300]])
def test_a_copy_that_is_no_picture_is_like_nothing(content, tmp_path):
    path = tmp_path / "view"
    path.write_bytes(content)

    assert client.grey_of_picture(path, folder=tmp_path) is None


def test_a_copy_that_breaks_what_looks_at_it_is_like_nothing(
    picture, monkeypatch, tmp_path
):
    crashed = {"returncode": -signal.SIGSEGV, "cpu_s": 1.0, "peak_bytes": 1}
    monkeypatch.setattr(client._servers, "look", lambda file, request: (b"", crashed))

    assert client.grey_of_picture(picture, folder=tmp_path) is None
