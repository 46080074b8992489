"""Works as tiles: a picture, a title, and what kind of work it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from submissions.credits import credit_line
from submissions.models import MediaFile, Submission
from submissions.ribbons import ribbons_of
from submissions.shown import Shown, shown


@dataclass(frozen=True)
class Tile:
    """As components/work_tile.html takes it."""

    url: str
    title: str
    credit: str
    place: str
    picture: Shown | None
    width: int | None
    height: int | None
    badge: str
    badge_icon: str
    ribbon: str


def tiles_of(submissions: Iterable[Submission]) -> list[Tile]:
    """Tiles of accepted works, as queries.gallery() loads them."""
    works = list(submissions)
    ribbons = ribbons_of(works)
    return [_tile(work, ribbons.get(work.pk, "")) for work in works]


def _tile(work, ribbon):
    files = list(work.media_files.all())
    cover = files[0] if files else None
    picture = shown(cover) if cover else None
    badge, badge_icon = _badge(work, files)
    return Tile(
        url=reverse("submissions:work", args=[work.number]),
        title=work.title,
        credit=credit_line(work),
        place=work.shot_place or work.unit.name,
        picture=picture,
        width=picture.width if picture else None,
        height=picture.height if picture else None,
        badge=badge,
        badge_icon=badge_icon,
        ribbon=ribbon,
    )


def _badge(work, files):
    if work.category.media == "video":
        return (clock_words(files[0]) if files else ""), "play"
    if len(files) > 1:
        count = len(files)
        words = ngettext("%(count)s picture", "Series of %(count)s pictures", count)
        return words % {"count": count}, "layers"
    return "", ""


def clock_words(media_file: MediaFile) -> str:
    """How long a video is, as players write it: 02:47."""
    seconds = media_file.inspection.facts.get("duration_s")
    if not seconds:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:02d}:{rest:02d}"
