"""Decoded pixels made smaller and turned upright."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from submissions.media.pictures import pixels
from tests.submissions.media import makers


def uneven(height=4, width=6):
    """No two pixels are alike, and the sides differ."""
    return np.arange(height * width * 3, dtype=np.uint8).reshape(height, width, 3)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_a_camera_is_turned_upright(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(uneven())
    image.getexif().load(exif.tobytes())

    turned = pixels.turned(uneven(), orientation)

    assert np.array_equal(turned, np.asarray(ImageOps.exif_transpose(image)))


@pytest.mark.parametrize(
    ("size", "least_px", "halved"),
    [
        ((4000, 3000), 1000, (1000, 750)),
        ((1999, 1333), 1000, (1999, 1333)),
        ((2001, 1001), 1000, (1000, 500)),
        ((3000, 4000), 1000, (750, 1000)),
        ((900, 1), 100, (900, 1)),
    ],
)
def test_halving_stops_at_the_least_length(size, least_px, halved):
    found = pixels.halved(np.zeros((size[1], size[0], 3), np.uint8), least_px=least_px)

    assert found.shape[:2] == (halved[1], halved[0])


def test_a_half_is_the_mean_of_four():
    grey = np.array([[0, 4, 10, 10], [4, 8, 10, 50]], np.uint8)

    assert pixels.halved(grey, least_px=2).tolist() == [[4, 20]]


@pytest.mark.parametrize(
    ("size", "found"), [((1200, 800), (480, 320)), ((300, 200), (300, 200))]
)
def test_a_wanted_length_is_met_and_nothing_blown_up(size, found):
    small = pixels.at_most(np.asarray(makers.photograph(size)), 480)

    assert small.shape[:2] == (found[1], found[0])
