"""Keeps fingerprints and finds the files of other works that are like a new one.

Two stages. Postgres finds candidates: by shared keys of sixteen bits, whatever is
stored, and for pictures also by counting bits over all of them while there are few.
Then numpy compares each candidate closely. Measured by `make bench-duplicates`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection, transaction
from PIL import Image

from submissions.media.fingerprints import VERSION, films, pdq, pictures, sounds
from submissions.media.fingerprints.prints import Prints
from submissions.models import MediaFile
from submissions.models.fingerprints import (
    FilmPrint,
    HashBand,
    Likeness,
    PictureHash,
    SoundWord,
    as_bits,
)
from submissions.states import LikenessKind

PICTURE, FILM = 0, 1  # kinds of key
BAND_COUNT = {PICTURE: 16, FILM: 8}
BAND_BITS = 16
MOST_PER_KEY = 2000  # a key that more rows share says nothing
WIDE_SCAN_ROWS = 300_000  # up to here pictures are also compared one by one
MOST_CANDIDATES = 40
LEAST_SHARED_WORDS = 3


@dataclass(frozen=True)
class Found:
    """Another work's file that is like the one looked at."""

    media_file_id: int
    kind: LikenessKind
    score: float  # 0 to 1
    detail: dict


@transaction.atomic
def keep(media_file: MediaFile, prints: Prints) -> None:
    """Store a file's prints; those of an earlier inspection go."""
    for model in (PictureHash, FilmPrint, HashBand, SoundWord):
        model.objects.filter(media_file=media_file).delete()
    if prints.picture is not None:
        _keep_picture(media_file, prints.picture)
    if prints.film is not None:
        _keep_film(media_file, prints.film, prints.words)


def _keep_picture(media_file, found: pictures.Print):
    PictureHash.objects.bulk_create(
        PictureHash(
            media_file=media_file,
            version=VERSION,
            variant=variant,
            quality=found.quality,
            bits=row.tobytes(),
        )
        for variant, row in enumerate(found.kept)
    )
    if found.quality >= pictures.LEAST_QUALITY:
        _keep_bands(media_file, PICTURE, {0: found.kept[0]})


def _keep_film(media_file, frames: films.Frames, words):
    kept = films.kept_of(frames)
    FilmPrint.objects.create(
        media_file=media_file,
        version=VERSION,
        hashes=kept.hashes.tobytes(),
        qualities=kept.qualities.astype(np.uint8).tobytes(),
        words=words.astype("<u4").tobytes(),
    )
    telling = {
        second: kept.hashes[0][second]
        for second in np.flatnonzero(kept.qualities >= films.LEAST_QUALITY)
    }
    _keep_bands(media_file, FILM, telling)
    SoundWord.objects.bulk_create(
        SoundWord(media_file=media_file, word=int(word))
        for word in sounds.telling(words)
    )


def _keep_bands(media_file, kind, rows):
    HashBand.objects.bulk_create(
        (
            HashBand(
                key=key, media_file=media_file, place=int(place), bits=row.tobytes()
            )
            for place, row in rows.items()
            for key in keys(row, kind)
        ),
        batch_size=2000,
    )


def keys(row: np.ndarray, kind: int) -> list[int]:
    """The band keys of one hash."""
    bands = row.view(">u2")[: BAND_COUNT[kind]]
    return [
        kind << 20 | band << BAND_BITS | int(bits) for band, bits in enumerate(bands)
    ]


def find(
    media_file: MediaFile,
    prints: Prints,
    *,
    open_picture: Callable[[MediaFile], Image.Image | None],
) -> list[Found]:
    """Files of other works that are like this one, the surest first.

    `open_picture` gives a stored picture for a closer look.
    """
    found: list[Found] = []
    own = list(media_file.submission.media_files.values_list("pk", flat=True))
    if prints.picture is not None and prints.picture.quality >= pictures.LEAST_QUALITY:
        found += _like_pictures(prints, own, open_picture)
    if prints.film is not None:
        found += _like_films(prints.film, own)
        found += _like_sounds(prints.words, own)
    return sorted(found, key=lambda each: -each.score)


# --- Pictures ----------------------------------------------------------------
def _like_pictures(prints, own, open_picture) -> Iterator[Found]:
    near = _near_pictures(prints.picture, own)
    looked_at = None
    closest = sorted(near.items(), key=lambda item: item[1])[:MOST_CANDIDATES]
    for media_file_id, bits in closest:
        detail = {"bits": bits}
        if bits > pictures.SURE_BITS:
            looked_at = looked_at or pictures.corners(prints.small)
            count = _shared_corners(media_file_id, looked_at, open_picture)
            if count < pictures.LEAST_INLIERS:
                continue
            detail["corners"] = count
        score = round(1 - bits / pdq.HASH_BITS, 3)
        yield Found(media_file_id, LikenessKind.PICTURE, score, detail)


def _shared_corners(media_file_id, looked_at, open_picture):
    other = MediaFile.objects.filter(pk=media_file_id).first()
    image = open_picture(other) if other else None
    return pictures.inliers(looked_at, pictures.corners(image)) if image else 0


def _near_pictures(own_print, own) -> dict[int, int]:
    """The fewest bits by which each other picture differs, up to MAYBE_BITS."""
    whole = np.concatenate([own_print.turned, own_print.trimmed])
    near = _by_keys(whole, PICTURE, own, most_bits=pictures.MAYBE_BITS)
    fewest = {file: min(bits) for file, bits in near.items()}
    if PictureHash.objects.count() <= WIDE_SCAN_ROWS:
        for file, bits in _by_scan(whole, own_print.kept, own):
            fewest[file] = min(bits, fewest.get(file, bits))
    return fewest


def _by_scan(whole, kept, own) -> list[tuple[int, int]]:
    """This picture against all pictures with their crops, and its crops against all."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT stored.media_file_id, min(bit_count(stored.bits # asked.bits))
            FROM submissions_picturehash AS stored
            JOIN unnest(%s::bit(256)[], %s::boolean[]) AS asked (bits, is_crop)
              ON NOT asked.is_crop OR stored.variant = 0
            WHERE bit_count(stored.bits # asked.bits) <= %s
              AND stored.version = %s AND stored.quality >= %s
              AND stored.media_file_id <> ALL(%s)
            GROUP BY stored.media_file_id
            """,
            [
                [as_bits(row.tobytes()) for row in (*whole, *kept)],
                [False] * len(whole) + [True] * len(kept),
                pictures.MAYBE_BITS,
                VERSION,
                pictures.LEAST_QUALITY,
                own,
            ],
        )
        return cursor.fetchall()


def _by_keys(rows, kind, own, *, most_bits) -> dict[int, list[int]]:
    near = defaultdict(list)
    for file, _place, _other_place, bits in shared_keys(
        enumerate(rows), kind, own, most_bits=most_bits
    ):
        near[file].append(bits)
    return near


def shared_keys(
    rows: Iterable[tuple[int, np.ndarray]],
    kind: int,
    own: list[int],
    *,
    most_bits: int,
) -> list[tuple[int, int, int, int]]:
    """(file, place, place there, differing bits) of stored hashes sharing a key.

    One statement for all hashes of a file; exact for copies, and for edits as far as
    one band of sixteen bits came through unchanged.
    """
    asked = [
        (int(place), key, as_bits(row.tobytes()))
        for place, row in rows
        for key in keys(row, kind)
    ]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT stored.media_file_id, asked.place, stored.place,
                   bit_count(stored.bits # asked.bits)
            FROM unnest(%s::int[], %s::int[], %s::bit(256)[])
                 AS asked (place, key, bits)
            CROSS JOIN LATERAL (
                SELECT media_file_id, place, bits FROM submissions_hashband
                WHERE key = asked.key LIMIT %s
            ) AS stored
            WHERE bit_count(stored.bits # asked.bits) <= %s
              AND stored.media_file_id <> ALL(%s)
            """,
            [*map(list, zip(*asked, strict=True)), MOST_PER_KEY, most_bits, own],
        )
        return cursor.fetchall()


# --- Films -------------------------------------------------------------------
def _like_films(frames: films.Frames, own) -> Iterator[Found]:
    candidates = _film_candidates(frames, own)
    for kept in FilmPrint.objects.filter(media_file__in=candidates, version=VERSION):
        match = films.best_match(frames, _kept(kept))
        if match is not None:
            yield Found(
                kept.media_file_id,
                LikenessKind.FILM,
                round(match.seconds / max(len(frames.greys), 1), 3),
                {
                    "seconds": match.seconds,
                    "starts_s": match.starts_s,
                    "other_starts_s": match.other_starts_s,
                    "way": match.way,
                },
            )


def _film_candidates(frames, own) -> list[int]:
    """Files with at least two seconds near one of ours, as it is or changed."""
    good = np.flatnonzero(frames.qualities >= films.LEAST_QUALITY)
    hits = Counter()
    versions = [frames, frames.trimmed, frames.mirrored, *frames.crops]
    for version in filter(None, versions):
        rows = [(second, version.hashes[second]) for second in good]
        seen = shared_keys(rows, FILM, own, most_bits=films.SURE_BITS)
        hits.update(file for file, _second in {(row[0], row[1]) for row in seen})
    return [file for file, count in hits.most_common(MOST_CANDIDATES) if count >= 2]


def _kept(row: FilmPrint) -> films.Kept:
    qualities = np.frombuffer(row.qualities, np.uint8).astype(int)
    hashes = np.frombuffer(row.hashes, np.uint8)
    return films.Kept(hashes.reshape(-1, len(qualities), pdq.HASH_BYTES), qualities)


# --- Sound -------------------------------------------------------------------
def _like_sounds(words: np.ndarray, own) -> Iterator[Found]:
    candidates = _sound_candidates(words, own)
    for kept in FilmPrint.objects.filter(media_file__in=candidates, version=VERSION):
        match = sounds.best_match(words, sounds.words_of(bytes(kept.words)))
        if match is not None:
            yield Found(
                kept.media_file_id,
                LikenessKind.SOUND,
                round(1 - match.bits_wrong, 3),
                {"starts_s": match.starts_s, "other_starts_s": match.other_starts_s},
            )


def _sound_candidates(words, own) -> list[int]:
    """Tracks that share the most telling words."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT stored.media_file_id
            FROM unnest(%s::int[]) AS asked (word)
            CROSS JOIN LATERAL (
                SELECT media_file_id FROM submissions_soundword
                WHERE word = asked.word LIMIT %s
            ) AS stored
            WHERE stored.media_file_id <> ALL(%s)
            GROUP BY stored.media_file_id HAVING count(*) >= %s
            ORDER BY count(*) DESC LIMIT %s
            """,
            [
                [int(word) for word in sounds.telling(words)],
                MOST_PER_KEY,
                own,
                LEAST_SHARED_WORDS,
                MOST_CANDIDATES,
            ],
        )
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def record(media_file: MediaFile, found: list[Found], *, at: datetime) -> None:
    """Write what was found, both ways; what an earlier look found goes."""
    Likeness.objects.filter(media_file=media_file).delete()
    Likeness.objects.filter(other_file=media_file).delete()
    Likeness.objects.bulk_create(
        likeness
        for each in found
        for likeness in (
            _row(media_file.pk, each.media_file_id, each, at, each.detail),
            _row(each.media_file_id, media_file.pk, each, at, _other_way(each.detail)),
        )
    )


def _row(media_file_id, other_id, found, at, detail):
    return Likeness(
        media_file_id=media_file_id,
        other_file_id=other_id,
        kind=found.kind,
        score=found.score,
        detail=detail,
        found_at=at,
    )


def _other_way(detail):
    """The same moments, seen from the other file."""
    if "starts_s" not in detail:
        return detail
    return detail | {
        "starts_s": detail["other_starts_s"],
        "other_starts_s": detail["starts_s"],
    }
