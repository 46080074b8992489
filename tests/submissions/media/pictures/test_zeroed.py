"""Holes of zeros that decoders say nothing about, and zeros that belong there."""

import io

import pytest
from PIL import Image

from submissions.media.pictures import jpeg, zeroed
from submissions.media.pictures.zeroed import Scan
from tests.submissions.media import makers


def noisy(size=(800, 600)):
    """As grainy as a photograph, so that no row of zeros comes about by itself."""
    return Image.effect_noise(size, 40).convert("RGB")


def with_hole(data, count):
    at = len(data) * 7 // 10
    return data[:at] + bytes(count) + data[at + count :]


def has_hole(data):
    return zeroed.has_hole(data, jpeg.walk(data).scans)


@pytest.mark.parametrize("count", [40, 64, 4096])
@pytest.mark.parametrize(
    "options",
    [{}, {"optimize": True}, {"progressive": True}, {"restart_marker_rows": 4}],
)
def test_a_hole_is_seen_in_every_coding(options, count):
    data = makers.jpeg_bytes(noisy(), **options)

    assert (has_hole(data), has_hole(with_hole(data, count))) == (False, True)


@pytest.mark.parametrize("optimize", [False, True])
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("colour", ["black", "white"])
def test_a_blank_page_has_no_hole(mode, colour, progressive, optimize):
    page = Image.new("RGB", (2000, 1500), colour).convert(mode)

    data = makers.jpeg_bytes(page, progressive=progressive, optimize=optimize)

    assert has_hole(data) is False


def test_zeros_outside_scans_are_nobody_s_business():
    data = makers.jpeg_bytes(noisy(), comment=bytes(5000)) + bytes(5000)

    assert has_hole(data) is False


def test_a_cut_table_ends_the_reading_of_tables():
    whole = bytes([0x10, *([0] * 15), 1, 0x05])

    assert zeroed.first_symbols(whole + whole[:9]) == {0x10: 0x05}


def test_a_hole_counts_only_where_it_tells():
    data = bytes([1]) * 64 + bytes(64)

    found = [zeroed.has_hole(data, [Scan(0, 128, tells)]) for tells in (True, False)]

    assert found == [True, False]


def test_a_flat_picture_with_sharp_writing_has_no_hole():
    page = Image.new("RGB", (1200, 900), "white")
    page.paste((0, 0, 128), (100, 100, 900, 130))
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=95, subsampling=0, progressive=True)

    assert has_hole(buffer.getvalue()) is False
