import io

import pytest
from PIL import Image

from outreach.previews import Unreadable, first_page
from submissions.media.paper_reader import PAGE_LONGEST, PAGE_WIDTH

A4_AT_300_DPI = (2480, 3508)


def page(size=A4_AT_300_DPI, colour="white"):
    return Image.new("RGB", size, colour)


def stored(*pages, form="PDF", **options):
    buffer = io.BytesIO()
    first, *rest = pages
    if rest:
        options |= {"save_all": True, "append_images": rest}
    first.save(buffer, form, **options)
    return buffer


def shown(file, content_type):
    return Image.open(io.BytesIO(first_page(file, content_type=content_type)))


def test_the_first_page_of_a_pdf_is_shown():
    red, blue = page(colour="red"), page(colour="blue")

    picture = shown(stored(red, blue, resolution=300), "application/pdf")

    assert (picture.format, picture.width) == ("JPEG", PAGE_WIDTH)
    red_value, _green, blue_value = picture.getpixel((600, 800))
    assert (red_value > 200, blue_value < 60) == (True, True)


def test_a_photo_is_shown_upright_and_without_what_it_says_about_itself():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "示例相机"
    lying = stored(page((3508, 2480)), form="JPEG", exif=exif.tobytes())

    picture = shown(lying, "image/jpeg")

    assert picture.width < picture.height
    assert dict(picture.getexif()) == {}


@pytest.mark.parametrize("form", ["PDF", "JPEG"])
def test_a_strip_stays_within_bounds(form):
    types = {"PDF": "application/pdf", "JPEG": "image/jpeg"}

    picture = shown(stored(page((300, 9000)), form=form), types[form])

    assert picture.height <= PAGE_LONGEST


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"%PDF-1.4 and nothing more", "application/pdf"),
        (b"", "application/pdf"),
        (b"\xff\xd8\xff and nothing more", "image/jpeg"),
    ],
)
def test_a_broken_file_is_unreadable(content, content_type):
    with pytest.raises(Unreadable):
        first_page(io.BytesIO(content), content_type=content_type)


def test_a_picture_of_too_many_pixels_is_not_decoded():
    whole = stored(page((20, 20)), form="JPEG").getvalue()
    at = whole.index(b"\xff\xc0") + 5
    huge = whole[:at] + (16_000).to_bytes(2, "big") * 2 + whole[at + 4 :]

    with pytest.raises(Unreadable):
        first_page(io.BytesIO(huge), content_type="image/jpeg")
