"""Files that are two things at once: judged as one, and served as nothing else."""

from pathlib import Path

import pytest

from bench.fuzz.pictures import with_segment
from submissions.media.examine import examine
from tests.submissions.media import makers
from tests.submissions.media.categories import PHOTO, SHORT_VIDEO

PHP = b"<?php system($_GET['c']); ?>"
SCRIPT = b"<script>alert(document.domain)</script>"
ZIP = b"PK\x03\x04" + bytes(26) + b"payload.php" + PHP
EXIF_HEAD = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x0e\0\2\0\0\0\x1c\0\0\0\x1a\0\0\0\0"


def exif_with(text: bytes) -> bytes:
    """An EXIF block whose description is this text."""
    return EXIF_HEAD.replace(b"\0\0\0\x1c", len(text).to_bytes(4, "big")) + text


@pytest.fixture(scope="module")
def plain():
    return makers.jpeg_bytes(makers.photograph((1800, 1200)), dpi=(300, 300))


def polyglots(plain):
    return {
        "zip behind": plain + ZIP,
        "php behind": plain + PHP,
        "page behind": plain + b"<!doctype html>" + SCRIPT,
        "pdf behind": plain + b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>",
        "php in the comment": with_segment(plain, 0xFE, PHP),
        "php in the exif": with_segment(plain, 0xE1, exif_with(PHP)),
        "page in the comment": with_segment(plain, 0xFE, SCRIPT),
        "zip in a segment": with_segment(plain, 0xEF, ZIP),
    }


def copies_of(path: Path, category, scratch: Path):
    scratch.mkdir()
    found = examine(path, category=category, scratch_dir=scratch)
    return found, [copy.path.read_bytes() for copy in found.copies]


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("zip behind", "review"),
        ("php behind", "review"),
        ("page behind", "review"),
        ("pdf behind", "review"),
        ("php in the comment", "review"),
        ("php in the exif", "review"),
        ("page in the comment", "review"),
        ("zip in a segment", None),
    ],
)
def test_nothing_but_the_picture_gets_into_a_copy(tmp_path, plain, name, verdict):
    path = tmp_path / "a.jpg"
    path.write_bytes(polyglots(plain)[name])

    found, copies = copies_of(path, PHOTO, tmp_path / "scratch")

    assert copies
    for payload in (PHP, SCRIPT, ZIP[:4], b"%PDF", b"payload.php"):
        assert not [copy for copy in copies if payload in copy]
    if verdict:
        assert found.verdict == verdict
        assert "IMG-DATA-FOREIGN" in [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a/*" + bytes(300) + b"*/=1;alert(document.domain)//",
        b"%PDF-1.7\n" + SCRIPT,
        b"<!doctype html>" + SCRIPT,
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT,
        ZIP,
        PHP,
        b"BM" + bytes(60) + SCRIPT,
    ],
    ids=["gif", "pdf", "html", "svg", "zip", "php", "bmp"],
)
@pytest.mark.parametrize("category", [PHOTO, SHORT_VIDEO], ids=["photo", "film"])
def test_what_only_has_the_name_of_a_picture_is_refused(tmp_path, content, category):
    path = tmp_path / "a.jpg"
    path.write_bytes(content)

    found, copies = copies_of(path, category, tmp_path / "scratch")

    assert (found.verdict, copies) == ("failed", [])


@pytest.mark.parametrize(
    "attached",
    [
        ZIP,
        b"<!doctype html>" + SCRIPT,
        (len(SCRIPT) + 8).to_bytes(4, "big") + b"free" + SCRIPT,
        (len(ZIP) + 8).to_bytes(4, "big") + b"uuid" + ZIP,
    ],
    ids=["zip behind", "page behind", "page in a box", "zip in a box"],
)
def test_nothing_but_the_film_gets_into_a_copy(tmp_path, plain_film, attached):
    path = tmp_path / "a.mp4"
    path.write_bytes(plain_film.read_bytes() + attached)

    found, copies = copies_of(path, SHORT_VIDEO, tmp_path / "scratch")

    assert found.verdict in ("passed", "review")
    assert "view" in makers.by_kind(found)
    for payload in (PHP, SCRIPT, ZIP):
        assert not [copy for copy in copies if payload in copy]
