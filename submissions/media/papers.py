"""Papers beside a work, looked at before they are kept: PDF, JPEG or PNG by content.

Nothing is rendered and nothing in it is run. What is more than paper (programs, other
files, a lock) is told by a code; a person opens what passes, as a download. The entrant
waits meanwhile, so no paper may cost much: two at a time, a PDF beside this process.
"""

import io
import threading

from PIL import Image

from submissions.media import jpeg, processes
from submissions.media.codes import Code
from submissions.media.content_type import HEAD_BYTES, ContentType, foreign_kind, sniff
from submissions.media.images import is_too_big

MIME_TYPES = {
    ContentType.PDF: "application/pdf",
    ContentType.JPEG: "image/jpeg",
    ContentType.PNG: "image/png",
}
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
MOST_PAGES = 100
MOST_PIXELS = 130_000_000  # the largest photographs of phones
MOST_PNG_PIXELS = 40_000_000  # a PNG can only be decoded at full size
DECODED_AT = (800, 800)
AT_ONCE = 2  # papers in one process: a decoded PNG takes 160 MB
BAD_DATA = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
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


def check_paper(data: bytes) -> str:
    """The MIME type of a readable paper; UnfitPaper for everything else."""
    kind = sniff(data[:HEAD_BYTES])
    if kind not in MIME_TYPES:
        raise UnfitPaper(Code.FRM_PROOF_KIND, found_type=kind.value)
    with _places:
        _CHECKS[kind](data)
    return MIME_TYPES[kind]


def _check_pdf(data):
    found = processes.look_into_pdf(data) or {"is_damaged": True}
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
    if is_odd or is_too_big(structure, data_bytes=len(data)):
        raise UnfitPaper(Code.FRM_PROOF_DAMAGED)
    _decode(data, "JPEG", MOST_PIXELS)


def _check_png(data):
    _before, _end, behind = data.partition(PNG_END)
    if foreign_kind(behind):
        raise UnfitPaper(Code.FRM_PROOF_DAMAGED)
    _decode(data, "PNG", MOST_PNG_PIXELS)


def _decode(data, image_format, most_pixels):
    try:
        with Image.open(io.BytesIO(data), formats=[image_format]) as image:
            if image.width * image.height > most_pixels:
                raise UnfitPaper(Code.FRM_PROOF_DAMAGED)
            image.draft(None, DECODED_AT)
            image.load()
    except BAD_DATA as error:
        raise UnfitPaper(Code.FRM_PROOF_DAMAGED) from error


_CHECKS = {
    ContentType.PDF: _check_pdf,
    ContentType.JPEG: _check_jpeg,
    ContentType.PNG: _check_png,
}
