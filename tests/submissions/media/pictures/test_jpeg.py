"""The structure of a JPEG, walked to its end with nothing decoded."""

import struct

import pytest
from PIL import Image

from submissions.media.pictures import images, jpeg
from tests.submissions.media import makers

PROFILE = bytes(range(256)) * 400


def segment(marker, body):
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def with_segments(*segments, data=None):
    data = data or makers.jpeg_bytes(makers.photograph((64, 48)))
    return data[:2] + b"".join(segments) + data[2:]


def icc_part(number, count, body):
    return segment(0xE2, b"ICC_PROFILE\0" + bytes((number, count)) + body)


def profile_parts():
    size = 40_000
    parts = [PROFILE[at : at + size] for at in range(0, len(PROFILE), size)]
    return [icc_part(n, len(parts), part) for n, part in enumerate(parts, start=1)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_parts_of_a_profile_are_put_together_by_their_numbers(order):
    parts = profile_parts()

    data = with_segments(*(parts[place] for place in order))

    assert jpeg.walk(data).icc == PROFILE


@pytest.mark.parametrize("missing", range(3))
def test_a_profile_with_a_part_missing_is_none(missing):
    parts = profile_parts()
    del parts[missing]

    assert jpeg.walk(with_segments(*parts)).icc == b""


@pytest.mark.parametrize(
    ("options", "coding", "scans"),
    [
        ({}, "baseline", 1),
        ({"progressive": True}, "progressive", 10),
        ({"restart_marker_rows": 1}, "baseline", 1),
        ({"optimize": True}, "baseline", 1),
    ],
)
def test_scans_are_counted_up_to_the_end(options, coding, scans):
    data = makers.jpeg_bytes(**options)

    found = jpeg.walk(data)

    assert (found.coding, found.scan_count, found.ends_at) == (coding, scans, len(data))


def test_bytes_that_fill_before_a_marker_are_passed_over():
    filled = b"\xff\xff\xff" + segment(0xFE, b"filled")

    found = jpeg.walk(with_segments(filled))

    assert (found.width_px, found.coding) == (64, "baseline")


def test_adobe_s_marker_may_stand_anywhere_before_the_picture():
    data = makers.jpeg_bytes(makers.photograph((64, 48), "CMYK"))
    adobe = data.index(b"\xff\xee")
    later = data[:adobe] + data[adobe + 16 :]
    at = later.index(b"\xff\xc0")

    found = jpeg.walk(later[:at] + data[adobe : adobe + 16] + later[at:])

    assert (found.mode, found.has_inverted_ink) == ("CMYK", True)


def test_a_file_cut_at_any_place_has_no_end():
    data = makers.jpeg_bytes(makers.photograph((64, 48)))

    ends = {jpeg.walk(data[:length]).ends_at for length in range(len(data))}

    assert ends == {None}


def test_data_end_at_the_first_real_marker_also_far_on(monkeypatch):
    monkeypatch.setattr(jpeg, "WINDOW", 7)
    data = makers.jpeg_bytes(progressive=True, restart_marker_rows=1)

    found = jpeg.walk(data)

    assert (found.scan_count, found.ends_at) == (10, len(data))


def test_more_segments_than_anybody_reads_are_too_much():
    data = with_segments(*[segment(0xFE, b"")] * (jpeg.MAX_SEGMENTS + 1))

    found = jpeg.walk(data)

    assert (found.is_endless, images.is_too_big(found, data_bytes=len(data))) == (
        True,
        True,
    )


def test_a_picture_in_parts_is_weighed_as_a_whole_though_one_scan_is_shown():
    data = bytearray(makers.jpeg_bytes(Image.new("RGB", (64, 48))))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", 15_000, 20_000)
    at_once = jpeg.walk(data)
    scan = data.index(b"\xff\xda")
    one_part = struct.pack(">H", 8) + bytes((1, 1, 0, 0, 63, 0))
    in_parts = jpeg.walk(data[: scan + 2] + one_part + data[scan + 14 :])

    sizes = [images.is_too_big(found, data_bytes=1) for found in (at_once, in_parts)]

    assert (in_parts.scan_count, sizes) == (1, [False, True])


@pytest.mark.parametrize(
    ("size", "progressive", "is_too_big"),
    [
        ((20_000, 15_000), False, False),
        ((20_001, 15_000), False, True),
        ((12_000, 9_000), True, False),
        ((16_000, 16_000), True, True),
        ((65_500, 4_500), True, True),
    ],
)
def test_caps_are_read_off_the_header(size, progressive, is_too_big):
    data = bytearray(
        makers.jpeg_bytes(Image.new("RGB", (64, 48)), progressive=progressive)
    )
    frame = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", size[1], size[0])

    found = jpeg.walk(data)

    assert (found.width_px, found.height_px) == size
    assert images.is_too_big(found, data_bytes=len(data)) is is_too_big
