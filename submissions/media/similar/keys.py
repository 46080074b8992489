"""Which stored hashes share a key with those asked for.

A key is one band of a hash's 256 bits, with its kind and the version of the prints: two
hashes that differ a little still have some band in common. The index holds the hash
itself, so that a search never leaves it.

Pictures are asked one by one, and exactly: a band of 16 bits may differ in one of them
(`flips`), and 31 bits cannot spoil 16 bands twice each. Films are asked by the thousand
seconds, which vote: longer bands, which hardly anything shares by chance.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db import connection

from submissions.media.fingerprints import VERSION
from submissions.models import MediaFile
from submissions.models.fingerprints import as_bits

MOST_PER_KEY = 2000  # a key that more rows share says nothing


@dataclass(frozen=True)
class Kind:
    """One kind of hash: they are only compared among themselves."""

    number: int
    bands: int  # how many are kept and asked, of those there are
    width: int  # bits of a band, at most 20

    @property
    def base(self) -> int:
        return VERSION << 26 | self.number << 24

    @property
    def one_bit(self) -> list[int]:
        """What turns a band into those that differ from it in one bit at most."""
        return [0, *(1 << bit for bit in range(self.width))]


PICTURE = Kind(0, bands=16, width=16)
PICTURE_CROP = Kind(1, bands=4, width=16)
FILM = Kind(2, bands=10, width=20)
FILM_CROP = Kind(3, bands=5, width=20)

KEPT = """
    INSERT INTO submissions_hashband (key, media_file_id, place, bits)
    SELECT %(base)s | band << 20
           | substring(kept.bits FROM band * %(width)s + 1 FOR %(width)s)::int,
           %(file)s, kept.place, kept.bits
    FROM unnest(%(places)s::int[], %(bits)s::bit(256)[]) AS kept (place, bits)
    CROSS JOIN generate_series(0, %(last)s) AS band
"""
NEAR = """
    SELECT DISTINCT stored.media_file_id, asked.place, stored.place,
           bit_count(stored.bits # asked.bits)
    FROM (
        SELECT new.place, new.bits, %(base)s | band << 20
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
    flips: bool = False,
) -> list[Near]:
    """Stored hashes of other files that share a key; one statement for all asked."""
    asked = parameters(kind, rows) | {
        "flips": kind.one_bit if flips else [0],
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
        "width": kind.width,
        "places": [int(place) for place, _row in rows],
        "bits": [as_bits(row.tobytes()) for _place, row in rows],
    }
