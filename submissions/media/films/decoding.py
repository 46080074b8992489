"""The one decoding pass over a video: every frame and every sample, once.

ffmpeg decodes the picture once and hands it to four branches: a corner of each frame
whose time stamps are counted, a strip of some whose lines tell fields from frames, four
small frames a second that are searched for black, still and cut, and a handful of
frames for the poster, the first of them at once. One small frame a second is kept for
its fingerprint and one every few seconds for the storyboard. The sound is measured and
fingerprinted beside it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from submissions.media.films import hearing
from submissions.media.films.frames import Frames, Tiles
from submissions.media.films.graphs import MAX_TILES, POSTER_COUNT, Plan, graph
from submissions.media.films.hearing import TICKS_PER_S, Report
from submissions.media.fingerprints.prints import shifted_print
from submissions.media.fingerprints.sounds import PITCHES
from submissions.media.tools import ffmpeg

PROGRESS_EVERY_S = 0.5
FRAME_TIMES = "frames.crc"
SOUND_TIMES = "sound.crc"
FRAMES = "frames.gray"  # FRAME_PX × FRAME_PX bytes a second
SOUND_PRINT = "sound.print"  # Chromaprint's raw words
WORDS = ("-f", "chromaprint", "-fp_format", "raw")
TILES = "tiles.yuv"
POSTERS = "posters.yuv"
# A second thread speeds one job up; above 1080p its frames cost too much memory.
TWO_THREADS_UP_TO_PX = 1920 * 1088


@dataclass(frozen=True)
class Decoded:
    """What the pass said, and what it left in the scratch folder."""

    report: Report
    posters: Frames | None = None
    frames: Path | None = None
    sound_print: Path | None = None
    tiles: Tiles | None = None


def run(
    plan: Plan,
    *,
    path: Path,
    scratch_dir: Path,
    on_progress: Callable[[float], None] | None = None,
) -> Decoded:
    """Decodes the whole file, up to `plan.stop_after_s`.

    `on_progress` hears about twice a second which share of that is done.
    """
    report = Report()
    ended = ffmpeg.decode(
        _arguments(plan),
        path=path,
        scratch_dir=scratch_dir,
        budget=ffmpeg.budget_for(megapixels=plan.megapixels),
        on_output=_telling(plan, on_progress),
        on_log=report.hear_log,
        input_options=_input_options(plan),
    )
    report.stopped_early = ended.is_cut_off
    for pts, duration in hearing.stamps(scratch_dir / FRAME_TIMES):
        report.hear_frame(pts, duration)
    report.audio_duration_s = hearing.length_s(scratch_dir / SOUND_TIMES)
    if on_progress and not report.stopped_early:
        on_progress(1.0)
    tiles, posters = (_if_written(scratch_dir / name) for name in (TILES, POSTERS))
    return Decoded(
        report,
        posters=posters and _frames(Frames, posters, plan.poster_px),
        frames=_if_written(scratch_dir / FRAMES),
        sound_print=_if_written(scratch_dir / SOUND_PRINT),
        tiles=tiles and _frames(Tiles, tiles, plan.tile_px, step_s=plan.tile_step_s),
    )


def _frames(kind: type[Frames], path: Path, size_px: tuple[int, int], **options):
    return kind(path=path, width_px=size_px[0], height_px=size_px[1], **options)


def _if_written(path: Path) -> Path | None:
    return path if path.is_file() and path.stat().st_size else None


def _telling(plan: Plan, on_progress) -> Callable[[str], None]:
    """Hears of each second decoded, and tells now and then how far that is."""
    told_at = time.monotonic() - PROGRESS_EVERY_S  # the first is told at once
    length_s = max(plan.length_s, 0.001)

    def hear(line: str) -> None:
        nonlocal told_at
        if not on_progress or line.startswith("#"):
            return
        if time.monotonic() - told_at >= PROGRESS_EVERY_S:
            told_at = time.monotonic()
            pts, _duration = hearing.stamp(line)
            on_progress(min(1.0, max(pts, 0) / length_s))

    return hear


def _input_options(plan: Plan) -> tuple[str, ...]:
    width, height = plan.coded_px
    threads = "2" if width * height <= TWO_THREADS_UP_TO_PX else "1"
    # The container and ffprobe have told what finding out again would cost a picture.
    options = ("-nofind_stream_info", "-noautorotate")
    options += ("-threads", threads, "-skip_loop_filter", "noref")
    if plan.stop_after_s:
        options += ("-t", f"{plan.stop_after_s:g}")
    return options


def _arguments(plan: Plan) -> list[str]:
    return [
        *("-filter_complex_threads", "1", "-filter_complex", graph(plan)),
        *_pictures("times", "-fps_mode", "passthrough", "-flush_packets", "1"),
        *("-enc_time_base", f"1:{TICKS_PER_S}", *_timed("rawvideo"), FRAME_TIMES),
        *_pictures("seen", "-enc_time_base", "1:1", "-flush_packets", "1"),
        *(*_timed("rawvideo"), "pipe:1"),
        *_pictures("fields", "-fps_mode", "passthrough", "-f", "null", "-"),
        *_pictures("poster", "-fps_mode", "passthrough", "-flush_packets", "1"),
        *("-frames:v", str(POSTER_COUNT), "-f", "rawvideo", POSTERS),
        *_pictures("frames", "-f", "rawvideo", FRAMES),
        *_pictures("tiles", "-frames:v", str(MAX_TILES), "-f", "rawvideo", TILES),
        *(_sound() if plan.sound_index is not None else []),
    ]


def _pictures(branch: str, *options: str) -> list[str]:
    """One thread: a coder with several keeps frames back, and the first is awaited."""
    return ["-map", f"[{branch}]", "-threads", "1", *options]


def _sound() -> list[str]:
    return [
        *("-map", "[sound]", *_timed("pcm_s16le"), SOUND_TIMES),
        *("-map", "[heard]", *WORDS, SOUND_PRINT),
        *(
            argument
            for name in PITCHES
            for argument in ("-map", f"[heard_{name}]", *WORDS, _at_speed(name))
        ),
    ]


def _at_speed(name: str) -> str:
    return shifted_print(Path(SOUND_PRINT), name).name


def _timed(codec: str) -> tuple[str, ...]:
    return ("-c", codec, "-f", "framecrc")
