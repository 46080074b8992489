"""Measured values as people write them; the suffix of a name says what it is."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from submissions.media.content_type import LABELS, ContentType

DURATION = {
    "h": _("%(hours)s h"),
    "h_min": _("%(hours)s h %(minutes)s min"),
    "min": _("%(minutes)s min"),
    "min_s": _("%(minutes)s min %(seconds)s s"),
    "s": _("%(seconds)s s"),
}
PIXELS = _("%(width)s × %(height)s")
CENTIMETRES = _("%(width)s × %(height)s cm")
DENSITY = _("%(number)s dpi")

# By the suffix of a name: how its value is written.
KINDS = {
    "_s": "duration",
    "_px": "pixels",
    "_cm": "centimetres",
    "dpi": "density",
    "_type": "content_type",
    "_lufs": "number",
}


def kind_of(name: str) -> str:
    """How the value of this name is written; `text` is as it is."""
    return next((kind for suffix, kind in KINDS.items() if name.endswith(suffix)), TEXT)


def humanise(name: str, value: Any) -> str:
    """`duration_s` 167 as “2 min 47 s”, `size_px` (1920, 1080) as “1920 × 1080”."""
    return "" if value is None else _WRITERS[kind_of(name)](value)


def duration(seconds: float) -> str:
    whole, hundredths = divmod(round(seconds * 100), 100)
    minutes, rest = divmod(whole, 60)
    if minutes >= 60:
        hours, minutes = divmod(minutes, 60)
        pattern = DURATION["h_min" if minutes else "h"]
        return pattern % {"hours": hours, "minutes": minutes}
    short = _number(rest + hundredths / 100)
    if not minutes:
        return DURATION["s"] % {"seconds": short}
    pattern = DURATION["min_s" if rest or hundredths else "min"]
    return pattern % {"minutes": minutes, "seconds": short}


def pixels(size: tuple[int, int]) -> str:
    return PIXELS % {"width": size[0], "height": size[1]}


def centimetres(size: tuple[float, float]) -> str:
    width, height = (number_format(side, decimal_pos=1) for side in size)
    return CENTIMETRES % {"width": width, "height": height}


def density(dpi: float) -> str:
    return DENSITY % {"number": _number(dpi)}


def content_type(value: str) -> str:
    return str(LABELS[ContentType(value)])


def _number(value: float) -> str:
    """Two decimals at most, none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


TEXT = "text"
_WRITERS: dict[str, Callable[[Any], str]] = {
    "duration": duration,
    "pixels": pixels,
    "centimetres": centimetres,
    "density": density,
    "content_type": content_type,
    "number": _number,
    TEXT: str,
}
