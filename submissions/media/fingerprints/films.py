"""Whether a film holds a piece of another: seconds that match along one offset.

Each second has one PDQ hash, of a 128 × 128 grey frame. A piece counts when at least
LEAST_SECONDS seconds match at the same distance in time, one second of play allowed:
as they are, mirrored, without their border, or against crops. It must hold at least two
scenes; one that stands still (a slide, a title) must be longer and match closely.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from submissions.media.fingerprints import pdq, pictures

SURE_BITS = 64
CLOSE_BITS = 31
REPEAT_BITS = 10  # a picture that stands
LEAST_QUALITY = 30
LEAST_SECONDS = 4
LEAST_STILL_SECONDS = 8
PLAY_S = 1
GAP_S = 3  # a longer one parts two pieces
OFFSETS_TRIED = 20
BORDER_SPREAD = 24  # grey values within a border, over all frames
CROPS = (0.05, 0.1, 0.2)
VARIANTS = 1 + 5 * len(CROPS)  # the whole frame, its middles and its corners
AT_ONCE = 128  # frames, so that memory does not grow with the film

AS_IS, MIRRORED, TRIMMED = "as_is", "mirrored", "trimmed"
CROPPED = "cropped"


@dataclass(frozen=True)
class Piece:
    """Where a matching stretch lies in both films."""

    starts_s: int
    other_starts_s: int
    seconds: int


@dataclass(frozen=True)
class Match:
    """Seconds of this film that are seconds of another, along one distance in time."""

    seconds: int  # how many match
    pieces: list[Piece]  # the longest first
    way: str  # as_is, mirrored, trimmed or cropped
    bits: int  # by which matching seconds differ, the median


@dataclass(frozen=True)
class View:
    """The seconds of a film, looked at in one way."""

    hashes: np.ndarray  # (n, 32)
    qualities: np.ndarray  # (n,)

    @cached_property
    def scenes(self) -> list[tuple[int, int]]:
        """Seconds that say something, each with how many go on as it began."""
        found: list[list[int]] = []
        before = 0
        for second in np.flatnonzero(self.qualities >= LEAST_QUALITY).tolist():
            bits = int.from_bytes(self.hashes[second].tobytes(), "big")
            if found and (bits ^ before).bit_count() <= REPEAT_BITS:
                found[-1][1] += 1
            else:
                found.append([second, 1])
                before = bits
        return [(second, length) for second, length in found]


@dataclass(frozen=True)
class Frames:
    """One frame a second, (n, 128, 128) grey, n > 0, and what is computed from it."""

    greys: np.ndarray

    @property
    def seconds(self) -> int:
        return len(self.greys)

    @cached_property
    def whole(self) -> View:
        return self._seen_in(pdq.WHOLE)

    @cached_property
    def mirrored(self) -> View:
        return View(self._hashes(pdq.WHOLE, mirrored=True), self.whole.qualities)

    @cached_property
    def trimmed(self) -> View | None:
        """Without the border that all frames share; None when there is none."""
        box = pictures.enclosed(
            plain_rows=np.ptp(self.greys, axis=(0, 2)) <= BORDER_SPREAD,
            plain_columns=np.ptp(self.greys, axis=(0, 1)) <= BORDER_SPREAD,
        )
        if box is None:
            return None
        return self._seen_in(tuple(edge / self.greys.shape[1] for edge in box))

    @cached_property
    def crops(self) -> list[View]:
        boxes = pictures.crop_boxes(CROPS)
        return [View(self._hashes(box), self.whole.qualities) for box in boxes]

    @cached_property
    def ways(self) -> dict[str, View]:
        """The ways in which this film may hold another's frames whole."""
        ways = {AS_IS: self.whole, MIRRORED: self.mirrored, TRIMMED: self.trimmed}
        return {way: view for way, view in ways.items() if view is not None}

    def compute(self) -> None:
        """All that is kept and searched by; otherwise it is when first asked for."""
        _all = self.ways, self.crops

    def _seen_in(self, box) -> View:
        qualities = [pdq.qualities(pdq.blocks(part, box)) for part in self._parts()]
        return View(self._hashes(box), np.concatenate(qualities))

    def _hashes(self, box, *, mirrored=False):
        found = [pdq.hashes_in(part, box, mirrored=mirrored) for part in self._parts()]
        return np.concatenate(found)

    def _parts(self) -> Iterator[np.ndarray]:
        for start in range(0, len(self.greys), AT_ONCE):
            yield self.greys[start : start + AT_ONCE].astype(np.float32)


@dataclass(frozen=True)
class Kept:
    """What is stored of a film: (16, n, 32) hashes: whole frames, then their crops."""

    hashes: np.ndarray
    qualities: np.ndarray  # (n,) of the whole frames

    @property
    def seconds(self) -> int:
        return len(self.qualities)

    def view(self, variant: int) -> View:
        return View(self.hashes[variant], self.qualities)


def kept_of(frames: Frames | None) -> Kept:
    if frames is None:  # sound alone
        return Kept(np.empty((VARIANTS, 0, pdq.HASH_BYTES), np.uint8), np.empty(0, int))
    crops = [crop.hashes for crop in frames.crops]
    return Kept(np.stack([frames.whole.hashes, *crops]), frames.whole.qualities)


def best_match(query: Frames, other: Kept) -> Match | None:
    """The longest matching stretch, cheap ways of looking first."""
    whole = other.view(0)
    best = longest(match(view, whole, way) for way, view in query.ways.items())
    if best is not None:
        return best
    crops = [other.view(variant) for variant in range(1, len(other.hashes))]
    return longest(
        [
            *(
                match(view, crop, CROPPED)
                for view in query.ways.values()
                for crop in crops
            ),
            *(match(crop, whole, CROPPED) for crop in query.crops),
        ]
    )


def longest(matches: Iterable[Match | None]) -> Match | None:
    """Of several ways of looking, the one that shows most."""
    found = [match for match in matches if match is not None]
    return max(found, key=lambda match: match.seconds, default=None)


def match(own: View, other: View, way: str) -> Match | None:
    """The distance in time at which most seconds match, if they say something."""
    bits = pdq.distances(own.hashes, other.hashes)
    near = bits <= SURE_BITS
    near &= (own.qualities >= LEAST_QUALITY)[:, None]
    near &= (other.qualities >= LEAST_QUALITY)[None, :]
    mine, theirs = np.nonzero(near)
    if len(mine) < LEAST_SECONDS:
        return None
    counts = _seconds_along(near)
    offsets = theirs - mine
    for offset, _count in _most(counts, len(own.hashes)):
        along = np.abs(offsets - offset) <= PLAY_S
        pairs = _one_each(mine[along], theirs[along], bits)
        if len(pairs) >= LEAST_SECONDS and _says_something(own, pairs, bits):
            return _match_of(pairs, way, bits)
    return None


def _seconds_along(near) -> np.ndarray:
    """For each distance in time from -n on, how many seconds match there."""
    count, other_count = near.shape
    framed = np.pad(near, PLAY_S)
    wide = framed[1:-1, :-2] | framed[1:-1, 1:-1] | framed[1:-1, 2:]
    tall = framed[:-2, 1:-1] | framed[1:-1, 1:-1] | framed[2:, 1:-1]
    size = count + other_count + 1
    found = []
    for each in (wide, tall):
        mine, theirs = np.nonzero(each)
        found.append(np.bincount(theirs - mine + count, minlength=size))
    return np.minimum(*found)


def _most(counts, shift) -> Iterator[tuple[int, int]]:
    """(distance in time, seconds), the most first, a few only."""
    for place in np.argsort(-counts, kind="stable")[:OFFSETS_TRIED]:
        if counts[place] >= LEAST_SECONDS:
            yield int(place) - shift, int(counts[place])


def _one_each(mine, theirs, bits) -> list[tuple[int, int]]:
    """Pairs of seconds, the nearest for each of ours, each of theirs once."""
    nearest = np.argsort(bits[mine, theirs], kind="stable")
    own_seen, other_seen, pairs = set(), set(), []
    for index in nearest:
        pair = int(mine[index]), int(theirs[index])
        if pair[0] not in own_seen and pair[1] not in other_seen:
            own_seen.add(pair[0])
            other_seen.add(pair[1])
            pairs.append(pair)
    return sorted(pairs)


def _says_something(own, pairs, bits) -> bool:
    """Two scenes at least, farther apart than what counts as alike; or one that
    matches closely for a good while: a slide is like many slides."""
    seconds = [second for second, _other in pairs]
    hashes = own.hashes[seconds]
    if (pdq.distances(hashes, hashes) > SURE_BITS).any():
        return True
    close = sum(bits[pair] <= CLOSE_BITS for pair in pairs)
    return close >= LEAST_STILL_SECONDS


def _match_of(pairs, way, bits) -> Match:
    pieces = [
        Piece(piece[0][0], piece[0][1], len(piece)) for piece in _uninterrupted(pairs)
    ]
    return Match(
        seconds=len(pairs),
        pieces=sorted(pieces, key=lambda piece: -piece.seconds),
        way=way,
        bits=int(np.median([bits[pair] for pair in pairs])),
    )


def _uninterrupted(pairs) -> list[list[tuple[int, int]]]:
    pieces = [[pairs[0]]]
    for before, pair in pairwise(pairs):
        if pair[0] - before[0] > GAP_S:
            pieces.append([])
        pieces[-1].append(pair)
    return pieces
