"""Compares a file with those of all other works of all contests."""

from collections.abc import Callable

from PIL import Image

from submissions.media.fingerprints import pictures
from submissions.media.fingerprints.prints import Prints
from submissions.media.similar import like_films, like_pictures
from submissions.media.similar.found import Found
from submissions.models import MediaFile


def find(
    media_file: MediaFile,
    prints: Prints,
    *,
    open_picture: Callable[[MediaFile], Image.Image | None],
) -> list[Found]:
    """Files of other works that are like this one, the surest first.

    `open_picture` gives a stored picture for a closer look.
    """
    own = list(media_file.submission.media_files.values_list("pk", flat=True))
    found: list[Found] = []
    if prints.picture is not None and prints.picture.quality >= pictures.LEAST_QUALITY:
        found += like_pictures.find(prints, own=own, open_picture=open_picture)
    if prints.film is not None or len(prints.words):
        found += like_films.find(prints, own=own)
    return sorted(found, key=lambda each: -each.score)
