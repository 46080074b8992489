"""Whether one picture was made from another: resized, cropped, mirrored, framed.

Two stages (measured by `make bench-duplicates`): a PDQ distance up to SURE is a match;
up to MAYBE it is one when enough corners lie where the other picture has them (ORB and
a similarity transform). Strangers never reached the first, nor the second's count.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from submissions.media.fingerprints import pdq

SURE_BITS = 64
MAYBE_BITS = 92
LEAST_QUALITY = 30
LEAST_INLIERS = 24
CROPS = (0.1, 0.2)  # of each side, what a crop takes away
LEAN_DEG = 5
LEANING_BOX = (0.05, 0.05, 0.95, 0.95)  # without the corners a turn leaves black
CORNERS_PX = 512
CORNER_COUNT = 600
CORNER_RATIO = 0.8
INLIER_PX = 6.0
BORDER_SPREAD = 10  # grey values within a border
LEAST_LEFT = 0.4  # of a side, for a border to be one


@dataclass(frozen=True)
class Print:
    """What is kept of a picture, and what it is searched by."""

    kept: np.ndarray  # (11, 32): the whole, then its crops
    turned: np.ndarray  # (10, 32): the whole, turned, mirrored and leaning
    trimmed: np.ndarray  # (0 or 1, 32): without its border
    quality: int


def of_picture(image: Image.Image) -> Print:
    """An upright picture's fingerprint; costs some milliseconds."""
    grey = pdq.reduced(image)
    whole = pdq.blocks(grey[None])
    crops = pdq.hashes_of_boxes(grey, list(crop_boxes(CROPS)))
    return Print(
        kept=np.concatenate([pdq.hashes(whole), crops]),
        turned=np.concatenate([pdq.hashes(_turns(whole[0])), _leaning(grey)]),
        trimmed=_trimmed_hash(image, grey),
        quality=int(pdq.qualities(whole)[0]),
    )


def crop_boxes(shares: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
    """The centre and the four corners without a share of each side."""
    for share in shares:
        for left, top in ((0.5, 0.5), (0, 0), (1, 0), (0, 1), (1, 1)):
            left_edge, top_edge = left * share, top * share
            yield left_edge, top_edge, left_edge + 1 - share, top_edge + 1 - share


def _turns(block):
    """The eight ways a picture can lie, as it is first."""
    straight = [np.rot90(block, turn) for turn in range(4)]
    return np.stack([*straight, *(np.fliplr(each) for each in straight)])


def _leaning(grey):
    """Turned a little, either way: found are turns of about 3 to 7 degrees."""
    side = grey.shape[0]
    middle = ((side - 1) / 2, (side - 1) / 2)
    leaning = np.empty((2, side, side), grey.dtype)
    for degrees, turned in zip((-LEAN_DEG, LEAN_DEG), leaning, strict=True):
        turn = cv2.getRotationMatrix2D(middle, degrees, 1.0)
        cv2.warpAffine(grey, turn, (side, side), dst=turned)
    return pdq.hashes_in(leaning, LEANING_BOX)


def _trimmed_hash(image, grey):
    """Of the picture inside a plain border, if it has one."""
    box = border(grey)
    if box is None:
        return np.empty((0, pdq.HASH_BYTES), np.uint8)
    left, top, right, bottom = (side / grey.shape[0] for side in box)
    size = image.size
    inner = image.crop(
        (
            round(left * size[0]),
            round(top * size[1]),
            round(right * size[0]),
            round(bottom * size[1]),
        )
    )
    return pdq.hashes_in(pdq.reduced(inner)[None])


def border(grey: np.ndarray) -> tuple[int, int, int, int] | None:
    """(left, top, right, bottom) of what a plain border encloses; None without one."""
    return enclosed(
        plain_rows=np.ptp(grey, axis=1) <= BORDER_SPREAD,
        plain_columns=np.ptp(grey, axis=0) <= BORDER_SPREAD,
    )


def enclosed(
    *, plain_rows: np.ndarray, plain_columns: np.ndarray
) -> tuple[int, int, int, int] | None:
    """The box inside plain rows and columns at the edges; None if there are none."""
    if plain_rows.all() or plain_columns.all():
        return None
    top, bottom = _inside(plain_rows)
    left, right = _inside(plain_columns)
    height, width = len(plain_rows), len(plain_columns)
    if (left, top, right, bottom) == (0, 0, width, height):
        return None
    if bottom - top < LEAST_LEFT * height or right - left < LEAST_LEFT * width:
        return None
    return left, top, right, bottom


def _inside(plain):
    busy = np.flatnonzero(~plain)
    return int(busy[0]), int(busy[-1]) + 1


@dataclass(frozen=True)
class Corners:
    """Distinct points of a picture, and what is around each."""

    points: np.ndarray  # (n, 2), in pixels of a picture of CORNERS_PX
    signs: np.ndarray | None  # (n, 32)


def corners(image: Image.Image) -> Corners:
    small = image.convert("L")
    small.thumbnail((CORNERS_PX, CORNERS_PX), Image.Resampling.BOX)
    finder = cv2.ORB_create(nfeatures=CORNER_COUNT)
    points, signs = finder.detectAndCompute(np.asarray(small), None)
    where = np.array([point.pt for point in points], np.float32).reshape(-1, 2)
    return Corners(where, signs)


def inliers(one: Corners, other: Corners) -> int:
    """How many corners of one lie where a shift, turn and scale puts the other's."""
    if one.signs is None or other.signs is None or len(other.signs) < 2:
        return 0
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(one.signs, other.signs, k=2)
    good = [
        pair[0]
        for pair in pairs
        if len(pair) == 2 and pair[0].distance < CORNER_RATIO * pair[1].distance
    ]
    if len(good) < LEAST_INLIERS:
        return 0
    found, kept = cv2.estimateAffinePartial2D(
        one.points[[match.queryIdx for match in good]],
        other.points[[match.trainIdx for match in good]],
        ransacReprojThreshold=INLIER_PX,
    )
    return int(kept.sum()) if found is not None else 0
