"""Zeros where a JPEG cannot have them: a piece of it that was never written.

A decoder falls into step again behind such a hole and mostly says nothing. Huffman
codes of zeros alone stand for the first symbol of each table. If that is no end of a
block, or one that is followed by another only where an encoder would have counted them,
honest data hold no long row of zeros.
"""

from dataclasses import dataclass

import numpy as np

END_OF_BLOCK = 0x00
AC = 0x10  # the class of a table, with its number in the lower half
WORD, LEAST_WORDS = 8, 3  # any 31 zeros in a row hold three whole words of them


@dataclass(frozen=True)
class Scan:
    """Where a scan's data lie, whether zeros in them tell of damage, and its head."""

    starts_at: int
    ends_at: int
    is_telling: bool
    head: bytes = b""


def first_symbols(tables: bytes) -> dict[int, int]:
    """Of each Huffman table in a segment, by its class and number: its first symbol."""
    found, at = {}, 0
    while at + 17 < len(tables):
        count = sum(tables[at + 1 : at + 17])
        found[tables[at]] = tables[at + 17]
        at += 17 + count
    return found


def is_telling(scan: bytes, symbols: dict[int, int], *, progressive: bool) -> bool:
    """Whether zeros do not belong in the data behind this head of a scan."""
    count = scan[0] if scan else 0
    if len(scan) < 4 + 2 * count:
        return False
    if progressive:
        return scan[1 + 2 * count] > 0  # all but the mean values of blocks
    numbers = {scan[2 + 2 * part] & 15 for part in range(count)}
    return any(
        symbols.get(AC | number, END_OF_BLOCK) != END_OF_BLOCK for number in numbers
    )


def has_hole(data, scans: list[Scan]) -> bool:
    """Whether a row of zeros lies where it cannot be."""
    words = np.frombuffer(data, np.uint64, count=len(data) // WORD)
    zeros = np.flatnonzero(words == 0)
    if len(zeros) < LEAST_WORDS:
        return False
    in_a_row = zeros[LEAST_WORDS - 1 :] - zeros[: 1 - LEAST_WORDS] == LEAST_WORDS - 1
    starts = zeros[: 1 - LEAST_WORDS][in_a_row] * WORD
    ends = starts + LEAST_WORDS * WORD
    return any(
        scan.is_telling and ((starts >= scan.starts_at) & (ends <= scan.ends_at)).any()
        for scan in scans
    )
