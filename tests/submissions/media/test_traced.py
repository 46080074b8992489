"""No file makes its examination open another one, or a connection: strace shows it."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bench.fuzz.pictures import XMP_HEAD, with_segment
from contest_portal.env import BASE_DIR
from tests.submissions.media import makers, traced

STRACE = shutil.which("strace")
CALLS = "openat,open,creat,openat2,socket,connect,sendto,execve,stat,newfstatat"
# Libraries, what the machine says of itself, and nothing of anybody's.
EVERYBODYS = (
    *("/usr/", "/lib/", "/lib64/", "/bin/", "/etc/ld.so.cache", "/etc/localtime"),
    *("/proc/self/", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/"),
    *("/dev/null", "/dev/urandom", "/sys/devices/system/", "/sys/fs/cgroup"),
    *(f"{sys.prefix}/", f"{Path(sys.prefix).resolve()}/", f"{sys.base_prefix}/"),
    f"{BASE_DIR}/submissions/",
)
OPENED = re.compile(r'(?:open|openat|openat2|creat)\(.*?"([^"]*)".*\) = (-?\d+)')
OF_A_PROCESS = re.compile(r"/proc/\d+/")
pytestmark = pytest.mark.skipif(STRACE is None, reason="no strace")


@pytest.fixture(scope="module")
def server():
    """Where a file would have itself fetched from; nobody should come."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        yield listening


def box(kind, body):
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def with_reference(film: bytes, address: bytes) -> bytes:
    """A film whose samples lie elsewhere: its data reference names a file."""
    own = box(b"url ", b"\0\0\0\1")
    other = box(b"url ", bytes(4) + address + b"\0")
    at = film.index(own)
    grown = len(other) - len(own)
    spoiled = bytearray(film[:at] + other + film[at + len(own) :])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        place = film.index(kind) - 4
        length = int.from_bytes(film[place : place + 4], "big") + grown
        spoiled[place : place + 4] = length.to_bytes(4, "big")
    return bytes(spoiled)


def crafted(film: bytes, picture: bytes, secret: Path, url: bytes) -> dict[str, bytes]:
    here = os.fsencode(secret)
    xmp = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file://%b">'
        b'<!ENTITY %% b SYSTEM "%b">%%b;]><x:xmpmeta xmlns:x="adobe:ns:meta/">&a;'
        b"</x:xmpmeta>" % (here, url)
    )
    elsewhere = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        b'xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="%b"/>'
        b"</rdf:RDF></x:xmpmeta>" % url
    )
    hls = b"#EXTM3U\n#EXTINF:1,\nfile://%b\n#EXTINF:1,\n%b\n" % (here, url)
    concat = b"ffconcat version 1.0\nfile '%b'\nfile '%b'\n" % (here, url)
    page = b'<img src="%b"><iframe src="file://%b">' % (url, here)
    ftyp = box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")
    return {
        "dref-file.mp4": with_reference(film, b"file://" + here),
        "dref-url.mp4": with_reference(film, url),
        "hls.mp4": hls,
        "concat.mp4": concat,
        "hls-inside.mp4": ftyp + box(b"mdat", hls) + box(b"moov", hls),
        "concat-behind.mp4": film + concat,
        "page.mp4": b"<!doctype html>" + page,
        "entities.jpg": with_segment(picture, 0xE1, XMP_HEAD + xmp),
        "manifest-elsewhere.jpg": with_segment(picture, 0xE1, XMP_HEAD + elsewhere),
        "comment.jpg": with_segment(picture, 0xFE, page),
        "drawing.jpg": b'<svg xmlns="http://www.w3.org/2000/svg">' + page,
    }


@pytest.fixture(scope="module")
def traces(tmp_path_factory, server):
    """(what it said, lines between the marks, the folder of the files)."""
    folder = tmp_path_factory.mktemp("crafted")
    warming, files = folder / "warming", folder / "files"
    scratch = folder / "scratch"
    for each in (warming, files, scratch):
        each.mkdir()
    secret = folder / "secret.mp4"
    film = makers.film(warming / "a.mp4", size="160x90", seconds=1).read_bytes()
    picture = makers.picture(warming / "a.jpg", makers.photograph((300, 200)))
    secret.write_bytes(film)
    secret.chmod(0o644)
    url = b"http://127.0.0.1:%d/a.mp4" % server.getsockname()[1]
    for name, content in crafted(film, picture.read_bytes(), secret, url).items():
        (files / name).write_bytes(content)
    log = folder / "log"
    done = subprocess.run(
        [
            *(STRACE, "-f", "-qq", "-s", "400", "-e", f"trace={CALLS}", "-o", str(log)),
            *(sys.executable, "-m", traced.__name__, str(warming)),
            *map(str, sorted(files.iterdir())),
        ],
        cwd=BASE_DIR,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "tests.settings", "TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    lines = log.read_text(errors="replace")
    between = lines.partition(traced.BEGUN)[2].partition(traced.ENDED)[0]
    names = {path.name for path in files.iterdir()}
    said = [line for line in done.stdout.splitlines() if line.split()[0] in names]
    return said, between.splitlines(), folder


def test_every_crafted_file_is_judged(traces):
    said, _lines, folder = traces

    assert len(said) == len(list((folder / "files").iterdir()))
    assert {line.split()[1] for line in said} <= {"failed", "review", "passed"}


def test_the_trace_shows_what_is_opened(traces):
    _said, lines, _folder = traces

    assert [line for line in lines if "hls.mp4" in line]
    assert [line for line in lines if "execve(" in line and "ffprobe" in line]


def test_none_opens_another_file(traces):
    _said, lines, folder = traces
    allowed = (*EVERYBODYS, f"{folder}/files/", f"{folder}/scratch/")

    opened = {
        match[1]
        for line in lines
        if (match := OPENED.search(line)) and int(match[2]) >= 0
        if "O_PATH" not in line  # which only names a folder, for the fence
    }
    others = {
        path for path in opened if path.startswith("/") and not path.startswith(allowed)
    }

    assert {path for path in others if not OF_A_PROCESS.match(path)} == set()
    assert not [line for line in lines if "secret.mp4" in line and "= -1" not in line]


def test_none_opens_a_connection(traces, server):
    _said, lines, _folder = traces

    calls = [line for line in lines if re.search(r"\b(socket|connect)\(", line)]

    assert calls == []
    with pytest.raises(TimeoutError):
        server.accept()
