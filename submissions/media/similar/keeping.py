"""Stores the prints of a file, and the keys by which they are found."""

import numpy as np
from django.db import transaction

from submissions.media.fingerprints import VERSION, films, pictures, sounds
from submissions.media.fingerprints.prints import Prints
from submissions.media.similar import keys
from submissions.models import MediaFile
from submissions.models.fingerprints import (
    FilmPrint,
    HashBand,
    PictureHash,
    SoundWord,
)

CROPS_EVERY = 4  # telling seconds; neighbours are like each other
INDEXED_CROPS = range(6, 16)  # without a tenth and a fifth; the whole stands for less
VARIANT_BITS = 4


@transaction.atomic
def keep(media_file: MediaFile, prints: Prints) -> None:
    """Store a file's prints; those of an earlier inspection go."""
    for model in (PictureHash, FilmPrint, HashBand, SoundWord):
        model.objects.filter(media_file=media_file).delete()
    if prints.picture is not None:
        _keep_picture(media_file, prints.picture)
    if prints.film is not None or len(prints.words):
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
        whole, *crops = enumerate(found.kept)
        keys.keep(media_file, keys.PICTURE, [whole])
        keys.keep(media_file, keys.PICTURE_CROP, crops)


def _keep_film(media_file, frames: films.Frames | None, words):
    kept = films.kept_of(frames)
    FilmPrint.objects.create(
        media_file=media_file,
        version=VERSION,
        hashes=kept.hashes.tobytes(),
        qualities=kept.qualities.astype(np.uint8).tobytes(),
        words=words.astype("<u4").tobytes(),
    )
    _keep_scenes(media_file, kept)
    SoundWord.objects.bulk_create(
        SoundWord(media_file=media_file, word=int(word))
        for word in sounds.telling(words)
    )


def _keep_scenes(media_file, kept: films.Kept):
    seconds = [second for second, _length in kept.view(0).scenes]
    whole = [(second, kept.hashes[0][second]) for second in seconds]
    crops = [
        (second << VARIANT_BITS | variant, kept.hashes[variant][second])
        for second in seconds[::CROPS_EVERY]
        for variant in INDEXED_CROPS
    ]
    keys.keep(media_file, keys.FILM, whole)
    keys.keep(media_file, keys.FILM_CROP, crops)
