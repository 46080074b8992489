"""Colours of other profiles in sRGB, and sRGB known by what it does."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms

from submissions.media.pictures import profiles
from tests.submissions.media import makers

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
P3_PRIMARIES = {
    b"rXYZ": (0.5151, 0.2412, -0.0011),
    b"gXYZ": (0.2919, 0.6922, 0.0419),
    b"bXYZ": (0.1572, 0.0666, 0.7841),
}
ADOBE_PRIMARIES = {
    b"rXYZ": (0.6097, 0.3111, 0.0195),
    b"gXYZ": (0.2053, 0.6257, 0.0609),
    b"bXYZ": (0.1492, 0.0632, 0.7446),
}
GAMMA_2_2 = makers.curve_tag(563 / 256)


def pixels_of(image):
    return np.asarray(image)


def reference(image, icc):
    """The same conversion of the whole picture by the colour engine."""
    profile = ImageCms.ImageCmsProfile(BytesIO(icc))
    srgb = ImageCms.createProfile("sRGB")
    return np.asarray(ImageCms.profileToProfile(image, profile, srgb, outputMode="RGB"))


def test_srgb_is_known_whatever_it_is_called():
    renamed = makers.profile(SRGB, name="c2")

    assert (profiles.name_of(renamed), profiles.is_srgb(renamed)) == ("c2", True)


@pytest.mark.parametrize(
    "changes",
    [
        P3_PRIMARIES,
        ADOBE_PRIMARIES,
        {b"rTRC": GAMMA_2_2, b"gTRC": GAMMA_2_2, b"bTRC": GAMMA_2_2},
    ],
    ids=["Display P3", "Adobe RGB", "a plain power"],
)
def test_another_profile_is_none_of_it_even_if_it_says_so(changes):
    other = makers.profile(SRGB, name="sRGB", tags=changes)

    assert profiles.is_srgb(other) is False


@pytest.mark.parametrize(
    "icc", [b"", b"nonsense", SRGB[:200], SRGB[:128] + b"\xff" * 64]
)
def test_what_cannot_be_read_is_not_srgb_and_changes_nothing(icc):
    photograph = pixels_of(makers.photograph((40, 30)))

    assert profiles.is_srgb(icc) is False
    assert profiles.in_srgb(photograph, icc) is photograph


def test_srgb_is_left_as_it_is():
    photograph = pixels_of(makers.photograph((40, 30)))

    assert profiles.in_srgb(photograph, SRGB) is photograph


@pytest.mark.parametrize("changes", [P3_PRIMARIES, ADOBE_PRIMARIES])
def test_wide_colours_come_out_as_the_colour_engine_says(changes):
    image = makers.photograph((60, 40))
    icc = makers.profile(SRGB, name="wide", tags=changes)

    found = profiles.in_srgb(pixels_of(image), icc)

    assert np.array_equal(found, reference(image, icc))
    assert not np.array_equal(found, pixels_of(image))


def test_ink_without_a_profile_becomes_light():
    ink = np.array([[[0, 0, 0, 0], [255, 0, 0, 0], [0, 0, 0, 255]]], np.uint8)

    found = profiles.in_srgb(ink, b"")

    assert found.tolist() == [[[255, 255, 255], [0, 255, 255], [0, 0, 0]]]


def test_a_profile_of_another_kind_of_picture_says_nothing():
    grey = np.asarray(Image.radial_gradient("L"))

    assert profiles.in_srgb(grey, SRGB) is grey
