"""Files made to lie or to hurt: each gets a verdict, soon, and nothing is raised."""

import os
import resource
import socket
import time

import pytest

from submissions.media.examine import examine
from tests.submissions.media import makers
from tests.submissions.media.categories import GRAPHIC, PHOTO, SHORT_VIDEO

CATEGORIES = [SHORT_VIDEO, GRAPHIC, PHOTO]
PLAYLIST = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"


def box(kind, body=b"", *, length=None):
    return (length or len(body) + 8).to_bytes(4, "big") + kind + body


FTYP = box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")

CONTENTS = {
    "nothing": b"",
    "one byte": b"\0",
    "noise": bytes(range(256)) * 64,
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "svg": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "playlist": PLAYLIST,
    "concat list": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "playlist in an mp4": FTYP + box(b"mdat", PLAYLIST),
    "ftyp alone": FTYP,
    "box of no length": FTYP + bytes(64),
    "box of one": FTYP + box(b"moov", b"\0" * 8, length=1),
    "box beyond the end": FTYP + box(b"mdat", b"x" * 64, length=0xFFFFFFFF),
    "boxes without end": FTYP + box(b"free") * 200_000,
    "moov of noise": FTYP + box(b"moov", bytes(range(256)) * 64),
    "deep boxes": FTYP + box(b"moov", box(b"trak", b"\0\0\0\1mdia" * 4000)),
    "soi alone": b"\xff\xd8\xff",
    "soi and fill": b"\xff\xd8" + b"\xff" * 100_000,
    "segments without end": b"\xff\xd8" + b"\xff\xe1\0\2" * 200_000 + b"\xff\xd9",
    "segment beyond the end": b"\xff\xd8\xff\xe1\xff\xffExif\0\0",
    "gif and script": b"GIF89a=1;alert(1)//",
    "zip": b"PK\x03\x04" + bytes(64),
    "program": b"\x7fELF" + bytes(64),
}


def progressive_of(width, height):
    """A progressive JPEG whose header claims any size it likes."""
    data = bytearray(makers.jpeg_bytes(makers.photograph((64, 64)), progressive=True))
    at = data.index(b"\xff\xc2") + 5
    data[at : at + 4] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(data)


def verdict_in_time(path, category):
    began = time.monotonic()
    examination = examine(path, category=category)
    assert time.monotonic() - began < 20
    return examination


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.key)
@pytest.mark.parametrize("name", CONTENTS)
def test_every_odd_content_fails_with_a_reason(tmp_path, name, category):
    path = tmp_path / "a.mp4"
    path.write_bytes(CONTENTS[name])

    examination = verdict_in_time(path, category)

    assert examination.verdict == "failed", examination.log
    assert all(finding.message for finding in examination.findings)


@pytest.mark.parametrize("size", [(16000, 16000), (65500, 65500), (65535, 1)])
def test_a_progressive_picture_that_claims_to_be_huge_costs_nothing(tmp_path, size):
    path = tmp_path / "a.jpg"
    path.write_bytes(progressive_of(*size))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    examination = verdict_in_time(path, PHOTO)

    assert examination.verdict == "failed"
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kb < 100 << 10


def test_a_picture_of_a_thousand_scans_is_refused(tmp_path):
    data = makers.jpeg_bytes(makers.photograph((640, 480)), progressive=True)
    at = data.rindex(b"\xff\xda")
    path = tmp_path / "a.jpg"
    path.write_bytes(data[:at] + data[at:-2] * 1000 + data[-2:])

    examination = verdict_in_time(path, PHOTO)

    assert [finding.code for finding in examination.findings] == ["IMG-PIXELS-HUGE"]


@pytest.mark.parametrize("seed", range(12))
def test_a_spoiled_film_gets_a_verdict(plain_film, tmp_path, seed):
    path = tmp_path / "a.mp4"
    path.write_bytes(_spoiled(plain_film.read_bytes(), seed))

    assert verdict_in_time(path, SHORT_VIDEO).verdict != "errored"


@pytest.mark.parametrize("seed", range(12))
def test_a_spoiled_picture_gets_a_verdict(tmp_path, seed):
    path = tmp_path / "a.jpg"
    data = makers.jpeg_bytes(makers.photograph((300, 200)), dpi=(300, 300))
    path.write_bytes(_spoiled(data, seed))

    assert verdict_in_time(path, PHOTO).verdict != "errored"


def _spoiled(data, seed):
    """The first kilobytes with some bytes changed: the index and the headers."""
    spoiled = bytearray(data)
    state = seed + 1
    for _count in range(20):
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        spoiled[20 + (state >> 33) % 3000] = state >> 25 & 255
    return bytes(spoiled)


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.key)
def test_what_is_no_file_is_never_waited_for(tmp_path, category):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        found = {
            name: [
                finding.code.value
                for finding in verdict_in_time(tmp_path / name, category).findings
            ]
            for name in ("", "pipe", "socket", "/dev/zero")
        }

    assert set(map(tuple, found.values())) == {("FRM-FILE-KIND",)}


@pytest.mark.parametrize(
    "name", ["none", "none/none", "a\0b", "x" * 300, "loop", "broken", "plain/inside"]
)
def test_where_there_is_no_file_it_is_missing(tmp_path, name):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "broken").symlink_to(tmp_path / "none")
    (tmp_path / "plain").write_bytes(b"x")

    examination = verdict_in_time(tmp_path / name, PHOTO)

    assert examination.verdict == "failed"
    assert [finding.code for finding in examination.findings] == ["FRM-FILE-MISSING"]


@pytest.mark.parametrize("name", [b"..\xff\xfe.jpg", "‮gpj.exe".encode(), b"a\nb"])
def test_names_of_odd_bytes_are_only_names(tmp_path, name):
    path = makers.picture(tmp_path / os.fsdecode(name), dpi=(300, 300))

    assert verdict_in_time(path, GRAPHIC).verdict == "passed"
