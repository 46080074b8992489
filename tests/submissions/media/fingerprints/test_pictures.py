from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageOps

from bench.duplicates import scenes
from bench.duplicates.edits import PICTURE_EDITS
from submissions.media.fingerprints import pdq, pictures

ORB_ONLY = {"turned 5°"}  # found by its corners


@cache
def picture(seed):
    """Large enough to be looked at closely, small enough to be drawn at once."""
    return scenes.picture(seed, (720, 480))


@pytest.fixture(scope="module")
def original():
    return picture(1)


@pytest.mark.parametrize("name", sorted(PICTURE_EDITS.keys() - ORB_ONLY))
def test_an_edited_picture_is_near_its_original(original, name):
    edited = pictures.of_picture(PICTURE_EDITS[name](original))

    asked = pdq.hashes(pdq.blocks(pdq.reduced(original)[None]))
    kept = pictures.of_picture(original).kept
    near = min(
        pdq.distances(edited.turned, kept).min(),
        pdq.distances(edited.trimmed, kept).min(initial=256),
        pdq.distances(edited.kept, asked).min(),
    )

    assert near <= pictures.SURE_BITS


def test_strangers_are_far_apart(original):
    stranger = pictures.of_picture(picture(2))

    near = pdq.distances(stranger.turned, pictures.of_picture(original).kept).min()

    assert near > pictures.SURE_BITS


def test_corners_tell_a_turned_picture_from_a_stranger(original):
    turned = pictures.corners(PICTURE_EDITS["turned 5°"](original))

    own = pictures.inliers(turned, pictures.corners(original))
    strange = pictures.inliers(turned, pictures.corners(picture(2)))

    assert own >= pictures.LEAST_INLIERS > strange


def test_a_flat_picture_says_that_it_says_little():
    flat = pictures.of_picture(Image.new("RGB", (900, 600), "#8aa"))

    assert flat.quality < pictures.LEAST_QUALITY


def test_a_border_is_found_and_only_where_there_is_one(original):
    framed = ImageOps.expand(original, 72, "white")

    box = pictures.border(pdq.reduced(framed))

    assert box == (21, 29, 235, 227)
    assert pictures.border(pdq.reduced(original)) is None


def test_crops_hashed_together_hash_as_they_do_alone(original):
    grey = pdq.reduced(original)
    boxes = list(pictures.crop_boxes(pictures.CROPS))

    together = pdq.hashes_of_boxes(grey, boxes)

    alone = [pdq.hashes_in(grey[None], box) for box in boxes]
    assert np.array_equal(together, np.concatenate(alone))
