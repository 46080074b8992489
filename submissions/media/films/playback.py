"""The copy of a film that plays in browsers, made of its own streams."""

from pathlib import Path

from submissions.media.facts import VideoFacts
from submissions.media.films.playable import reasons_to_convert
from submissions.media.pictures.derivatives import Copy
from submissions.media.provenance.labels import AigcLabel
from submissions.media.tools.ffmpeg import ffmpeg_binary, reading
from submissions.media.tools.processes import Budget, run_tool

COPY_CPU_S = 300
COPY_WALL_S = 15 * 60
COPY_ROOM_BYTES = 64 << 20  # an index may be larger than the one it replaces
# Between the pictures of H.264 cameras write when, where and by which of them it was.
WITHOUT_NOTES = "filter_units=remove_types=6"


def copied(
    path: Path, *, facts: VideoFacts, folder: Path, label: AigcLabel | None
) -> list[Copy]:
    """The film itself without what it says about its author; none if it cannot be, or
    if browsers would not play it."""
    target = folder / "view.mp4"
    if reasons_to_convert(facts):
        return []
    if not copy_streams(path, target, facts=facts, label=label.raw if label else ""):
        return []
    size = (facts.display_width_px, facts.display_height_px)
    return [Copy("view", target, "video/mp4", *size)]


def copy_streams(
    path: Path, target: Path, *, facts: VideoFacts | None = None, label: str = ""
) -> bool:
    """Picture and sound of a film as they are, in a new MP4 that plays at once.

    Nothing else comes along: no place, no device, no dates, no chapters, no notes of
    the camera between the pictures; only the label of generated content is kept. False
    when the streams fit no MP4.
    """
    run = run_tool(
        [
            *command(path),
            *streams(facts),
            *("-c", "copy", "-bsf:v", WITHOUT_NOTES),
            *written_to(target, label=label),
        ],
        cwd=target.parent,
        budget=Budget(
            cpu_s=COPY_CPU_S,
            wall_s=COPY_WALL_S,
            file_bytes=path.stat().st_size + COPY_ROOM_BYTES,
        ),
        on_output=lambda line: None,
        source=path,
    )
    return run.returncode == 0 and not run.crashed


def command(path: Path, *input_options: str) -> list[str]:
    return [
        ffmpeg_binary(),
        *("-nostdin", "-nostats", "-y", "-v", "error"),
        *reading(path, *input_options, by=ffmpeg_binary()),
    ]


def streams(facts: VideoFacts | None) -> list[str]:
    """The very tracks the inspection looked at."""
    if facts is None or facts.video_index is None:
        return ["-map", "0:V:0", "-map", "0:a:0?"]
    chosen = ["-map", f"0:{facts.video_index}"]
    if facts.audio_index is not None:
        chosen += ["-map", f"0:{facts.audio_index}"]
    return chosen


def written_to(target: Path, *, label: str) -> list[str]:
    """An MP4 in the folder of work, its index in front; it tells only the label."""
    keep = ("-metadata", f"AIGC={label}") if label else ()
    flags = "+faststart+use_metadata_tags" if label else "+faststart"
    return [
        *("-map_metadata", "-1", "-map_metadata:s:v", "-1"),
        *("-map_metadata:s:a", "-1", "-map_chapters", "-1"),
        *("-fflags", "+bitexact", *keep, "-movflags", flags),
        *("-f", "mp4", f"file:{target.name}"),
    ]
