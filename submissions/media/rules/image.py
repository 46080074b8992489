"""Rules for pictures, pages and photographs (REQUIREMENTS B3 to B5)."""

from collections.abc import Iterator

from contests.rulebook import Limits
from submissions.media.codes import Code
from submissions.media.content_type import ContentType
from submissions.media.facts import FileFacts, ImageFacts
from submissions.media.findings import Finding
from submissions.media.pictures.images import CODINGS
from submissions.media.rules.provenance import MAKING

FILMS = frozenset((ContentType.MP4, ContentType.MOV))
CM_PER_INCH = 2.54
UNEQUAL_SHARE = 0.01  # a rounded dots-per-centimetre figure is not a stretched picture


def check_format(facts: FileFacts, limits: Limits) -> Iterator[Finding]:
    """JPEG by content (54, 58)."""
    limit = limits.format
    if facts.content_type == ContentType.JPEG:
        return
    params = {"found_type": facts.content_type.value}
    if facts.content_type == ContentType.HEIC:
        params["variant"] = "heic"
    elif facts.content_type in FILMS:
        params["variant"] = "film"
    yield Finding(
        Code.IMG_FORMAT_OTHER,
        measured=facts.content_type.value,
        limit=limit.container,
        rule=limit.rule,
        clause=limit.clause,
        params=params,
    )


def check_wholeness(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """Not to be opened safely, unreadable, cut short, or merely not clean."""
    if facts.is_unsafe:
        yield Finding(Code.IMG_DATA_UNSAFE)
    elif facts.is_too_big:
        size = (facts.width_px, facts.height_px)
        yield Finding(
            Code.IMG_PIXELS_HUGE,
            measured="{}x{}".format(*size),
            params={"size_px": size},
        )
    elif facts.coding and (facts.coding not in CODINGS or facts.precision_bits != 8):
        yield Finding(Code.IMG_CODING_OTHER, measured=facts.coding)
    elif facts.is_cut_short:
        yield Finding(Code.IMG_DATA_TRUNCATED, measured=facts.decode_warning or None)
    elif not facts.is_decodable:
        yield Finding(Code.IMG_DATA_DAMAGED, measured=facts.decode_warning or None)
    elif facts.decode_warning:
        yield Finding(Code.IMG_DATA_GLITCH, measured=facts.decode_warning)


def check_attached_data(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """Foreign content is looked at; a phone's own additions are just told."""
    if facts.foreign_kind:
        yield Finding(
            Code.IMG_DATA_FOREIGN,
            measured=facts.foreign_kind,
            params={"found_type": facts.foreign_kind},
        )
    elif facts.trailing_kind:
        yield Finding(Code.IMG_DATA_TRAILING, measured=facts.trailing_kind)


def check_mode(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """RGB asked for; grey as the rule book says (55, B4)."""
    limit = limits.colour
    if limit is None:
        return
    cited = {"limit": "RGB", "rule": limit.rule, "clause": limit.clause}
    if facts.mode in ("CMYK", "YCCK"):
        yield Finding(
            Code.IMG_MODE_CMYK,
            measured=facts.mode,
            params={"mode": facts.mode},
            **cited,
        )
    elif facts.mode == "L" and limit.grey == "review":
        yield Finding(Code.IMG_MODE_GREY, measured=facts.mode, **cited)
    elif facts.mode == "RGB" and facts.icc_profile and not facts.icc_is_srgb:
        yield Finding(
            Code.IMG_PROFILE_OTHER,
            measured=facts.icc_profile,
            params={"profile": facts.icc_profile},
            **cited,
        )


def check_density(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """Dots per inch, a header's number: never an error (56, B3)."""
    limit = limits.density
    if limit is None or not facts.width_px or not facts.height_px:
        return
    cited = {"limit": limit.min_dpi, "rule": limit.rule, "clause": limit.clause}
    params = {"limit_dpi": limit.min_dpi, "print_cm": _print_size(facts, limit.min_dpi)}
    if facts.dpi_x is None:
        yield Finding(Code.IMG_DPI_MISSING, params=params, **cited)
        return
    lower = min(facts.dpi_x, facts.dpi_y)
    params["dpi"] = lower
    others = [dpi >= limit.accept_from_dpi for dpi in (facts.dpi_others or {}).values()]
    enough = lower >= limit.accept_from_dpi
    if any(is_enough != enough for is_enough in others):
        other = next(iter(facts.dpi_others.values()))
        params = {"dpi": facts.dpi_x, "other_dpi": other}
        yield Finding(
            Code.IMG_DPI_CONFLICT, measured=facts.dpi_x, params=params, **cited
        )
    elif not enough:
        yield Finding(Code.IMG_DPI_LOW, measured=lower, params=params, **cited)
    if abs(facts.dpi_x - facts.dpi_y) > UNEQUAL_SHARE * lower:
        params = {"dpi": facts.dpi_x, "other_dpi": facts.dpi_y}
        yield Finding(
            Code.IMG_DPI_UNEQUAL, measured=facts.dpi_x, params=params, **cited
        )


def _print_size(facts: ImageFacts, dpi: float) -> tuple[float, float]:
    sides = (facts.display_width_px, facts.display_height_px)
    return tuple(round(side / dpi * CM_PER_INCH, 1) for side in sides)


def check_strip(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """A long strip may hide more pages (57, B5)."""
    limit = limits.aspect
    if limit is None or facts.side_ratio is None:
        return
    if facts.side_ratio > limit.max_ratio:
        yield Finding(
            Code.IMG_RATIO_STRIP,
            measured=round(facts.side_ratio, 2),
            limit=limit.max_ratio,
            rule=limit.rule,
            clause=limit.clause,
            params={"size_px": (facts.display_width_px, facts.display_height_px)},
        )


def check_soft_size(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """A floor of the portal's own, below which a person looks (58)."""
    limit = limits.soft_pixels
    if limit is None or not facts.width_px or not facts.height_px:
        return
    short = min(facts.width_px, facts.height_px)
    if short < limit.min_short_side_px:
        yield Finding(
            Code.IMG_PIXELS_LOW,
            measured=short,
            limit=limit.min_short_side_px,
            rule=limit.rule,
            clause=limit.clause,
            params={"size_px": (facts.display_width_px, facts.display_height_px)},
        )


READABILITY = (check_wholeness,)
MEASURES = (
    check_attached_data,
    check_mode,
    check_density,
    check_strip,
    check_soft_size,
    *MAKING,
)
