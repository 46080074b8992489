"""The one decoding pass over a video: every frame and every sample, once.

ffmpeg decodes the picture once and hands it to three branches: a corner of each frame
whose time stamps are counted, four small frames a second that are searched for black,
still and cut, and a handful of frames for the poster. One small frame a second is kept
for its fingerprint and one every few seconds for the storyboard. The sound is measured
and fingerprinted beside it.
"""

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from submissions.media import ffmpeg
from submissions.media.colour import Colour

TICKS_PER_S = 90_000
PROGRESS_EVERY_S = 1.0
POSTER_COUNT = 8
POSTER_PX = 1280
SOUND_TIMES = "sound.crc"
FRAMES = "frames.gray"  # FRAME_PX × FRAME_PX bytes a second
FRAME_PX = 128
SOUND_PRINT = "sound.print"  # Chromaprint's raw words
SOUND_PRINT_RATE = 11_025
STORYBOARD = "storyboard.jpg"
STORYBOARD_COLUMNS = 10
MAX_TILES = 200
TILE_PX = 160  # the long side
TURNS = {90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock"}
# A second thread speeds one job up; above 1080p its frames cost too much memory.
TWO_THREADS_UP_TO_PX = 1920 * 1088

_ERROR = re.compile(r"\[(?:error|fatal|panic)\]")
_NOT_THE_FILE = re.compile(r"\[(?:out#|vost#|aost#|null|framecrc|image2|enc:|mjpeg @)")
_MEASURES = {
    "black_s": re.compile(r"black_duration:\s*([\d.]+)"),
    "frozen_s": re.compile(r"freeze_duration:\s*([\d.]+)"),
    "silent_s": re.compile(r"silence_duration:\s*([\d.]+)"),
}
_LOUDNESS = re.compile(r"^\s+I:\s+(-?[\d.]+|-inf|nan) LUFS")
_PEAK = re.compile(r"^\s+Peak:\s+(-?[\d.]+|-inf|nan) dBFS")
_CUT = re.compile(r"lavfi\.scd\.time")
_VERSION = re.compile(r"ffmpeg version (\S+)")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to decode, as the probe described it."""

    video_index: int
    sound_index: int | None
    coded_px: tuple[int, int]
    display_px: tuple[int, int]  # upright, square pixels
    rotation_deg: int
    duration_s: float
    frame_count: int
    colour: Colour = field(default_factory=Colour)
    stop_after_s: float | None = None

    @property
    def length_s(self) -> float:
        """What will be decoded, in seconds of the film."""
        return min(self.duration_s, self.stop_after_s or self.duration_s)

    @property
    def megapixels(self) -> float:
        share = 1.0
        if self.stop_after_s and self.duration_s > self.stop_after_s:
            share = self.stop_after_s / self.duration_s
        return self.coded_px[0] * self.coded_px[1] * self.frame_count * share / 1e6


@dataclass
class Report:
    """What the pass said, gathered line by line."""

    frame_count: int = 0
    first_tick: int | None = None
    end_tick: int = 0
    last_tick: int | None = None
    shortest_step: int | None = None
    longest_step: int = 0
    error_count: int = 0
    errors: list[str] = field(default_factory=list)
    black_s: float = 0.0
    frozen_s: float = 0.0
    silent_s: float = 0.0
    loudness_lufs: float | None = None
    true_peak_dbfs: float | None = None
    cut_count: int = 0
    version: str = ""
    stopped_early: bool = False
    posters: list[Path] = field(default_factory=list)
    audio_duration_s: float | None = None
    frames: Path | None = None
    sound_print: Path | None = None
    storyboard: Path | None = None

    @property
    def duration_s(self) -> float:
        if self.first_tick is None:
            return 0.0
        return round((self.end_tick - self.first_tick) / TICKS_PER_S, 4)

    @property
    def is_variable_frame_rate(self) -> bool:
        return bool(self.shortest_step) and self.longest_step > 1.5 * self.shortest_step

    def hear_frame(self, line: str) -> None:
        """One line of framecrc: stream, dts, pts, duration, size, checksum."""
        if line.startswith("#"):
            return
        pts, duration = _times(line)
        self.frame_count += 1
        if self.last_tick is not None and pts > self.last_tick:
            step = pts - self.last_tick
            self.longest_step = max(self.longest_step, step)
            self.shortest_step = min(self.shortest_step or step, step)
        self.first_tick = pts if self.first_tick is None else self.first_tick
        self.last_tick = pts
        self.end_tick = max(self.end_tick, pts + (duration or self.shortest_step or 0))

    def hear_log(self, line: str) -> None:
        if _ERROR.search(line):
            if not _NOT_THE_FILE.search(line):
                self.error_count += 1
                self.errors = [*self.errors, line[:300]][:20]
            return
        for name, pattern in _MEASURES.items():
            if match := pattern.search(line):
                setattr(self, name, getattr(self, name) + float(match[1]))
        if _CUT.search(line):
            self.cut_count += 1
        elif match := _LOUDNESS.search(line):
            self.loudness_lufs = _level(match[1])
        elif match := _PEAK.search(line):
            self.true_peak_dbfs = _level(match[1])
        elif not self.version and (match := _VERSION.search(line)):
            self.version = match[1]


def _times(line: str) -> tuple[int, int]:
    fields = line.split(",")
    return int(fields[2]), int(fields[3])


def _level(text: str) -> float | None:
    return None if text in ("nan", "-inf") else float(text)


def run(
    plan: Plan,
    *,
    path: Path,
    scratch_dir: Path,
    on_progress: Callable[[float], None] | None = None,
) -> Report:
    """Decodes the whole file, up to `plan.stop_after_s`.

    `on_progress` hears about once a second which share of the work is done.
    """
    report = Report()
    hear_frame = report.hear_frame
    if on_progress:
        hear_frame = _telling(report, plan, on_progress)
    ended = ffmpeg.decode(
        _arguments(plan),
        path=path,
        scratch_dir=scratch_dir,
        budget=ffmpeg.budget_for(megapixels=plan.megapixels),
        on_output=hear_frame,
        on_log=report.hear_log,
        input_options=_input_options(plan),
    )
    report.stopped_early = ended.is_cut_off
    report.posters = sorted(scratch_dir.glob("poster*.jpg"))
    report.audio_duration_s = _sound_duration(scratch_dir / SOUND_TIMES)
    report.frames = _if_written(scratch_dir / FRAMES)
    report.sound_print = _if_written(scratch_dir / SOUND_PRINT)
    report.storyboard = _if_written(scratch_dir / STORYBOARD)
    return report


def _if_written(path: Path) -> Path | None:
    return path if path.is_file() and path.stat().st_size else None


def _telling(report: Report, plan: Plan, on_progress) -> Callable[[str], None]:
    """Hears frames for the report, and tells how far it has come now and then."""
    told_at = time.monotonic()

    def hear(line: str) -> None:
        nonlocal told_at
        report.hear_frame(line)
        if time.monotonic() - told_at >= PROGRESS_EVERY_S:
            told_at = time.monotonic()
            on_progress(min(1.0, report.duration_s / max(plan.duration_s, 0.001)))

    return hear


def _input_options(plan: Plan) -> tuple[str, ...]:
    width, height = plan.coded_px
    threads = "2" if width * height <= TWO_THREADS_UP_TO_PX else "1"
    options = ("-threads", threads, "-skip_loop_filter", "noref", "-noautorotate")
    if plan.stop_after_s:
        options += ("-t", f"{plan.stop_after_s:g}")
    return options


def _arguments(plan: Plan) -> list[str]:
    sound = [
        *("-map", "[sound]", *_timed("pcm_s16le"), SOUND_TIMES),
        *("-map", "[heard]", "-f", "chromaprint", "-fp_format", "raw", SOUND_PRINT),
    ]
    return [
        *("-filter_complex_threads", "1", "-filter_complex", _graph(plan)),
        *("-map", "[times]", "-fps_mode", "passthrough"),
        *("-enc_time_base", f"1:{TICKS_PER_S}", "-flush_packets", "1"),
        *(*_timed("rawvideo"), "pipe:1"),
        *("-map", "[seen]", "-f", "null", "-"),
        *("-map", "[poster]", "-frames:v", str(POSTER_COUNT), "-q:v", "3"),
        *("-f", "image2", "poster%02d.jpg"),
        *("-map", "[frames]", "-f", "rawvideo", FRAMES),
        *("-map", "[tiles]", "-frames:v", "1", "-update", "1", "-q:v", "5"),
        *("-f", "image2", STORYBOARD),
        *(sound if plan.sound_index is not None else []),
    ]


def _timed(codec: str) -> tuple[str, ...]:
    return ("-c", codec, "-f", "framecrc")


def _graph(plan: Plan) -> str:
    """Frames are dropped before they are scaled, and turned after that."""
    width, height = _poster_px(plan)
    poster = [
        f"fps={_poster_rate(plan):.6f}",
        f"scale={width}:{height}:flags=area",
        *([TURNS[plan.rotation_deg]] if plan.rotation_deg else []),
        *plan.colour.to_jpeg(),
        "setsar=1",
    ]
    turn = f",{TURNS[plan.rotation_deg]}" if plan.rotation_deg else ""
    tile_width, tile_height = tile_px(plan.display_px)
    branches = [
        f"[0:{plan.video_index}]split=3[all][some][few]",
        r"[all]crop=w=min(iw\,16):h=min(ih\,16):x=0:y=0[times]",
        f"[some]fps=4,scale=320:180:flags=area{turn},split=3[look][print][story]",
        "[look]blackdetect=d=0.5:pix_th=0.10,freezedetect=n=-60dB:d=2,scdet=t=10[seen]",
        f"[print]fps=1,scale={FRAME_PX}:{FRAME_PX}:flags=area,format=gray[frames]",
        f"[story]fps=1/{tile_step_s(plan.length_s)},"
        f"scale={tile_width}:{tile_height}:flags=area,"
        f"{','.join(plan.colour.to_jpeg())},setsar=1,"
        f"tile={STORYBOARD_COLUMNS}x{_tile_rows(plan)}[tiles]",
        f"[few]{','.join(poster)}[poster]",
    ]
    if plan.sound_index is not None:
        branches.append(
            f"[0:{plan.sound_index}]asplit=2[loud][hear];"
            "[loud]silencedetect=n=-50dB:d=1,"
            "ebur128=framelog=verbose:peak=true,asetnsamples=n=48000:p=0[sound];"
            f"[hear]aresample={SOUND_PRINT_RATE},"
            "aformat=sample_fmts=s16:channel_layouts=mono[heard]"
        )
    return ";".join(branches)


def tile_step_s(length_s: float) -> int:
    """Seconds between two tiles of the storyboard, so that MAX_TILES are enough."""
    return max(1, math.ceil(length_s / MAX_TILES))


def tile_px(display_px: tuple[int, int]) -> tuple[int, int]:
    """Width and height of one tile, its long side TILE_PX."""
    scale = TILE_PX / max(display_px)
    return tuple(max(2, round(side * scale / 2) * 2) for side in display_px)


def _tile_rows(plan: Plan) -> int:
    tiles = math.ceil(plan.length_s / tile_step_s(plan.length_s))
    return min(MAX_TILES, max(tiles, 1) - 1) // STORYBOARD_COLUMNS + 1


def _poster_px(plan: Plan) -> tuple[int, int]:
    """The size of the poster before it is turned upright."""
    scale = min(1.0, POSTER_PX / max(plan.display_px))
    width, height = (max(2, round(side * scale / 2) * 2) for side in plan.display_px)
    return (height, width) if plan.rotation_deg in (90, 270) else (width, height)


def _poster_rate(plan: Plan) -> float:
    return POSTER_COUNT / max(plan.length_s, 1.0)


def _sound_duration(times: Path) -> float | None:
    """Seconds of sound that decoded, by the time stamps of the samples."""
    if not times.is_file():
        return None
    first, end, ticks_per_s = None, 0, 1
    with times.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if line.startswith("#tb 0: 1/"):
                ticks_per_s = int(line.rpartition("/")[2])
            elif not line.startswith("#"):
                pts, duration = _times(line)
                first = pts if first is None else first
                end = max(end, pts + duration)
    return None if first is None else round((end - first) / ticks_per_s, 3)
