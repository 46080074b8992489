"""The first page of a stamped copy as a small picture, to be read beside the rows."""

import io
from typing import BinaryIO

import pypdfium2
from PIL import Image, ImageOps

WIDTH = 1240  # px, an A4 page at 150 dpi
LONGEST = 3000  # px, of a page that is no A4
MOST_PIXELS = 120_000_000
QUALITY = 80


class Unreadable(Exception):
    """The file cannot be shown as a picture."""


def first_page(file: BinaryIO, *, content_type: str) -> bytes:
    """A JPEG of the first page, upright and without what the file says about itself."""
    try:
        page = _of_pdf(file) if content_type == "application/pdf" else _of_picture(file)
        page.thumbnail((WIDTH, LONGEST))
        buffer = io.BytesIO()
        page.convert("RGB").save(buffer, "JPEG", quality=QUALITY, optimize=True)
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise Unreadable(str(error)) from error
    return buffer.getvalue()


def _of_pdf(file) -> Image.Image:
    with pypdfium2.PdfDocument(file) as document:
        page = document[0]
        width, height = page.get_size()
        scale = min(WIDTH / width, LONGEST / height)
        return page.render(scale=scale).to_pil()


def _of_picture(file) -> Image.Image:
    picture = Image.open(file, formats=["JPEG"])
    if picture.width * picture.height > MOST_PIXELS:
        raise Unreadable(f"{picture.width} × {picture.height} pixels")
    return ImageOps.exif_transpose(picture)
