"""A film as a page plays it: its copy, its poster, its storyboard, or why not yet."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from submissions.copies import copy_of, copy_url, media_url
from submissions.models import Conversion, Derivative, MediaFile
from submissions.states import JOBS_TO_DO

Kind = Derivative.Kind


@dataclass(frozen=True)
class Player:
    """As submissions/_player.html takes it. `storyboard` is the copy's detail with its
    address as `url`."""

    view: str
    poster: str
    why_not: str = ""
    storyboard: dict | None = None
    width_px: int | None = None
    height_px: int | None = None


def player_of(media_file: MediaFile) -> Player:
    """For a film loaded with its copies and its conversion."""
    view = copy_of(media_file, Kind.VIEW)
    return Player(
        view=copy_url(media_file, Kind.VIEW),
        poster=copy_url(media_file, Kind.POSTER),
        why_not="" if view else _why_not(media_file),
        storyboard=_storyboard(media_file),
        width_px=view.width_px if view else None,
        height_px=view.height_px if view else None,
    )


def _storyboard(media_file):
    copy = copy_of(media_file, Kind.STORYBOARD)
    if copy is None or not copy.detail.get("count"):
        return None
    return copy.detail | {"url": media_url(media_file, copy.kind)}


def _why_not(media_file):
    try:
        state = media_file.conversion.state
    except Conversion.DoesNotExist:
        state = ""
    if state in JOBS_TO_DO:
        return _(
            "This film is being converted so that it plays here. Please come back a "
            "little later."
        )
    return _(
        "There is no copy of this film yet that plays here. The organisers know of it; "
        "the work stays in the contest."
    )
