"""The four kinds of category, with the limits of REQUIREMENTS part B."""

from contests.rulebook import (
    AspectLimit,
    Category,
    ColourLimit,
    CountLimit,
    DensityLimit,
    DurationLimit,
    FormatLimit,
    Limit,
    Limits,
    PixelLimit,
    SoftPixelLimit,
)

CLAUSE = "示例条款。"


def limit(kind, rule, **values):
    return kind(rule=rule, clause=CLAUSE, **values)


def category(key, media, **limits):
    return Category(
        key=key, name=key, media=media, summary=key, limits=Limits(**limits)
    )


SHORT_VIDEO = category(
    "short_video",
    "video",
    format=limit(FormatLimit, "48", container="mp4"),
    count=limit(CountLimit, "46", min=1, max=1),
    duration=limit(DurationLimit, "46", max_s=180),
    pixels=limit(PixelLimit, "49", short_side_px=1080, long_side_px=1920),
    edited=limit(Limit, "47"),
)
LONG_VIDEO = category(
    "long_video",
    "video",
    format=limit(FormatLimit, "48", container="mp4"),
    count=limit(CountLimit, "51", min=1, max=1),
    duration=limit(
        DurationLimit, "51", min_s=180, max_s=900, max_rule="52", waiver=True
    ),
    pixels=limit(PixelLimit, "49", short_side_px=1080, long_side_px=1920),
)
GRAPHIC = category(
    "graphic",
    "image",
    format=limit(FormatLimit, "54", container="jpeg"),
    count=limit(CountLimit, "57", min=1, max=3),
    colour=limit(ColourLimit, "55", grey="review"),
    density=limit(DensityLimit, "56", min_dpi=300, accept_from_dpi=299),
    aspect=limit(AspectLimit, "57", max_ratio=4),
)
PHOTO = category(
    "photo",
    "image",
    format=limit(FormatLimit, "58", container="jpeg"),
    count=limit(CountLimit, "59", min=1, max=20, warn_above=12),
    colour=limit(ColourLimit, "55", grey="pass"),
    soft_pixels=limit(SoftPixelLimit, "58", min_short_side_px=1080),
    unmodified=limit(Limit, "60"),
)
