"""Where the browser finds a picture of the rule book, in every form there is."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.urls import reverse

from contests.rulebook import RuleBook

LEANEST_FIRST = ("image/avif", "image/webp", "image/png", "image/jpeg")


@dataclass(frozen=True)
class PictureSource:
    url: str
    content_type: str
    width: int
    height: int


def sources_of(book: RuleBook, name: str) -> list[PictureSource]:
    """The files that share this name but for the ending, the leanest first.

    The last one is what every browser reads; empty where the book has no picture.
    """
    stem = PurePosixPath(name).stem
    found = [
        PictureSource(
            reverse("contests:picture", args=[picture.sha256, file]),
            picture.media_type,
            picture.width,
            picture.height,
        )
        for file, picture in book.pictures.items()
        if name and PurePosixPath(file).stem == stem
    ]
    return sorted(found, key=lambda each: LEANEST_FIRST.index(each.content_type))
