"""Papers are told by what is in them, and hold nothing that runs."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from submissions.media import processes
from submissions.media.codes import Code
from submissions.media.papers import UnfitPaper, check_paper
from tests.submissions.media import makers
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
    assert processes.look_into_pdf(data) is None  # its reader was stopped
    assert refusal_of(data) == Code.FRM_PROOF_DAMAGED
