"""Papers beside a work, looked at before they are kept: PDF, JPEG or PNG by content.

Nothing in it is run. What is more than paper (programs, other files, a lock) is told by
a code; a person opens what passes, as a download. The entrant waits meanwhile, so no
paper may cost much: two at a time, each read beside this process (paper_reader).
"""

import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO

import structlog

from submissions.media import paper_reader, viruses
from submissions.media.codes import Code
from submissions.media.content_type import HEAD_BYTES, ContentType, foreign_kind, sniff
from submissions.media.fence import accounts
from submissions.media.pictures import jpeg
from submissions.media.pictures.images import is_too_big
from submissions.media.tools.processes import ToolFailed

log = structlog.get_logger(__name__)

ROOT = Path(__file__).parents[2]
MIME_TYPES = {
    ContentType.PDF: "application/pdf",
    ContentType.JPEG: "image/jpeg",
    ContentType.PNG: "image/png",
}
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
MOST_PAGES = 100
AT_ONCE = 2  # papers in one process: a decoded PNG takes 160 MB
WALL_S = 30
STOPPED_BY_OTHERS = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT}
# Names of a PDF that start something; in a paper somebody scanned there are none.
ACTIVE_NAMES = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
PNG_END = b"IEND\xae\x42\x60\x82"

_places = threading.BoundedSemaphore(AT_ONCE)


class UnfitPaper(Exception):
    """This file is not kept; `code` says why, with the parameters of its sentence."""

    def __init__(self, code: Code, **params):
        super().__init__(code)
        self.code = code
        self.params = params


class InfectedPaper(UnfitPaper):
    """ClamAV objects to it, and calls it by the name of `virus`."""

    def __init__(self, virus: str):
        super().__init__(Code.FRM_FILE_INFECTED)
        self.virus = virus


def check_paper(data: bytes) -> str:
    """The MIME type of a readable paper; UnfitPaper for everything else, also for what
    we could not look at, which may be sent again."""
    kind = sniff(data[:HEAD_BYTES])
    if kind not in MIME_TYPES:
        raise UnfitPaper(Code.FRM_PROOF_KIND, found_type=kind.value)
    refuse_infected(io.BytesIO(data))
    try:
        _CHECKS[kind](data)
    except ToolFailed as error:
        raise _not_checked(error) from error
    return MIME_TYPES[kind]


def refuse_infected(file: BinaryIO) -> None:
    """InfectedPaper for what ClamAV objects to, UnfitPaper for what it could not be
    asked about. It may take a minute to answer: whoever asks holds no row meanwhile."""
    try:
        virus = viruses.found_in(file)
    except ToolFailed as error:
        raise _not_checked(error) from error
    if virus:
        raise InfectedPaper(virus)


def _not_checked(error: ToolFailed) -> UnfitPaper:
    log.warning("a paper was not checked", reason=str(error))
    return UnfitPaper(Code.FRM_CHECK_ERRORED)


def first_page(data: bytes, *, mime_type: str) -> bytes | None:
    """A JPEG of a paper's first page; None when there is none to be seen."""
    what = "page of pdf" if mime_type == "application/pdf" else "page of jpeg"
    return read_beside(data, what)


def _check_pdf(data):
    found = _found(data, "pdf")
    if found.get("is_locked"):
        raise UnfitPaper(Code.FRM_PROOF_LOCKED)
    if found.get("is_damaged"):
        raise UnfitPaper(Code.FRM_PROOF_DAMAGED)
    if found["is_active"] or any(name in data for name in ACTIVE_NAMES):
        raise UnfitPaper(Code.FRM_PROOF_ACTIVE)
    if not (found["has_size"] and found["pages"] <= MOST_PAGES):
        raise UnfitPaper(Code.FRM_PROOF_DAMAGED)


def _check_jpeg(data):
    structure = jpeg.walk(memoryview(data))
    is_odd = structure.has_script or structure.foreign_kind
    is_too_much = is_odd or is_too_big(structure, data_bytes=len(data))
    if is_too_much or _found(data, "jpeg").get("is_damaged"):
        raise UnfitPaper(Code.FRM_PROOF_DAMAGED)


def _check_png(data):
    _before, _end, behind = data.partition(PNG_END)
    if foreign_kind(behind) or _found(data, "png").get("is_damaged"):
        raise UnfitPaper(Code.FRM_PROOF_DAMAGED)


_CHECKS = {
    ContentType.PDF: _check_pdf,
    ContentType.JPEG: _check_jpeg,
    ContentType.PNG: _check_png,
}


def _found(data, what) -> dict:
    answer = read_beside(data, what)
    return json.loads(answer) if answer else {"is_damaged": True}


def read_beside(data: bytes, what: str) -> bytes | None:
    """What paper_reader says of a paper; None when that breaks it, or would cost too
    much. Before it stands behind its fence, failures are ours.

    It confines itself: a web process has threads, which forbids doing it before.
    """
    with _places, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        try:
            ended = subprocess.run(
                [sys.executable, "-m", paper_reader.__name__, what, *_fence()],
                cwd=ROOT,
                input=data,
                stdout=said,
                stderr=errors,
                env={"LC_ALL": "C", "PATH": os.defpath},
                timeout=WALL_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ToolFailed(f"A paper could not be read: {error}") from error
        return _answer(ended.returncode, _whole(said), _whole(errors))


def _fence() -> list[str]:
    is_off = os.environ.get("MEDIA_SANDBOX", "auto") == "off"
    account = accounts.unprivileged()
    ids = [str(account.uid), str(account.gid)] if account else []
    return ["open" if is_off else "fenced", *ids]


def _whole(file) -> bytes:
    """It can be no longer than its writer's limit."""
    file.seek(0)
    return file.read()


def _answer(returncode: int, said: bytes, errors: bytes) -> bytes | None:
    before, mark, answer = said.partition(paper_reader.BEHIND_THE_FENCE)
    if before or not mark:
        told = errors[-1000:].decode("utf-8", "replace").strip()
        raise ToolFailed(f"The reader of papers could not begin: {told or returncode}")
    if returncode in STOPPED_BY_OTHERS:
        raise ToolFailed("The reader of papers was stopped from outside.")
    return answer if returncode == 0 else None
