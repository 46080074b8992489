"""Which stored hashes share a key with those asked for.

A key is one band of a hash's 256 bits, with its kind and the version of the prints: two
hashes that differ a little still have some band in common. The index holds the hash
itself, so that a search never leaves it.

Bands are so long that hardly anything shares one by chance, whatever is stored.
Pictures are asked one by one, and exactly: with two `flips` a band may differ in two
bits, and 35 bits cannot spoil 12 bands three times each. Of films, many seconds vote.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from django.db import connection

from submissions.media.fingerprints import VERSION
from submissions.models import MediaFile
from submissions.models.fingerprints import as_bits

BAND_BITS = 20
MOST_PER_KEY = 2000  # a key that more rows share says nothing


@dataclass(frozen=True)
class Kind:
    """One kind of hash: they are only compared among themselves."""

    number: int
    bands: int  # how many are kept and asked, of the 12 there are

    @property
    def base(self) -> int:
        return VERSION << 26 | self.number << 24


PICTURE = Kind(0, bands=12)
PICTURE_CROP = Kind(1, bands=5)
FILM = Kind(2, bands=10)
FILM_CROP = Kind(3, bands=5)

KEPT = """
    INSERT INTO submissions_hashband (key, media_file_id, place, bits)
    SELECT %(base)s | (band << 20)
           | substring(kept.bits FROM band * %(width)s + 1 FOR %(width)s)::int,
           %(file)s, kept.place, kept.bits
    FROM unnest(%(places)s::int[], %(bits)s::bit(256)[]) AS kept (place, bits)
    CROSS JOIN generate_series(0, %(last)s) AS band
"""
NEAR = """
    SELECT DISTINCT stored.media_file_id, asked.place, stored.place,
           bit_count(stored.bits # asked.bits)
    FROM (
        SELECT new.place, new.bits, %(base)s | (band << 20)
               | (substring(new.bits FROM band * %(width)s + 1 FOR %(width)s)::int
                  # flip) AS key
        FROM unnest(%(places)s::int[], %(bits)s::bit(256)[]) AS new (place, bits)
        CROSS JOIN generate_series(0, %(last)s) AS band
        CROSS JOIN unnest(%(flips)s::int[]) AS flip
        ORDER BY key
    ) AS asked
    CROSS JOIN LATERAL (
        SELECT media_file_id, place, bits FROM submissions_hashband
        WHERE key = asked.key LIMIT %(most_per_key)s
    ) AS stored
    WHERE bit_count(stored.bits # asked.bits) <= %(most_bits)s
      AND stored.media_file_id <> ALL(%(own)s)
"""


@dataclass(frozen=True)
class Near:
    """A stored hash near one asked for."""

    media_file_id: int
    place: int  # of ours
    other_place: int
    bits: int  # that differ


def keep(media_file: MediaFile, kind: Kind, rows: Iterable[tuple[int, np.ndarray]]):
    """Store the keys of hashes, each with its place in the file."""
    asked = parameters(kind, rows) | {"file": media_file.pk}
    if asked["places"]:
        with connection.cursor() as cursor:
            cursor.execute(KEPT, asked)


def near(
    kind: Kind,
    rows: Iterable[tuple[int, np.ndarray]],
    *,
    own: list[int],
    most_bits: int,
    flips: int = 0,
) -> list[Near]:
    """Stored hashes of other files that share a key; one statement for all asked."""
    asked = parameters(kind, rows) | {
        "flips": _flipped(flips),
        "most_per_key": MOST_PER_KEY,
        "most_bits": most_bits,
        "own": own,
    }
    if not asked["places"]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(NEAR, asked)
        return [Near(*row) for row in cursor.fetchall()]


def parameters(kind: Kind, rows: Iterable[tuple[int, np.ndarray]]) -> dict:
    """What the statements take of a kind and some hashes."""
    rows = list(rows)
    return {
        "base": kind.base,
        "last": kind.bands - 1,
        "width": BAND_BITS,
        "places": [int(place) for place, _row in rows],
        "bits": [as_bits(row.tobytes()) for _place, row in rows],
    }


@cache
def _flipped(most: int) -> list[int]:
    """What turns a band into all that differ from it in so many bits at most."""
    bits = [1 << bit for bit in range(BAND_BITS)]
    return [
        sum(chosen) for count in range(most + 1) for chosen in combinations(bits, count)
    ]
