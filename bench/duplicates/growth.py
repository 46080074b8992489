"""How long a search takes among 10⁴, 10⁵ and 10⁶ stored prints of chance.

Chance is the worst case: every key is in use. Of what is asked, some is near a stored
print, which must be found. The server's time is that of its processor, which others on
the machine do not lengthen; medians of several searches.
"""

import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
from django.db import connection

from submissions.media.fingerprints import pdq
from submissions.media.similar import keys, like_films

SECONDS = 900  # of the film that is searched for
WORDS = 7000  # of its sound
ROUNDS = 9
NEAR = 60  # so many of what is asked have a neighbour
MOST_BITS = 31
FILL = """
    INSERT INTO submissions_hashband (key, media_file_id, place, bits)
    SELECT %(base)s | (band << 20)
           | substring(bits FROM band * %(width)s + 1 FOR %(width)s)::int,
           number / 900, number %% 900, bits
    FROM bench_hash CROSS JOIN generate_series(0, %(last)s) AS band
"""


@dataclass(frozen=True)
class Measured:
    """One kind of search among so many stored prints."""

    stored: int
    what: str
    server_ms: float
    wall_ms: float
    found: float  # share of the neighbours


class Store:
    """Prints of chance in the portal's own tables, more and more of them."""

    def __init__(self):
        self.chance = np.random.default_rng(1)
        self.hashes = np.empty((0, pdq.HASH_BYTES), np.uint8)
        self.words = np.empty(0, np.int32)
        _run("SET session_replication_role = replica")  # files of chance are no rows
        _run("CREATE TABLE bench_hash (number int, bits bit(256))")

    def grow(self, count: int) -> None:
        more = count - len(self.hashes)
        added = self.chance.integers(0, 256, (more, pdq.HASH_BYTES), dtype=np.uint8)
        words = self.chance.integers(-(2**31), 2**31, more, dtype=np.int64)
        first = len(self.hashes)
        self.hashes = np.concatenate([self.hashes, added])
        self.words = np.concatenate([self.words, words.astype(np.int32)])
        with _without_indexes():
            _copy_hashes(first, added)
            for kind in (keys.FILM, keys.PICTURE, keys.PICTURE_CROP):
                _run(FILL, keys.parameters(kind, []))
            _copy_words(first, words)
        for table in ("hashband", "soundword"):
            _run(f"VACUUM (ANALYZE) submissions_{table}")

    def asked(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Hashes to ask for, and which stored one the first of them are near."""
        asked = self.chance.integers(0, 256, (count, pdq.HASH_BYTES), dtype=np.uint8)
        near = self.chance.integers(0, len(self.hashes), min(count, NEAR))
        for place, stored in enumerate(near):
            bits = np.unpackbits(self.hashes[stored])
            wrong = self.chance.integers(0, MOST_BITS + 1)
            bits[self.chance.choice(pdq.HASH_BITS, wrong, replace=False)] ^= 1
            asked[place] = np.packbits(bits)
        return asked, near


def measure(store: Store) -> list[Measured]:
    upright = keys.PICTURE, 1, 2
    turned, crops = (keys.PICTURE, 20, 1), (keys.PICTURE_CROP, 11, 1)
    return [
        _hashes(store, "900 seconds of a film", (keys.FILM, SECONDS, 0)),
        _hashes(store, "one picture, exact to 31 bits", upright),
        _hashes(store, "one picture lying any way", upright, turned, crops),
        _words(store),
    ]


def _hashes(store, what, *searches) -> Measured:
    """Searches of (kind, how many, flips); of the first is told what it found."""
    asked = [store.asked(count) for _kind, count, _flips in searches]
    found = []

    def search():
        seen = []
        for (hashes, _near), (kind, _count, flips) in zip(asked, searches, strict=True):
            rows = enumerate(hashes)
            seen.append(keys.near(kind, rows, own=[], most_bits=64, flips=flips))
        pairs = {(each.place, each.media_file_id, each.other_place) for each in seen[0]}
        found.extend(
            (place, *divmod(stored, SECONDS)) in pairs
            for place, stored in enumerate(asked[0][1].tolist())
        )

    return _timed(store, what, search, found)


def _words(store) -> Measured:
    asked = store.chance.integers(0, 2**32, WORDS, dtype=np.uint32)
    near = int(store.chance.integers(0, len(store.words) // SECONDS))
    asked[:30] = store.words[near * SECONDS :][:30].view(np.uint32)
    found = []

    def search():
        found.append(near in like_films.sharing_words(asked, []))

    return _timed(store, "15 minutes of sound", search, found)


def _timed(store, what, search, found) -> Measured:
    search()  # what was just stored is read once
    times, walls = [], []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        times.append(_server_ms(search))
        walls.append((time.perf_counter() - began) * 1000)
    return Measured(
        stored=len(store.hashes),
        what=what,
        server_ms=statistics.median(times),
        wall_ms=statistics.median(walls),
        found=sum(found) / len(found),
    )


def _server_ms(search: Callable) -> float:
    """Processor time of the server process that answers us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        spent = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    before = int(spent.read_text().split()[0])
    search()
    return (int(spent.read_text().split()[0]) - before) / 1e6


def sizes() -> list[tuple[str, float]]:
    """MB of each table with its indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, pg_total_relation_size(oid) / 1e6 FROM pg_class
            WHERE relname IN ('submissions_hashband', 'submissions_soundword')
            ORDER BY relname
            """
        )
        return [(name, float(size)) for name, size in cursor.fetchall()]


def _run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


# --- Loading -----------------------------------------------------------------
@contextmanager
def _without_indexes():
    """Loaded without indexes, which are built anew over all rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
            FROM pg_index
            WHERE indrelid IN (
                'submissions_hashband'::regclass, 'submissions_soundword'::regclass
            ) AND NOT indisprimary
            """
        )
        indexes = cursor.fetchall()
    for name, _definition in indexes:
        _run(f"DROP INDEX {name}")
    yield
    for _name, definition in indexes:
        _run(definition)


def _copy_hashes(first, hashes):
    _run("TRUNCATE bench_hash")
    _copy(
        "COPY bench_hash FROM STDIN",
        (f"{first + at}\tx{row.tobytes().hex()}\n" for at, row in enumerate(hashes)),
    )


def _copy_words(first, words):
    _copy(
        "COPY submissions_soundword (word, media_file_id) FROM STDIN",
        (f"{word}\t{(first + at) // SECONDS}\n" for at, word in enumerate(words)),
    )


def _copy(sql, lines):
    with connection.cursor() as cursor:
        cursor.copy_expert(sql, StringIO("".join(lines)))
