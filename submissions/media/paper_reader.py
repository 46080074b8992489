"""Reads a paper, from its standard input, in a process of its own.

PDFium breaks when two threads of a process use it at once, and a paper of a few
kilobytes may unfold to gigabytes. So it is read beside the portal, within narrow
limits. What is written behind BEHIND_THE_FENCE is the answer; where that is missing,
nothing of the paper has been looked at. Knows nothing of Django.
"""

import io
import json
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

from submissions.media.fence import calls, landlock
from submissions.media.fence.accounts import Account
from submissions.media.fence.limits import PR_SET_PDEATHSIG, libc

BEHIND_THE_FENCE = b"behind the fence\n"
MOST_MEMORY_BYTES = 640 << 20
MOST_ANSWER_BYTES = 8 << 20
MOST_CPU_S = 10
PROGRAMMED_FORMS = {pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND}

MOST_PIXELS = 130_000_000  # the largest photographs of phones
MOST_PNG_PIXELS = 40_000_000  # a PNG can only be decoded at full size
DECODED_AT = (800, 800)
PAGE_WIDTH = 1240  # px, an A4 page at 150 dpi
PAGE_LONGEST = 3000  # px, of a page that is no A4
PAGE_QUALITY = 80
LOADED_LATE = ("PIL.MpoImagePlugin", "PIL.TiffImagePlugin")
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")  # of a PDF that brings none
BAD_DATA = (
    *(pypdfium2.PdfiumError, Image.DecompressionBombError),
    *(OSError, ValueError, SyntaxError, MemoryError),
)


def confine(account: Account | None, *, is_fenced: bool) -> None:
    """Nobody's rights, little memory, little time, no files but fonts, no calls that a
    reader does not need, and no life after the parent's."""
    code = rules = None
    if is_fenced:
        code = calls.program(may_run=False)
        rules = landlock.rules((Path(path), landlock.READ) for path in FONTS)
    if account:
        account.become()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_ANSWER_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    calls.give_up_privileges(libc)
    if rules is not None:
        landlock.enter(rules)
    if code:
        calls.enter(code, libc)


def look_at_pdf(data: bytes) -> bytes:
    """How many pages, whether the first has a size, whether anything in it runs."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = len(document)
            found = {
                "pages": pages,
                "has_size": pages > 0 and min(document.get_page_size(0)) > 0,
                "is_active": _is_active(document),
            }
    except pypdfium2.PdfiumError as error:
        found = {"is_locked": "password" in str(error).lower(), "is_damaged": True}
    return json.dumps(found).encode()


def _is_active(document) -> bool:
    return (
        pdfium.FPDFDoc_GetAttachmentCount(document) > 0
        or pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0
        or document.get_formtype() in PROGRAMMED_FORMS
    )


def look_at_jpeg(data: bytes) -> bytes:
    return _decoded(data, "JPEG", MOST_PIXELS)


def look_at_png(data: bytes) -> bytes:
    return _decoded(data, "PNG", MOST_PNG_PIXELS)


def _decoded(data, image_format, most_pixels) -> bytes:
    """Whether it can be decoded to its end; its size is read before."""
    try:
        with _opened(data, image_format, most_pixels) as image:
            image.draft(None, DECODED_AT)
            image.load()
    except BAD_DATA:
        return json.dumps({"is_damaged": True}).encode()
    return json.dumps({}).encode()


def _opened(data, image_format, most_pixels) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=[image_format])
    if image.width * image.height > most_pixels:
        raise ValueError(f"{image.width} × {image.height} pixels")
    return image


def page_of_pdf(data: bytes) -> bytes:
    """The first page as a JPEG."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        width, height = page.get_size()
        scale = min(PAGE_WIDTH / width, PAGE_LONGEST / height)
        return _as_page(page.render(scale=scale).to_pil())


def page_of_jpeg(data: bytes) -> bytes:
    """The picture upright, without what the file says about itself."""
    with _opened(data, "JPEG", MOST_PIXELS) as image:
        image.draft(None, (PAGE_LONGEST, PAGE_LONGEST))
        return _as_page(ImageOps.exif_transpose(image))


def _as_page(image: Image.Image) -> bytes:
    image.thumbnail((PAGE_WIDTH, PAGE_LONGEST))
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=PAGE_QUALITY, optimize=True)
    return buffer.getvalue()


LOOKS = {
    "pdf": look_at_pdf,
    "jpeg": look_at_jpeg,
    "png": look_at_png,
    "page of pdf": page_of_pdf,
    "page of jpeg": page_of_jpeg,
}


def _warm_up() -> None:
    """Load what the libraries load late: behind the fence it is out of reach."""
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    for name in LOADED_LATE:
        import_module(name)


def main(what: str, fence: str, *ids: str) -> None:
    """`fence` is "fenced" or "open"; `ids` are of the user and group to become."""
    look = LOOKS[what]
    paper = sys.stdin.buffer.read()
    _warm_up()
    account = Account(*map(int, ids)) if ids else None
    confine(account, is_fenced=fence == "fenced")
    sys.stdout.buffer.write(BEHIND_THE_FENCE)
    sys.stdout.buffer.flush()
    sys.stdout.buffer.write(look(paper))


if __name__ == "__main__":
    main(*sys.argv[1:])
