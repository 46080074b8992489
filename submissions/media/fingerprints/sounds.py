"""Whether two sound tracks share a piece: Chromaprint words, compared bit by bit.

Chromaprint gives 32-bit words, about 7.8 a second. Two tracks share a piece when over
some WINDOW_WORDS words (5 s) few of the bits differ: at most MOST_BITS_WRONG, and far
fewer than each track's own words differ among themselves. So silence, a hum and the
noise of wind, alike everywhere, are like nothing. The same music under two honest films
matches: it is a hint for a person, never a verdict.

A new track is also heard at other speeds (PITCHES), as music is played a little higher
or lower so that it is not known again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

WINDOW_WORDS = 40
MOST_BITS_WRONG = 0.25
MOST_OF_VARIETY = 0.65  # bits wrong, as a share of how much the words vary
WORDS_PER_S = 7.8
COMMON_BITS = 3  # words with fewer ones, or fewer noughts, are silence or noise
OFFSETS_TRIED = 400
PITCHES = {"slow": 1 / 1.05, "fast": 1.05}
MOST_PLACES = 20  # a word that is heard more often tells no place


@dataclass(frozen=True)
class Match:
    starts_s: float
    other_starts_s: float
    seconds: float  # how long they go together
    bits_wrong: float  # share, over the best 5 s


@dataclass(frozen=True)
class Track:
    """The words of a sound track, and how much those of each window vary."""

    words: np.ndarray
    variety: np.ndarray

    @classmethod
    def of(cls, words: np.ndarray) -> "Track":
        bits = np.unpackbits(words.astype("<u4").view(np.uint8).reshape(-1, 4), axis=1)
        ones = _window_sums(bits) / WINDOW_WORDS
        return cls(words, np.minimum(ones, 1 - ones).mean(axis=1))


def words_of(raw: bytes) -> np.ndarray:
    """The output of ffmpeg's chromaprint muxer with fp_format raw."""
    return np.frombuffer(raw[: len(raw) // 4 * 4], dtype="<u4")


def telling(words: np.ndarray) -> np.ndarray:
    """Distinct words worth an index entry, as signed 32-bit numbers."""
    ones = np.bitwise_count(words)
    kept = words[(ones > COMMON_BITS) & (ones < 32 - COMMON_BITS)]
    return np.unique(kept).view(np.int32)


def best_match(own: np.ndarray, other: np.ndarray) -> Match | None:
    """The most alike 5 s of two tracks that share words, if they are alike enough."""
    if min(len(own), len(other)) < WINDOW_WORDS:
        return None
    here, there = Track.of(own), Track.of(other)
    found = [_along(here, there, offset) for offset in _offsets(own, other)]
    matches = [match for match in found if match is not None]
    return min(matches, key=lambda match: match.bits_wrong, default=None)


def _offsets(own, other) -> Iterator[int]:
    """The distances in time at which words are the same, the most frequent first."""
    _words, mine, theirs = np.intersect1d(own, other, return_indices=True)
    seen = _places(own, own[mine]), _places(other, other[theirs])
    offsets = [
        there - here for a, b in zip(*seen, strict=True) for here in a for there in b
    ]
    distances, counts = np.unique(np.array(offsets, int), return_counts=True)
    yield from distances[np.argsort(-counts, kind="stable")][:OFFSETS_TRIED].tolist()


def _places(words, asked) -> list[list[int]]:
    """Where each of the words asked for stands; nowhere, if it stands everywhere."""
    order = np.argsort(words, kind="stable")
    low = np.searchsorted(words, asked, "left", sorter=order)
    high = np.searchsorted(words, asked, "right", sorter=order)
    return [
        order[start:end].tolist() if end - start <= MOST_PLACES else []
        for start, end in zip(low, high, strict=True)
    ]


def _along(here: Track, there: Track, offset: int) -> Match | None:
    start, other_start = max(0, -offset), max(0, offset)
    length = min(len(here.words) - start, len(there.words) - other_start)
    if length < WINDOW_WORDS:
        return None
    own = slice(start, start + length - WINDOW_WORDS + 1)
    other = slice(other_start, other_start + length - WINDOW_WORDS + 1)
    wrong = np.bitwise_count(
        here.words[start : start + length]
        ^ there.words[other_start : other_start + length]
    )
    shares = _window_sums(wrong) / (WINDOW_WORDS * 32)
    variety = np.minimum(here.variety[own], there.variety[other])
    alike = shares <= np.minimum(MOST_BITS_WRONG, MOST_OF_VARIETY * variety)
    if not alike.any():
        return None
    best = int(np.where(alike, shares, 1.0).argmin())
    return Match(
        starts_s=round((start + best) / WORDS_PER_S, 1),
        other_starts_s=round((other_start + best) / WORDS_PER_S, 1),
        seconds=round(_covered(alike) / WORDS_PER_S, 1),
        bits_wrong=round(float(shares[best]), 3),
    )


def _window_sums(values) -> np.ndarray:
    sums = np.cumsum(values, axis=0, dtype=np.int64)
    sums = np.concatenate([np.zeros_like(sums[:1]), sums])
    return sums[WINDOW_WORDS:] - sums[:-WINDOW_WORDS]


def _covered(alike) -> int:
    """How many words lie in some window that is alike."""
    edges = np.zeros(len(alike) + WINDOW_WORDS, int)
    np.add.at(edges, np.flatnonzero(alike), 1)
    np.add.at(edges, np.flatnonzero(alike) + WINDOW_WORDS, -1)
    return int((np.cumsum(edges) > 0).sum())
