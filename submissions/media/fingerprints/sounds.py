"""Whether two sound tracks share a piece: Chromaprint words, compared bit by bit.

Chromaprint gives 32-bit words, about 7.8 a second. Two tracks share a piece when over
some WINDOW_WORDS words (5 s) at most MOST_BITS_WRONG of the bits differ. The same music
under two honest films matches too: it is a hint for a person, never a verdict.
"""

from dataclasses import dataclass

import numpy as np

WINDOW_WORDS = 40
MOST_BITS_WRONG = 0.25
WORDS_PER_S = 7.8
COMMON_BITS = 3  # words with fewer ones, or fewer noughts, are silence or noise


@dataclass(frozen=True)
class Match:
    starts_s: float
    other_starts_s: float
    bits_wrong: float  # share, over the best 5 s


def words_of(raw: bytes) -> np.ndarray:
    """The output of ffmpeg's chromaprint muxer with fp_format raw."""
    return np.frombuffer(raw[: len(raw) // 4 * 4], dtype="<u4")


def telling(words: np.ndarray) -> np.ndarray:
    """Distinct words worth an index entry, as signed 32-bit numbers."""
    ones = np.bitwise_count(words)
    kept = words[(ones > COMMON_BITS) & (ones < 32 - COMMON_BITS)]
    return np.unique(kept).view(np.int32)


def best_match(own: np.ndarray, other: np.ndarray) -> Match | None:
    """The most alike 5 s of two tracks, if they are alike enough."""
    if min(len(own), len(other)) < WINDOW_WORDS:
        return None
    best = None
    for offset in range(WINDOW_WORDS - len(own), len(other) - WINDOW_WORDS + 1):
        start, other_start = max(0, -offset), max(0, offset)
        length = min(len(own) - start, len(other) - other_start)
        wrong = np.bitwise_count(
            own[start : start + length] ^ other[other_start : other_start + length]
        )
        sums = np.concatenate([[0], np.cumsum(wrong, dtype=np.int64)])
        windows = sums[WINDOW_WORDS:] - sums[:-WINDOW_WORDS]
        at = int(windows.argmin())
        share = windows[at] / (WINDOW_WORDS * 32)
        if share <= MOST_BITS_WRONG and (best is None or share < best.bits_wrong):
            best = Match(
                round((start + at) / WORDS_PER_S, 1),
                round((other_start + at) / WORDS_PER_S, 1),
                round(float(share), 3),
            )
    return best
