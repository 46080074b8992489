"""A picture of a work in every form it has, for browsers to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from submissions.copies import media_url
from submissions.models import Derivative, MediaFile

Kind = Derivative.Kind
JPEG_SMALL = (Kind.THUMBNAIL, Kind.VIEW)
JPEG_LARGE = (Kind.VIEW, Kind.LARGE)
NEWER = (  # the leanest first
    (Kind.THUMBNAIL_AVIF, Kind.VIEW_AVIF),
    (Kind.THUMBNAIL_WEBP, Kind.VIEW_WEBP),
)


@dataclass(frozen=True)
class Source:
    content_type: str
    srcset: str


@dataclass(frozen=True)
class Shown:
    """As components/work_picture.html takes it."""

    url: str
    width: int
    height: int
    srcset: str = ""
    sources: list[Source] = field(default_factory=list)


def shown(media_file: MediaFile) -> Shown | None:
    """In the sizes and formats there are; None without a picture.

    Reads `derivatives` once, which lists prefetch.
    """
    copies = _pictures(media_file)
    found = _jpeg(media_file, copies, JPEG_SMALL)
    if found is None:
        return None
    rows = [[copies[kind] for kind in kinds if kind in copies] for kinds in NEWER]
    sources = [
        Source(row[0].content_type, _srcset(media_file, row)) for row in rows if row
    ]
    return Shown(found.url, found.width, found.height, found.srcset, sources)


def shown_large(media_file: MediaFile) -> Shown | None:
    """For who looks closely: JPEG only, up to the large view."""
    return _jpeg(media_file, _pictures(media_file), JPEG_LARGE)


def _jpeg(media_file, copies, kinds) -> Shown | None:
    row = [copies[kind] for kind in kinds if kind in copies]
    if not row:
        return None
    first = row[0]
    return Shown(
        url=media_url(media_file, first.kind),
        width=first.width_px,
        height=first.height_px,
        srcset=_srcset(media_file, row) if len(row) > 1 else "",
    )


def _pictures(media_file) -> dict[str, Derivative]:
    """Copies with a size by their kind; the view of a film is none of them."""
    return {
        copy.kind: copy
        for copy in media_file.derivatives.all()
        if copy.content_type.startswith("image/") and copy.width_px
    }


def _srcset(media_file, row: Iterable[Derivative]) -> str:
    return ", ".join(
        f"{media_url(media_file, copy.kind)} {copy.width_px}w" for copy in row
    )
