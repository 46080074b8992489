"""Papers are told by what is in them, and hold nothing that runs."""

import errno
import io
import os
import resource
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from submissions.media import paper_reader, papers
from submissions.media.codes import Code
from submissions.media.fence import accounts, calls, landlock
from submissions.media.papers import UnfitPaper, check_paper, first_page, read_beside
from submissions.media.tools.processes import ToolFailed
from tests.submissions.media import clamd, makers
from tests.submissions.media.fence.trying import behind
from tests.submissions.media.papers import (
    jpeg_of_many_scans,
    pdf_bytes,
    pdf_that_unfolds,
    pdf_with,
    png_bytes,
)


@pytest.mark.parametrize(
    ("data", "mime_type"),
    [
        (pdf_bytes(pages=3), "application/pdf"),
        (pdf_with(b""), "application/pdf"),
        (makers.jpeg_bytes(), "image/jpeg"),
        (png_bytes(), "image/png"),
    ],
)
def test_a_readable_paper_is_known_by_its_content(data, mime_type):
    assert check_paper(data) == mime_type


def refusal_of(data):
    with pytest.raises(UnfitPaper) as refusal:
        check_paper(data)
    return refusal.value.code


@pytest.mark.parametrize(
    ("data", "found_type"),
    [
        (b"<!doctype html><script>alert(1)</script>", "html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"PK\x03\x04", "zip"),
        (b"MZ\x90", "program"),
        (b"x", "unknown"),
    ],
)
def test_everything_else_is_refused_with_its_kind(data, found_type):
    with pytest.raises(UnfitPaper) as refusal:
        check_paper(data)

    assert refusal.value.code == Code.FRM_PROOF_KIND
    assert refusal.value.params == {"found_type": found_type}


@pytest.mark.parametrize(
    "data",
    [
        pdf_bytes(attach=b"MZ"),
        pdf_with(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
        pdf_with(b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
        pdf_with(b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>"),
    ],
)
def test_a_pdf_that_holds_more_than_paper_is_refused(data):
    assert refusal_of(data) == Code.FRM_PROOF_ACTIVE


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and nothing more",
        pdf_bytes(pages=0),
        pdf_bytes(pages=101),
        makers.jpeg_bytes()[:400],
        makers.jpeg_bytes() + b"PK\x03\x04 hidden",
        png_bytes()[:40],
        png_bytes() + b"<?php echo 1;",
        png_bytes(size=(7000, 6000)),
        jpeg_of_many_scans(200),
    ],
)
def test_what_cannot_be_opened_or_hides_something_is_refused(data):
    assert refusal_of(data) == Code.FRM_PROOF_DAMAGED


def test_many_people_may_send_a_pdf_at_the_same_moment():
    papers = [pdf_bytes(pages=1 + each % 5) for each in range(12)]

    with ThreadPoolExecutor(8) as people:
        found = list(people.map(check_paper, papers))

    assert found == ["application/pdf"] * 12


def test_a_small_pdf_that_unfolds_to_gigabytes_is_stopped_in_time():
    data = pdf_that_unfolds()

    assert len(data) < 20_000
    assert read_beside(data, "pdf") is None  # its reader was stopped
    assert refusal_of(data) == Code.FRM_PROOF_DAMAGED


def claiming(data: bytes, width: int, height: int) -> bytes:
    """A JPEG whose header tells another size than it has."""
    at = max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2")) + 5
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return data[:at] + size + data[at + 4 :]


@pytest.mark.parametrize("is_progressive", [False, True])
def test_a_picture_is_never_decoded_in_the_process_that_was_asked(is_progressive):
    photo = makers.jpeg_bytes(
        makers.photograph((6000, 4000)), progressive=is_progressive
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    check_paper(photo)
    check_paper(png_bytes(size=(6000, 6000)))
    refusal_of(claiming(photo, 16000, 16000))

    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kb < 20 << 10  # one of them takes 72 MB


def test_a_photo_from_a_phone_with_several_pictures_in_it_is_a_paper():
    buffer = io.BytesIO()
    image, exif = makers.photograph((300, 200)), Image.Exif()
    exif[0x0112] = 6
    image.save(buffer, "MPO", save_all=True, append_images=[image], exif=exif)

    assert check_paper(buffer.getvalue()) == "image/jpeg"
    page = first_page(buffer.getvalue(), mime_type="image/jpeg")
    assert Image.open(io.BytesIO(page)).size == (200, 300)


# --- Whose fault it is ---------------------------------------------------------
def failure_of(data):
    """What went wrong on our side."""
    with pytest.raises(UnfitPaper) as refusal:
        check_paper(data)
    assert refusal.value.code == Code.FRM_CHECK_ERRORED
    return str(refusal.value.__cause__)


@pytest.mark.parametrize(
    "data", [pdf_bytes(), makers.jpeg_bytes(), png_bytes()], ids=["pdf", "jpeg", "png"]
)
def test_a_reader_that_cannot_begin_is_our_failure(monkeypatch, data):
    """A machine without the library, for example."""
    monkeypatch.setattr(papers.paper_reader, "__name__", "submissions.media.nothing")

    assert "No module named" in failure_of(data)


def test_a_fence_that_cannot_be_set_up_is_our_failure(monkeypatch):
    monkeypatch.setattr(papers, "_fence", lambda: ["fenced", "no number", "0"])

    assert "could not begin" in failure_of(pdf_bytes())


def test_a_python_that_is_not_there_is_our_failure(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert "No such file" in failure_of(pdf_bytes())


def test_a_reader_that_takes_too_long_is_our_failure(monkeypatch):
    monkeypatch.setattr(papers, "WALL_S", 0.01)

    assert "timed out" in failure_of(pdf_bytes())


@pytest.mark.parametrize(
    ("ended_by", "whose"),
    [
        (signal.SIGKILL, "ours"),
        (signal.SIGTERM, "ours"),
        (signal.SIGSEGV, "the paper's"),
        (signal.SIGXCPU, "the paper's"),
    ],
)
def test_what_ends_a_reader_says_whose_fault_it_is(ended_by, whose):
    said = paper_reader.BEHIND_THE_FENCE

    try:
        answer = papers._answer(-ended_by, said, b"")
    except ToolFailed:
        assert whose == "ours"
    else:
        assert (answer, whose) == (None, "the paper's")


# --- The fence -----------------------------------------------------------------
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_paper_is_read_by_nobody_in_particular(tmp_path):
    account = accounts.unprivileged()
    secret = tmp_path / "secret"
    secret.write_text("a")
    secret.chmod(0o600)

    def act():
        paper_reader.confine(account, is_fenced=False)
        if (os.getuid(), os.getgid(), os.getgroups()) != (account.uid, account.gid, []):
            raise OSError(errno.EDOM, "still root")
        secret.read_text()

    assert behind(lambda: None, act) == "EACCES"


def test_a_reader_opens_no_file_and_no_connection():
    def enter():
        paper_reader.confine(None, is_fenced=True)

    if landlock.version():
        assert behind(enter, Path("/etc/passwd").read_text) == "EACCES"
    if calls.program(may_run=False):
        assert behind(enter, lambda: socket.socket().close()) == "EPERM"


def test_without_a_fence_limits_stay_and_papers_are_read(monkeypatch):
    monkeypatch.setenv("MEDIA_SANDBOX", "off")

    assert check_paper(pdf_bytes()) == "application/pdf"
    assert refusal_of(pdf_that_unfolds()) == Code.FRM_PROOF_DAMAGED


# --- ClamAV --------------------------------------------------------------------
INFECTED = {
    "pdf": pdf_bytes() + clamd.SIGNATURE,
    "jpeg": makers.jpeg_bytes() + clamd.SIGNATURE,
    "png": png_bytes() + clamd.SIGNATURE,
}


@pytest.mark.parametrize("kind", INFECTED)
def test_a_paper_that_clamav_objects_to_is_refused(monkeypatch, kind):
    assert check_paper(INFECTED[kind])

    with clamd.running() as (server, url):
        monkeypatch.setenv("CLAMAV_URL", url)
        assert refusal_of(INFECTED[kind]) == Code.FRM_FILE_INFECTED
        assert check_paper(pdf_bytes()) == "application/pdf"

    assert len(server.seen) == 2


def test_while_clamav_cannot_be_asked_no_paper_is_judged(monkeypatch):
    monkeypatch.setenv("CLAMAV_URL", "unix:/nowhere/clamd")

    assert "ClamAV could not be asked" in failure_of(pdf_bytes())
