"""Looks at a video: boxes, one ffprobe, one decoding pass."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from submissions.media.facts import FileFacts, VideoFacts
from submissions.media.films import avc, boxes, decoding
from submissions.media.films.colour import colour_of
from submissions.media.films.frames import Frames, Tiles
from submissions.media.films.graphs import Plan
from submissions.media.films.hearing import TICKS_PER_S, Report
from submissions.media.provenance.labels import AigcLabel, label_from_text
from submissions.media.tools import ffmpeg
from submissions.media.tools.clocks import Clock

STILL_CODECS = frozenset({"mjpeg", "png", "bmp", "gif"})
MAX_SIDE_PX = 32_768
SLACK_S = 1.0  # by which the longest track and the whole may differ
GPS_TAGS = ("location", "com.apple.quicktime.location.iso6709", "location-eng")
MAKER_TAGS = ("com.apple.quicktime.make", "com.android.manufacturer", "make")
MODEL_TAGS = ("com.apple.quicktime.model", "com.android.model", "model")
ANDROID_TAG = "com.android.version"
SOFTWARE_TAGS = ("software", "com.apple.quicktime.software", "encoder")
EDITED_TAGS = ("encoder", "encoding_tool", "com.apple.proapps.version")
TAKEN_TAGS = ("com.apple.quicktime.creationdate", "creation_time")


@dataclass(frozen=True)
class Film:
    """The facts of a video and what the decoding pass left in the scratch folder."""

    facts: VideoFacts
    posters: Frames | None = None
    frames: Path | None = None
    sound_print: Path | None = None
    tiles: Tiles | None = None
    label: AigcLabel | None = None
    tool_versions: dict[str, str] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)


def look_at(
    file: BinaryIO,
    *,
    path: Path,
    base: FileFacts,
    scratch_dir: Path,
    stop_after_s: float | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Film:
    """Never raises on any content. Decoding stops at `stop_after_s` where given."""
    timings: dict[str, float] = {}
    clock = Clock(timings)
    container = boxes.walk(file, size_bytes=base.size_bytes)
    facts = _container_facts(container, base)
    with clock.timed("probe_s"):
        header = header_of(path, container)
    if header is None:
        return Film(facts, timings=timings)
    versions = {"ffprobe": _text(header.get("program_version", {}).get("version"))}
    facts, label = _header_facts(facts, header)
    facts = _with_lost_fragments(facts, header, container.announced_s)
    picture = _picture(header)
    if picture is None or not facts.codec or not facts.display_width_px:
        return Film(facts, label=label, tool_versions=versions, timings=timings)
    plan = _plan(facts, header, picture, stop_after_s=stop_after_s)
    with clock.timed("decode_s"):
        decoded = decoding.run(
            plan, path=path, scratch_dir=scratch_dir, on_progress=on_progress
        )
    return Film(
        _decoded_facts(facts, decoded.report, plan),
        posters=decoded.posters,
        frames=decoded.frames,
        sound_print=decoded.sound_print,
        tiles=decoded.tiles,
        label=label,
        tool_versions=versions | {"ffmpeg": decoded.report.version},
        log=decoded.report.errors,
        timings=timings,
    )


def header_of(path: Path, container: boxes.Boxes) -> dict | None:
    """ffprobe's account; a picture is decoded for it where the container does not tell
    what they are like."""
    told = container.pictures
    header = ffmpeg.read_header(
        path,
        counts_packets=b"moof" in container.types,
        decodes_pictures=told is None,
    )
    return avc.completed(header, told) if header and told is not None else header


def _container_facts(found: boxes.Boxes, base: FileFacts) -> VideoFacts:
    return VideoFacts(
        size_bytes=base.size_bytes,
        sha256=base.sha256,
        content_type=base.content_type,
        brand=_brand(found.major_brand),
        compatible_brands=tuple(sorted(map(_brand, found.compatible_brands))),
        is_fragmented=b"moof" in found.types,
        missing_bytes=found.missing_bytes,
        trailing_bytes=found.trailing_bytes,
        foreign_kind=found.trailing_kind,
        has_c2pa=found.has_c2pa,
    )


def _brand(brand: bytes) -> str:
    """Any four bytes, those that are no characters as their numbers."""
    return "".join(chr(b) if 32 <= b < 127 else f"\\x{b:02x}" for b in brand)


def _header_facts(
    facts: VideoFacts, header: dict
) -> tuple[VideoFacts, AigcLabel | None]:
    tags = _tags(header)
    label = label_from_text(tags.get("aigc"))
    picture, sound = _picture(header), _sound(header)
    facts = facts.with_(
        has_header=True,
        container_duration_s=_seconds(header.get("format", {}).get("duration")),
        bit_rate=_whole(header.get("format", {}).get("bit_rate")),
        video_stream_count=len(_moving_pictures(header)),
        camera=_first(tags, MAKER_TAGS, MODEL_TAGS) or _android(tags),
        software=_first(tags, SOFTWARE_TAGS),
        edited_with=_first(_tags({"format": header.get("format", {})}), EDITED_TAGS),
        taken_at=_first(tags, TAKEN_TAGS),
        has_gps=any(tag in tags for tag in GPS_TAGS),
        **(_picture_facts(picture) if picture else {}),
        **(_sound_facts(sound) if sound else {}),
        **(label.facts() if label else {}),
    )
    return facts, label


def _with_lost_fragments(
    facts: VideoFacts, header: dict, announced_s: float | None
) -> VideoFacts:
    """A length announced is the header's claim where all fragments there fall short."""
    lengths = [_seconds(each.get("duration")) for each in header.get("streams", [])]
    there_s = max(filter(None, lengths), default=0.0)
    is_short = announced_s and announced_s > there_s + SLACK_S
    if not facts.is_fragmented or not facts.header_duration_s or not is_short:
        return facts
    return facts.with_(header_duration_s=round(announced_s, 6))


def _picture_facts(stream: dict) -> dict:
    width, height = _whole(stream.get("width")), _whole(stream.get("height"))
    cropping = _side_data(stream, "Frame Cropping")
    if width and height and cropping:
        width -= sum(_whole(cropping.get(f"crop_{s}")) or 0 for s in ("left", "right"))
        height -= sum(_whole(cropping.get(f"crop_{s}")) or 0 for s in ("top", "bottom"))
    rotation = _rotation(stream)
    return {
        "video_index": _whole(stream.get("index")),
        "header_duration_s": _seconds(stream.get("duration")),
        "header_frame_count": _whole(stream.get("nb_frames")),
        "frame_rate": _ratio(stream.get("avg_frame_rate")),
        "coded_width_px": width,
        "coded_height_px": height,
        **_display_size(width, height, sar=_sar(stream), rotation=rotation),
        "rotation_deg": rotation,
        "sar": _sar(stream),
        "codec": _text(stream.get("codec_name")),
        "codec_tag": _text(stream.get("codec_tag_string")),
        "profile": _text(stream.get("profile")),
        "pixel_format": _text(stream.get("pix_fmt")),
        "field_order": _text(stream.get("field_order")),
        "color_transfer": _text(stream.get("color_transfer")),
        "color_primaries": _text(stream.get("color_primaries")),
        "color_space": _text(stream.get("color_space")),
        "color_range": _text(stream.get("color_range")),
    }


def _display_size(width, height, *, sar: str, rotation: int) -> dict:
    """Square pixels, upright; nothing where the header makes no sense."""
    if not width or not height or width < 0 or height < 0:
        return {}
    width = round(width * (_ratio(sar.replace(":", "/")) or 1.0))
    if rotation in (90, 270):
        width, height = height, width
    if not (0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX):
        return {}
    return {"display_width_px": width, "display_height_px": height}


def _sar(stream: dict) -> str:
    sar = _text(stream.get("sample_aspect_ratio"))
    return sar if _ratio(sar.replace(":", "/")) else "1:1"


def _rotation(stream: dict) -> int:
    """Degrees clockwise, in quarter turns, that bring the picture upright."""
    matrix = _side_data(stream, "Display Matrix") or {}
    degrees = _number(matrix.get("rotation")) or 0.0
    return round(-degrees / 90) * 90 % 360


def _side_data(stream: dict, kind: str) -> dict | None:
    found = stream.get("side_data_list", [])
    return next((data for data in found if data.get("side_data_type") == kind), None)


def _sound_facts(stream: dict) -> dict:
    return {
        "has_audio": True,
        "audio_index": _whole(stream.get("index")),
        "audio_codec": _text(stream.get("codec_name")),
        "audio_profile": _text(stream.get("profile")),
        "audio_channels": _whole(stream.get("channels")),
        "audio_duration_s": _seconds(stream.get("duration")),
    }


def _decoded_facts(facts: VideoFacts, report: Report, plan: Plan) -> VideoFacts:
    duration_s = report.duration_s
    stop_s = plan.stop_after_s
    header_s = facts.header_duration_s or 0.0
    if report.stopped_early or (stop_s and duration_s > stop_s - 1):
        duration_s = max(duration_s, header_s)
    sound_s = report.audio_duration_s if facts.has_audio else None
    return facts.with_(
        duration_s=duration_s if report.frame_count else None,
        frame_count=report.frame_count,
        is_variable_frame_rate=report.is_variable_frame_rate,
        shortest_frame_s=_in_s(report.shortest_step),
        longest_frame_s=_in_s(report.longest_step),
        moving_frame_count=report.moving_count,
        woven_share=_share(report.woven_count, report.moving_count),
        decode_error_count=report.error_count,
        is_partly_checked=report.stopped_early,
        audio_duration_s=sound_s,
        loudness_lufs=report.loudness_lufs,
        peak_dbfs=report.peak_dbfs,
        silent_s=round(report.silent_s, 3),
        black_s=round(report.black_s, 3),
        frozen_s=round(report.frozen_s, 3),
        cut_count=report.cut_count,
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _in_s(ticks: int | None) -> float | None:
    return round(ticks / TICKS_PER_S, 6) if ticks else None


def _plan(facts: VideoFacts, header, picture, *, stop_after_s) -> Plan:
    sound = _sound(header)
    packets = _packets(picture)
    known = facts.header_duration_s or facts.container_duration_s
    duration_s = known or packets / (facts.frame_rate or 25.0)
    return Plan(
        video_index=picture["index"],
        sound_index=sound["index"] if sound else None,
        coded_px=(facts.coded_width_px, facts.coded_height_px),
        display_px=(facts.display_width_px, facts.display_height_px),
        rotation_deg=facts.rotation_deg,
        duration_s=duration_s,
        frame_count=packets,
        colour=colour_of(facts),
        stop_after_s=stop_after_s,
    )


def _streams(header: dict, kind: str) -> list[dict]:
    found = header.get("streams", [])
    return [stream for stream in found if stream.get("codec_type") == kind]


def _moving_pictures(header: dict) -> list[dict]:
    """Picture tracks that are not a cover or a thumbnail."""
    return [
        stream
        for stream in _streams(header, "video")
        if not stream.get("disposition", {}).get("attached_pic")
        and not (stream.get("codec_name") in STILL_CODECS and _packets(stream) <= 1)
    ]


def _picture(header: dict) -> dict | None:
    """The primary picture track: the default one, else the first."""
    found = _moving_pictures(header)
    default = (s for s in found if s.get("disposition", {}).get("default"))
    return next(default, found[0] if found else None)


def _sound(header: dict) -> dict | None:
    """The first sound track that can be decoded; phones add one that cannot."""
    return next(
        (
            stream
            for stream in _streams(header, "audio")
            if stream.get("codec_name", "unknown") not in ("unknown", "none")
            and _whole(stream.get("sample_rate"))
            and _whole(stream.get("channels"))
            and _packets(stream)
        ),
        None,
    )


def _packets(stream: dict) -> int:
    """As counted; where they were not, the container's index tells."""
    return _whole(stream.get("nb_read_packets") or stream.get("nb_frames")) or 0


def _tags(header: dict) -> dict[str, str]:
    """All tags of the container and its tracks, the container's first."""
    sources = [header.get("format", {}), *header.get("streams", [])]
    found: dict[str, str] = {}
    for source in reversed(sources):
        for name, value in source.get("tags", {}).items():
            found[name.lower()] = value
    return found


def _first(tags: dict[str, str], *groups: tuple[str, ...]) -> str:
    words = (
        next((tags[name] for name in names if tags.get(name)), "") for names in groups
    )
    return " ".join(filter(None, map(_text, words)))


def _android(tags: dict[str, str]) -> str:
    return f"Android {_text(tags[ANDROID_TAG])}" if ANDROID_TAG in tags else ""


def _text(value: object) -> str:
    return "".join(char for char in str(value or "") if char.isprintable())[:120]


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if abs(number) < 1e12 else None


def _seconds(value: object) -> float | None:
    number = _number(value)
    return round(number, 6) if number is not None and number >= 0 else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None else None


def _ratio(value: object) -> float | None:
    """A positive fraction such as 30000/1001."""
    top, _slash, bottom = str(value or "").partition("/")
    upper, lower = _number(top), _number(bottom or 1)
    return round(upper / lower, 6) if upper and lower and upper / lower > 0 else None
