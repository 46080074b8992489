"""Whether a film holds a piece of another: seconds that match along one offset.

Each second has one PDQ hash, of a 128 × 128 grey frame. A piece counts when at least
LEAST_SECONDS seconds match at the same distance in time, one second of play allowed:
as they are, without their border, mirrored, or against crops of the other film.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from submissions.media.fingerprints import pdq, pictures

SURE_BITS = 64
LEAST_QUALITY = 30
LEAST_SECONDS = 4
PLAY_S = 1
BORDER_SPREAD = 24  # grey values within a border, over all frames
CROPS = (0.05, 0.1, 0.2)


@dataclass(frozen=True)
class Match:
    """A stretch of this film that is a stretch of another."""

    seconds: int  # how many match
    starts_s: int  # in this film
    other_starts_s: int
    way: str  # as_is, trimmed, mirrored or cropped


@dataclass(frozen=True)
class Frames:
    """One frame a second, (n, 128, 128) grey, and what is computed from it."""

    greys: np.ndarray

    @cached_property
    def blocks(self) -> np.ndarray:
        return pdq.blocks(self.greys)

    @cached_property
    def hashes(self) -> np.ndarray:
        return pdq.hashes(self.blocks)

    @cached_property
    def qualities(self) -> np.ndarray:
        return pdq.qualities(self.blocks)

    @cached_property
    def mirrored(self) -> "Frames":
        return Frames(self.greys[:, :, ::-1])

    @cached_property
    def trimmed(self) -> "Frames | None":
        """Without the border that all frames share; None when there is none."""
        box = pictures.enclosed(
            plain_rows=np.ptp(self.greys, axis=(0, 2)) <= BORDER_SPREAD,
            plain_columns=np.ptp(self.greys, axis=(0, 1)) <= BORDER_SPREAD,
        )
        return None if box is None else Frames(_cut(self.greys, box))

    @cached_property
    def crops(self) -> list["Frames"]:
        """Ready to be compared; what was cut from a frame is not kept."""
        side = self.greys.shape[1]
        return [
            Frames(_cut(self.greys, tuple(round(edge * side) for edge in edges)))
            for share in CROPS
            for left, top in ((0.5, 0.5), (0, 0), (1, 0), (0, 1), (1, 1))
            for edges in [
                (
                    left * share,
                    top * share,
                    left * share + 1 - share,
                    top * share + 1 - share,
                )
            ]
        ]


def _cut(greys: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
    """The inside of a box, brought back to the full size (nearest, then smooth)."""
    left, top, right, bottom = box
    side = greys.shape[1]
    rows = np.linspace(top, bottom - 1, side)
    columns = np.linspace(left, right - 1, side)
    low_r, low_c = rows.astype(int), columns.astype(int)
    high_r = np.minimum(low_r + 1, greys.shape[1] - 1)
    high_c = np.minimum(low_c + 1, greys.shape[2] - 1)
    part_r = (rows - low_r)[None, :, None]
    part_c = (columns - low_c)[None, None, :]
    upper = greys[:, low_r][:, :, low_c] * (1 - part_c)
    upper = upper + greys[:, low_r][:, :, high_c] * part_c
    lower = greys[:, high_r][:, :, low_c] * (1 - part_c)
    lower = lower + greys[:, high_r][:, :, high_c] * part_c
    return (upper * (1 - part_r) + lower * part_r).astype(np.float32)


@dataclass(frozen=True)
class Kept:
    """What is stored of a film: (16, n, 32) hashes: whole frames, then their crops."""

    hashes: np.ndarray
    qualities: np.ndarray  # (n,) of the whole frames


def kept_of(frames: Frames) -> Kept:
    crops = [crop.hashes for crop in frames.crops]
    return Kept(np.stack([frames.hashes, *crops]), frames.qualities)


def best_match(query: Frames, other: Kept) -> Match | None:
    """The longest matching stretch, cheap ways of looking first."""
    whole, quality = other.hashes[0], other.qualities
    ways = [("as_is", query), ("trimmed", query.trimmed), ("mirrored", query.mirrored)]
    best = _longest(
        _along_offsets(frames.hashes, frames.qualities, whole, quality, way)
        for way, frames in ways
        if frames is not None
    )
    if best is not None:
        return best
    its_crops = (
        _along_offsets(query.hashes, query.qualities, crop, quality, "cropped")
        for crop in other.hashes[1:]
    )
    own_crops = (
        _along_offsets(crop.hashes, query.qualities, whole, quality, "cropped")
        for crop in query.crops
    )
    return _longest([*its_crops, *own_crops])


def _longest(matches) -> Match | None:
    found = [match for match in matches if match is not None]
    return max(found, key=lambda match: match.seconds, default=None)


def _along_offsets(own, own_quality, other, other_quality, way) -> Match | None:
    near = pdq.distances(own, other) <= SURE_BITS
    near &= (own_quality >= LEAST_QUALITY)[:, None]
    near &= (other_quality >= LEAST_QUALITY)[None, :]
    mine, theirs = np.nonzero(near)
    if len(mine) < LEAST_SECONDS:
        return None
    offsets = theirs - mine
    best = None
    for offset in np.unique(offsets):
        along = np.abs(offsets - offset) <= PLAY_S
        seconds = len(np.unique(mine[along]))
        distinct = len(np.unique(theirs[along]))
        count = min(seconds, distinct)
        if count >= LEAST_SECONDS and (best is None or count > best.seconds):
            first = np.flatnonzero(along)[0]
            best = Match(count, int(mine[first]), int(theirs[first]), way)
    return best
