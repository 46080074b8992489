"""Films that share scenes or sound with a new one."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from django.db import connection

from submissions.media.fingerprints import VERSION, films, pdq, sounds
from submissions.media.fingerprints.prints import Prints
from submissions.media.similar import keys
from submissions.media.similar.found import Found
from submissions.media.similar.keeping import CROPS_EVERY, VARIANT_BITS
from submissions.models.fingerprints import FilmPrint
from submissions.states import LikenessKind

MOST_CANDIDATES = 20
MOST_WAYS = 6  # of looking at one candidate
LEAST_SECONDS_NEAR = 2
LEAST_SHARED_WORDS = 3
PIECES_TOLD = 5

Way = tuple[str, int]  # how ours is looked at, and which variant of the other

SHARED_WORDS = """
    SELECT stored.media_file_id
    FROM unnest(%(words)s::int[]) AS asked (word)
    CROSS JOIN LATERAL (
        SELECT media_file_id FROM submissions_soundword
        WHERE word = asked.word LIMIT %(most_per_key)s
    ) AS stored
    WHERE stored.media_file_id <> ALL(%(own)s)
    GROUP BY stored.media_file_id HAVING count(*) >= %(least)s
    ORDER BY count(*) DESC LIMIT %(most)s
"""


def find(prints: Prints, *, own: list[int]) -> Iterator[Found]:
    """Whoever leads to a film, scenes or sound: both are compared."""
    heard = {1.0: prints.words} | prints.shifted
    by_scenes = _near_scenes(prints.film, own) if prints.film else {}
    by_sound = [file for words in heard.values() for file in sharing_words(words, own)]
    stored = FilmPrint.objects.filter(
        media_file__in={*by_scenes, *by_sound}, version=VERSION
    )
    for other in stored.iterator(chunk_size=1):
        file = other.media_file_id
        if prints.film:
            scenes = _same_scenes(prints.film, _kept(other), by_scenes.get(file))
            if scenes is not None:
                yield _found_scenes(file, scenes, prints.film, other)
        sound = _same_sound(heard, sounds.words_of(bytes(other.words)))
        if sound is not None:
            yield _found_sound(file, sound)


def _found_scenes(media_file_id, match, frames, other):
    shorter = min(frames.seconds, len(other.qualities))
    share = min(1.0, match.seconds / max(shorter, 1))
    pieces = [
        {
            "starts_s": piece.starts_s,
            "other_starts_s": piece.other_starts_s,
            "seconds": piece.seconds,
        }
        for piece in match.pieces[:PIECES_TOLD]
    ]
    detail = {"seconds": match.seconds, "way": match.way, "bits": match.bits}
    detail |= {"pieces": pieces}
    return Found(media_file_id, LikenessKind.FILM, round(share, 3), detail)


def _found_sound(media_file_id, match):
    piece = {
        "starts_s": match.starts_s,
        "other_starts_s": match.other_starts_s,
        "seconds": match.seconds,
    }
    score = round(1 - match.bits_wrong, 3)
    detail = {"seconds": match.seconds, "pieces": [piece]}
    return Found(media_file_id, LikenessKind.SOUND, score, detail)


# --- Candidates --------------------------------------------------------------
def _near_scenes(frames, own) -> dict[int, list[Way]]:
    """Files with some seconds near ours, and the ways in which they are."""
    seconds: dict[int, dict[int, int]] = defaultdict(dict)
    ways: dict[int, Counter] = defaultdict(Counter)
    for (own_way, kind), rows in _asked(frames).items():
        lengths = {second: length for second, length, _row in rows}
        for near in keys.near(
            kind,
            [(second, row) for second, _length, row in rows],
            own=own,
            most_bits=films.SURE_BITS,
        ):
            variant = near.other_place % (1 << VARIANT_BITS)
            way = (own_way, variant if kind is keys.FILM_CROP else 0)
            seconds[near.media_file_id][near.place] = lengths[near.place]
            ways[near.media_file_id][way] += 1
    near_for = Counter({file: sum(each.values()) for file, each in seconds.items()})
    return {
        file: [way for way, _count in ways[file].most_common(MOST_WAYS)]
        for file, count in near_for.most_common(MOST_CANDIDATES)
        if count >= LEAST_SECONDS_NEAR
    }


def _asked(frames):
    """What is looked for where: (second, for how long, hash), by way and kind."""
    asked = {}
    for way, view in frames.ways.items():
        rows = [(second, length, view.hashes[second]) for second, length in view.scenes]
        asked[way, keys.FILM] = rows
        asked[way, keys.FILM_CROP] = rows
    for number, crop in enumerate(frames.crops):
        scenes = frames.whole.scenes[::CROPS_EVERY]
        asked[f"{films.CROPPED}{number}", keys.FILM] = [
            (second, length * CROPS_EVERY, crop.hashes[second])
            for second, length in scenes
        ]
    return asked


def _same_scenes(frames, other: films.Kept, ways: list[Way] | None):
    if ways is None:  # only its sound led here
        return films.best_match(frames, other)
    views = frames.ways | {
        f"{films.CROPPED}{number}": crop for number, crop in enumerate(frames.crops)
    }
    return films.longest(
        films.match(views[own_way], other.view(variant), _told(own_way, variant))
        for own_way, variant in ways
    )


def _told(own_way, variant):
    return films.CROPPED if variant or own_way.startswith(films.CROPPED) else own_way


def _same_sound(heard, other_words) -> sounds.Match | None:
    """The best match at any of the speeds, in seconds of the track itself."""
    matches = []
    for speed, words in heard.items():
        match = sounds.best_match(words, other_words)
        if match is not None:
            matches.append(replace(match, starts_s=round(match.starts_s * speed, 1)))
    return min(matches, key=lambda match: match.bits_wrong, default=None)


def _kept(row: FilmPrint) -> films.Kept:
    qualities = np.frombuffer(row.qualities, np.uint8).astype(int)
    hashes = np.frombuffer(row.hashes, np.uint8)
    shape = films.VARIANTS, len(qualities), pdq.HASH_BYTES
    return films.Kept(hashes.reshape(shape), qualities)


def sharing_words(words, own) -> list[int]:
    """Tracks that share the most telling words."""
    asked = {
        "words": [int(word) for word in sounds.telling(words)],
        "most_per_key": keys.MOST_PER_KEY,
        "own": own,
        "least": LEAST_SHARED_WORDS,
        "most": MOST_CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(SHARED_WORDS, asked)
        return [row[0] for row in cursor.fetchall()]
