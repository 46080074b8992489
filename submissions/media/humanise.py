"""Measured values as people write them; the suffix of a name says what it is."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from submissions.media.content_type import LABELS, ContentType


def humanise(name: str, value: Any) -> str:
    """`duration_s` 167 as “2 min 47 s”, `size_px` (1920, 1080) as “1920 × 1080”."""
    writer = next(
        (write for suffix, write in _WRITERS.items() if name.endswith(suffix)), str
    )
    return "" if value is None else writer(value)


def duration(seconds: float) -> str:
    whole, hundredths = divmod(round(seconds * 100), 100)
    minutes, rest = divmod(whole, 60)
    if minutes >= 60:
        hours, minutes = divmod(minutes, 60)
        if not minutes:
            return _("%(hours)s h") % {"hours": hours}
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    short = _number(rest + hundredths / 100)
    if not minutes:
        return _("%(seconds)s s") % {"seconds": short}
    if not rest and not hundredths:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": short}


def pixels(size: tuple[int, int]) -> str:
    return _("%(width)s × %(height)s") % {"width": size[0], "height": size[1]}


def centimetres(size: tuple[float, float]) -> str:
    width, height = (number_format(side, decimal_pos=1) for side in size)
    return _("%(width)s × %(height)s cm") % {"width": width, "height": height}


def density(dpi: float) -> str:
    return _("%(number)s dpi") % {"number": _number(dpi)}


def content_type(value: str) -> str:
    return str(LABELS[ContentType(value)])


def _number(value: float) -> str:
    """Two decimals at most, none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


_WRITERS: dict[str, Callable[[Any], str]] = {
    "_s": duration,
    "_px": pixels,
    "_cm": centimetres,
    "dpi": density,
    "_type": content_type,
    "_lufs": _number,
}
