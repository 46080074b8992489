"""What is harmless in a JPEG hides nothing that comes behind it."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from submissions.media.examine import examine
from tests.submissions.media.categories import PHOTO


def picture():
    noise = np.random.default_rng(1).integers(0, 255, (64, 96, 3)).astype(np.uint8)
    made = BytesIO()
    Image.fromarray(noise).resize((1600, 1200)).save(made, "JPEG")
    return made.getvalue()


def as_it_is(data):
    return data


def of_an_unknown_version(data):
    at = data.index(b"JFIF\0") + 5
    return data[:at] + b"\x03" + data[at + 1 :]


def with_a_gap(data):
    behind_first = 4 + int.from_bytes(data[4:6], "big")
    return data[:behind_first] + b"abc" + data[behind_first:]


@pytest.mark.parametrize("odd", [as_it_is, of_an_unknown_version, with_a_gap])
def test_lost_data_is_seen_behind_what_is_harmless(odd, tmp_path):
    whole = odd(picture())
    (tmp_path / "whole.jpg").write_bytes(whole)
    (tmp_path / "half.jpg").write_bytes(whole[: len(whole) // 2] + whole[-2:])

    found = [
        {finding.code for finding in examine(tmp_path / name, category=PHOTO).findings}
        for name in ("whole.jpg", "half.jpg")
    ]

    assert found[1] - found[0] == {"IMG-DATA-TRUNCATED"}
