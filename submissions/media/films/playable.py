"""Whether a film plays in every browser as it is, and if not, why not: from its facts.

What plays is copied stream by stream. A slip here costs an hour of work, or a film that
judges cannot see; so each reason is one line of a table.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from submissions.media.facts import VideoFacts
from submissions.media.films.colour import HDR_TRANSFERS, WIDE_PRIMARIES
from submissions.media.films.scanning import is_interlaced

MAX_BIT_RATE = 20_000_000
MAX_SIDE_PX = 4096
MAX_FRAME_RATE = 60
PROFILES = frozenset(
    {"Constrained Baseline", "Baseline", "Main", "High"}
    | {"Progressive High", "Constrained High"}
)
EIGHT_BIT_420 = frozenset({"yuv420p", "yuvj420p"})
TAGS = frozenset({"avc1"})
SOUND_PROFILES = frozenset({"LC", ""})
# Frames closer than this are more than any screen shows, and stall some players; gaps
# longer than that look as if the film had stopped.
CLOSEST_FRAMES_S = 0.008
LONGEST_GAP_S = 1.0

COPY_FAILED = "copy_failed"
SOUND = "sound"
SENTENCES = {
    "codec": _("Not every browser can play the way its pictures are coded."),
    "colour_depth": _("It has more colour than browsers can show."),
    "profile": _("It is coded in a way that few browsers can play."),
    "hdr": _("It was filmed in high dynamic range, which most screens cannot show."),
    "wide_colour": _("It has colours that most screens cannot show."),
    "interlaced": _("It is made of half pictures, which look jagged on screens."),
    "pixel_shape": _("Its pixels are not square, which not every browser minds."),
    "size": _("It is larger than most devices can play."),
    "frame_rate": _("It has more pictures in a second than screens show."),
    "frame_times": _("Its pictures follow each other unevenly."),
    "bit_rate": _("It needs a faster network than most people have."),
    SOUND: _("Not every browser can play the way its sound is coded."),
    COPY_FAILED: _("Its container is not one that browsers can play."),
}


def reasons_to_convert(facts: VideoFacts) -> list[str]:
    """Keys of SENTENCES; none when browsers play the film as it is."""
    return [*_of_picture(facts), *_of_sound(facts)]


def sentences(reasons: Iterable[str]) -> list[str]:
    return [str(SENTENCES[key]) for key in reasons if key in SENTENCES]


def _of_picture(facts: VideoFacts) -> Iterator[str]:
    yield from _of_coding(facts)
    if facts.color_transfer in HDR_TRANSFERS:
        yield "hdr"
    elif facts.color_primaries in WIDE_PRIMARIES:
        yield "wide_colour"
    if is_interlaced(facts):
        yield "interlaced"
    if facts.sar != "1:1":
        yield "pixel_shape"
    if max(facts.display_width_px or 0, facts.display_height_px or 0) > MAX_SIDE_PX:
        yield "size"
    if (facts.frame_rate or 0) > MAX_FRAME_RATE * 1.01:
        yield "frame_rate"
    elif _is_uneven(facts):
        yield "frame_times"
    if (_bit_rate(facts) or 0) > MAX_BIT_RATE:
        yield "bit_rate"


def _of_coding(facts: VideoFacts) -> Iterator[str]:
    if facts.codec != "h264":
        yield "codec"
    elif facts.pixel_format not in EIGHT_BIT_420:
        yield "colour_depth"
    elif facts.profile not in PROFILES or facts.codec_tag not in TAGS:
        yield "profile"


def _of_sound(facts: VideoFacts) -> Iterator[str]:
    if not facts.has_audio:
        return
    if facts.audio_codec != "aac" or facts.audio_profile not in SOUND_PROFILES:
        yield SOUND


def _is_uneven(facts: VideoFacts) -> bool:
    """Phones vary a little, which every browser plays; this is about the rest."""
    if not facts.is_variable_frame_rate:
        return False
    shortest, longest = facts.shortest_frame_s, facts.longest_frame_s
    return bool(
        (shortest and shortest < CLOSEST_FRAMES_S)
        or (longest and longest > LONGEST_GAP_S)
    )


def _bit_rate(facts: VideoFacts) -> float | None:
    if facts.bit_rate:
        return facts.bit_rate
    if facts.size_bytes and facts.duration_s:
        return facts.size_bytes * 8 / facts.duration_s
    return None


def even_rate(facts: VideoFacts) -> Fraction:
    """Pictures a second of a converted film: constant, no more than screens show."""
    rate = Fraction(facts.frame_rate or 25).limit_denominator(1001)
    if facts.is_variable_frame_rate:
        rate = Fraction(30 if rate <= 31 else MAX_FRAME_RATE)
    while rate > MAX_FRAME_RATE * 1.01:
        rate /= 2
    return max(rate, Fraction(1))


def copy_px(facts: VideoFacts) -> tuple[int, int]:
    """Width and height of a converted film.

    It is scaled down until its long side has 1920 pixels or its short side 1080, so
    judges see at least what the rules ask for; never up.
    """
    size = (facts.display_width_px, facts.display_height_px)
    short, long = min(size), max(size)
    scale = min(1.0, max(1920 / long, 1080 / short), MAX_SIDE_PX / long)
    return tuple(max(2, round(side * scale / 2) * 2) for side in size)
