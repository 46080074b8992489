"""What is said of a picture whose data end before it does."""

import numpy as np
import pytest
from PIL import Image

from submissions.media.examine import examine
from submissions.media.pictures import jpeg, jpeg_pixels
from tests.submissions.media import makers
from tests.submissions.media.categories import GRAPHIC

END = b"\xff\xd9"
TRUNCATED, GLITCH = "IMG-DATA-TRUNCATED", "IMG-DATA-GLITCH"


def grainy():
    noise = np.random.default_rng(5).integers(0, 30, (900, 1200, 1)).astype(np.uint8)
    return Image.fromarray(np.asarray(makers.photograph((1200, 900))) // 2 + noise)


def cut(share):
    return lambda data: data[: int(len(data) * share)] + END


def before_scan(number):
    """Nothing from this scan on, and no tables for it."""

    def spoiled(data):
        ends = [scan.ends_at for scan in jpeg.walk(memoryview(data)).scans]
        return data[: ends[number - 1] - 2] + END

    return spoiled


def in_scan(number):
    def spoiled(data):
        scan = jpeg.walk(memoryview(data)).scans[number]
        return data[: (scan.starts_at + scan.ends_at) // 2] + END

    return spoiled


@pytest.mark.parametrize(
    ("mode", "options", "spoil", "code"),
    [
        ("RGB", {}, cut(0.3), TRUNCATED),
        ("RGB", {}, cut(0.5), TRUNCATED),
        ("RGB", {}, cut(0.9), TRUNCATED),
        ("RGB", {}, cut(0.99), GLITCH),
        ("L", {}, cut(0.5), TRUNCATED),
        ("CMYK", {}, cut(0.5), TRUNCATED),
        ("RGB", {"restart_marker_rows": 2}, cut(0.5), TRUNCATED),
        ("RGB", {"restart_marker_rows": 2}, cut(0.99), GLITCH),
        ("RGB", {"progressive": True}, cut(0.05), TRUNCATED),
        ("RGB", {"progressive": True}, in_scan(5), TRUNCATED),
        ("RGB", {"progressive": True}, in_scan(9), GLITCH),
        ("RGB", {"progressive": True}, before_scan(9), GLITCH),
    ],
    ids=[
        *("30 %", "half", "90 %", "99 %", "half grey", "half of ink"),
        *("half with restarts", "99 % with restarts", "first scan", "sixth scan"),
        *("half of the finest", "without the finest"),
    ],
)
def test_lost_data_before_an_end_marker(mode, options, spoil, code, tmp_path):
    whole = makers.jpeg_bytes(grainy().convert(mode), dpi=(300, 300), **options)
    (tmp_path / "whole.jpg").write_bytes(whole)
    (tmp_path / "spoiled.jpg").write_bytes(spoil(whole))

    found = [
        [finding.code for finding in examine(path, category=GRAPHIC).findings]
        for path in (tmp_path / "whole.jpg", tmp_path / "spoiled.jpg")
    ]

    said = [[each for each in codes if each.startswith("IMG-DATA")] for codes in found]
    assert said == [[], [code]]


@pytest.mark.parametrize(
    ("rows", "share"), [([9, 9], 0.0), ([9, 128], 0.5), ([128, 129], 1.0)]
)
@pytest.mark.parametrize("shape", [(), (3,), (4,)])
def test_what_was_never_decoded_is_blank_at_the_lower_edge(rows, share, shape):
    pixels = np.array(rows, np.uint8).repeat(5).reshape(2, 5)
    pixels = np.broadcast_to(pixels.reshape(2, 5, *(1 for _ in shape)), (2, 5, *shape))

    assert jpeg_pixels.missing_share(pixels) == share
