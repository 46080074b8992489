"""Rules for videos (REQUIREMENTS B1, B2, B8)."""

from collections.abc import Iterator

from contests.rulebook import DurationLimit, Limits
from submissions.media.codes import Code
from submissions.media.content_type import ContentType, has_mp4_brand
from submissions.media.facts import FileFacts, VideoFacts
from submissions.media.films.scanning import claims_fields, is_interlaced
from submissions.media.findings import Finding
from submissions.media.provenance.origins import MADE_UP
from submissions.states import Severity

PLAYS_EVERYWHERE = ("h264",)
EIGHT_BIT = ("yuv420p", "yuvj420p", "")
SOUND_OVERHANG_S = 1.0
QUIET_LUFS = -35.0
HEADER_SLACK_S = 1.0
LOST_SHARE = 0.02  # of the announced length: more is no mere glitch
PICTURES = {ContentType.JPEG, ContentType.PNG, ContentType.HEIC}  # as phones keep them
LOST_UNSEEN_S = 0.2  # a file that lost no more has lost a frame or two
NEAR_THE_LIMIT_S = 2.0  # where hundredths of a second are told


def check_format(facts: FileFacts, limits: Limits) -> Iterator[Finding]:
    """MP4 by content (48); a MOV is told apart by its brand only (B2f)."""
    limit = limits.format
    if facts.content_type == ContentType.MP4:
        return
    params = {"found_type": facts.content_type.value}
    if facts.content_type == ContentType.MOV:
        params["variant"] = "mov"
    elif facts.content_type in PICTURES:
        params["variant"] = "picture"
    yield Finding(
        Code.VID_CONTAINER_OTHER,
        measured=facts.content_type.value,
        limit=limit.container,
        rule=limit.rule,
        clause=limit.clause,
        params=params,
    )


def check_brand(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    brands = frozenset(brand.encode() for brand in facts.compatible_brands)
    if facts.content_type != ContentType.MP4:
        return
    if not has_mp4_brand(facts.brand.encode(), brands):
        yield Finding(
            Code.VID_CONTAINER_BRAND,
            measured=facts.brand,
            limit=limits.format.container,
            rule=limits.format.rule,
            clause=limits.format.clause,
        )


def check_wholeness(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """Cut short, damaged, or merely not clean."""
    if facts.frame_count is None:
        return
    is_spoiled = facts.decode_error_count > 0 or facts.frame_count == 0
    if facts.is_partly_checked:
        yield Finding(Code.VID_DATA_PARTIAL)
    elif facts.missing_bytes and (is_spoiled or _lost_much(facts)):
        yield Finding(Code.VID_DATA_TRUNCATED, measured=facts.missing_bytes, limit=0)
    elif is_spoiled and (facts.frame_count == 0 or _lost_much(facts)):
        yield Finding(Code.VID_DATA_DAMAGED, measured=facts.decode_error_count, limit=0)
    elif is_spoiled or (facts.missing_bytes and _lost_s(facts) > LOST_UNSEEN_S):
        yield Finding(Code.VID_DATA_GLITCH, measured=facts.decode_error_count, limit=0)


def _lost_s(facts: VideoFacts) -> float:
    """Seconds of picture that the header announces and the data do not hold."""
    if not facts.header_duration_s or facts.duration_s is None:
        return 0.0
    return facts.header_duration_s - facts.duration_s


def _lost_much(facts: VideoFacts) -> bool:
    announced_s = facts.header_duration_s or 0.0
    return _lost_s(facts) > max(HEADER_SLACK_S, LOST_SHARE * announced_s)


def check_picture(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """There is a moving picture, and it can be decoded (48)."""
    if facts.frame_count is None and not facts.video_stream_count:
        code = Code.VID_STREAM_NONE if facts.has_header else Code.VID_DATA_DAMAGED
        if facts.missing_bytes:
            code = Code.VID_DATA_TRUNCATED
        yield Finding(code)
    elif facts.frame_count is None:
        yield Finding(Code.VID_CODEC_UNKNOWN, measured=facts.codec or None)


def check_streams(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """One picture track; of several, players may show another (48)."""
    count = facts.video_stream_count
    if facts.frame_count is not None and count > 1:
        yield Finding(
            Code.VID_STREAM_SEVERAL, measured=count, limit=1, params={"count": count}
        )


def check_foreign_data(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    if facts.foreign_kind:
        yield Finding(
            Code.VID_DATA_FOREIGN,
            measured=facts.foreign_kind,
            params={"found_type": facts.foreign_kind},
        )


def check_longest(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """Seconds of picture against the upper bound and its tolerances (B1, B9)."""
    limit, length_s = limits.duration, facts.duration_s
    if limit is None or limit.max_s is None or length_s is None:
        return
    beyond_s = length_s - limit.max_s
    yield from _beyond(Code.VID_DUR_LONG, length_s, limit.max_s, beyond_s, limit)


def check_shortest(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """Seconds of picture against the lower bound and its tolerances (B1)."""
    limit, length_s = limits.duration, facts.duration_s
    if limit is None or limit.min_s is None or length_s is None:
        return
    beyond_s = limit.min_s - length_s
    yield from _beyond(Code.VID_DUR_SHORT, length_s, limit.min_s, beyond_s, limit)


def _beyond(
    code: Code, length_s: float, bound_s: float, beyond_s: float, limit: DurationLimit
) -> Iterator[Finding]:
    """What is found where a length lies beyond a bound by so many seconds."""
    beyond_s = round(beyond_s, 4)
    if beyond_s <= limit.pass_tolerance_s:
        return
    is_near = beyond_s < NEAR_THE_LIMIT_S
    params = {
        "duration_s": round(length_s, 2) if is_near else round(length_s),
        "limit_s": bound_s,
    }
    severity = Severity.ERROR
    if beyond_s <= limit.review_tolerance_s:
        severity, params["variant"] = Severity.WARNING, "review"
    elif limit.waiver and code == Code.VID_DUR_LONG:
        params["variant"] = "waiver"
    yield Finding(
        code,
        severity=severity,
        measured=length_s,
        limit=bound_s,
        rule=limit.rule_of_max if code == Code.VID_DUR_LONG else limit.rule,
        clause=limit.clause,
        params=params,
    )


def check_announced_length(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """The header's claim is told when it is wrong, and never counts; but a film in
    fragments that claims far more than it holds may have lost its end."""
    announced, real = facts.header_duration_s, facts.duration_s
    if not announced or real is None or facts.is_partly_checked:
        return
    if abs(announced - real) > HEADER_SLACK_S:
        may_be_cut = facts.is_fragmented and _lost_much(facts)
        yield Finding(
            Code.VID_DUR_HEADER,
            severity=Severity.WARNING if may_be_cut else None,
            measured=announced,
            limit=real,
            params={"header_s": round(announced, 2), "duration_s": round(real, 2)},
        )


def check_size(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """Displayed size: both sides, one side, nearly, or too small (B2 a to d)."""
    limit = limits.pixels
    size = (facts.display_width_px, facts.display_height_px)
    if limit is None or None in size:
        return
    short, long = min(size), max(size)
    reached = (short >= limit.short_side_px) + (long >= limit.long_side_px)
    if reached == 2:
        return
    near = 1 - limit.near_percent / 100
    is_near = short >= limit.short_side_px * near and long >= limit.long_side_px * near
    smaller = Code.VID_PIXELS_NEAR if is_near else Code.VID_PIXELS_LOW
    portrait = size[0] < size[1]
    asked = (limit.long_side_px, limit.short_side_px)[:: -1 if portrait else 1]
    yield Finding(
        Code.VID_PIXELS_ONESIDE if reached else smaller,
        measured="{}x{}".format(*size),
        limit="{}x{}".format(*asked),
        rule=limit.rule,
        clause=limit.clause,
        params={"size_px": size, "limit_px": asked},
    )


def check_pixel_shape(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """Pixels that are not square are fine, and said (B2g)."""
    if facts.sar == "1:1" or limits.pixels is None or not facts.display_width_px:
        return
    yield Finding(
        Code.VID_PIXELS_ANAMORPHIC,
        measured=facts.sar,
        limit="1:1",
        rule=limits.pixels.rule,
        clause=limits.pixels.clause,
        params={
            "coded_px": (facts.coded_width_px, facts.coded_height_px),
            "size_px": (facts.display_width_px, facts.display_height_px),
        },
    )


def check_scan(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """The P of 1080P means progressive (B2e)."""
    limit = limits.pixels
    if limit is not None and is_interlaced(facts):
        yield Finding(
            Code.VID_SCAN_INTERLACED,
            measured=(facts.field_order if claims_fields(facts) else facts.woven_share),
            limit="progressive",
            rule=limit.rule,
            clause=limit.clause,
        )


def check_coding(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """The rule names the container only; a rare coding is just told (B2h)."""
    name = facts.codec.upper()
    if facts.codec in PLAYS_EVERYWHERE and facts.pixel_format in EIGHT_BIT:
        return
    if facts.codec in PLAYS_EVERYWHERE:
        name = f"{name} ({facts.pixel_format})"
    yield Finding(Code.VID_CODEC_CONVERT, measured=name, params={"codec": name})


def check_sound(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """A film without sound is fine, and said."""
    if not facts.has_audio:
        yield Finding(Code.VID_SOUND_NONE)


def check_sound_length(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """Sound beyond the picture by more than a second is a warning (B1)."""
    sound_s, picture_s = facts.audio_duration_s, facts.duration_s
    if sound_s and picture_s and round(sound_s - picture_s, 3) > SOUND_OVERHANG_S:
        yield Finding(
            Code.VID_SOUND_LONG,
            measured=sound_s,
            limit=picture_s,
            rule=limits.duration.rule if limits.duration else "",
            params={"sound_s": round(sound_s, 1), "duration_s": round(picture_s, 1)},
        )


def check_loudness(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """A sound track that says nothing, or next to nothing, is told."""
    sound_s = facts.audio_duration_s
    if sound_s and facts.silent_s >= 0.98 * sound_s:
        yield Finding(Code.VID_SOUND_SILENT, measured=facts.silent_s)
    elif facts.loudness_lufs is not None and facts.loudness_lufs < QUIET_LUFS:
        loudness = facts.loudness_lufs
        yield Finding(
            Code.VID_SOUND_QUIET,
            measured=loudness,
            limit=QUIET_LUFS,
            params={"loudness_lufs": loudness},
        )


def check_black(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """Half of the picture black is worth a word."""
    if facts.duration_s and facts.black_s > facts.duration_s / 2:
        yield Finding(
            Code.VID_PICTURE_BLACK,
            measured=facts.black_s,
            params={"black_s": round(facts.black_s)},
        )


def check_editing(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """A camera's tags, no program's tag and no cut: perhaps never edited (47, B8)."""
    limit = limits.edited
    if limit is None or not facts.camera or facts.cut_count != 0:
        return
    if not facts.edited_with:
        yield Finding(
            Code.VID_EDIT_RAW,
            measured=facts.camera,
            rule=limit.rule,
            clause=limit.clause,
        )


def check_ai_label(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    if facts.aigc_label:
        yield Finding(Code.VID_AIGC_LABELLED, measured=facts.aigc_label)


def check_source(facts: VideoFacts, limits: Limits) -> Iterator[Finding]:
    """Made up by a program, by its own account; the label, if any, says so already."""
    types = (facts.c2pa_source_type, facts.digital_source_type)
    told = next((kind for kind in types if kind in MADE_UP), "")
    if told and not facts.aigc_label:
        yield Finding(Code.VID_SOURCE_GENERATED, measured=told)


READABILITY = (check_brand, check_picture, check_streams, check_wholeness)
MEASURES = (
    check_foreign_data,
    check_longest,
    check_shortest,
    check_announced_length,
    check_size,
    check_pixel_shape,
    check_scan,
    check_coding,
    check_sound,
    check_sound_length,
    check_loudness,
    check_black,
    check_editing,
    check_ai_label,
    check_source,
)
