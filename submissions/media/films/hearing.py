"""What the decoding pass said: its log, and the time stamps it wrote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TICKS_PER_S = 90_000
KEPT_ERRORS = 20

_ERROR = re.compile(r"\[(?:error|fatal|panic)\]")
# What our own outputs complain of says nothing about the file.
_NOT_THE_FILE = re.compile(
    r"\[(?:out#|vost#|aost#|enc:)|"
    r"\[(?:null|framecrc|image2|mjpeg|rawvideo|pcm_s16le|chromaprint) @"
)
_MEASURES = {
    "black_s": re.compile(r"black_duration:\s*([\d.]+)"),
    "frozen_s": re.compile(r"freeze_duration:\s*([\d.]+)"),
    "silent_s": re.compile(r"silence_duration:\s*([\d.]+)"),
}
_LOUDNESS = re.compile(r"^\s+I:\s+(-?[\d.]+|-inf|nan) LUFS")
_PEAK = re.compile(r"^\s+Peak:\s+(-?[\d.]+|-inf|nan) dBFS")
_CUT = re.compile(r"lavfi\.scd\.time")
_FIELDS = re.compile(
    r"Single frame detection: TFF:\s*(\d+) BFF:\s*(\d+) Progressive:\s*(\d+)"
)
_VERSION = re.compile(r"ffmpeg version (\S+)")


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
    peak_dbfs: float | None = None
    cut_count: int = 0
    woven_count: int = 0  # frames of two fields, the same one first
    moving_count: int = 0  # frames whose lines tell whether they are
    version: str = ""
    stopped_early: bool = False
    audio_duration_s: float | None = None

    @property
    def duration_s(self) -> float:
        if self.first_tick is None:
            return 0.0
        return round((self.end_tick - self.first_tick) / TICKS_PER_S, 4)

    @property
    def is_variable_frame_rate(self) -> bool:
        return bool(self.shortest_step) and self.longest_step > 1.5 * self.shortest_step

    def hear_frame(self, pts: int, duration: int) -> None:
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
                self.errors = [*self.errors, line[:300]][:KEPT_ERRORS]
            return
        for name, pattern in _MEASURES.items():
            if match := pattern.search(line):
                setattr(self, name, getattr(self, name) + float(match[1]))
        if _CUT.search(line):
            self.cut_count += 1
        elif match := _LOUDNESS.search(line):
            self.loudness_lufs = _level(match[1])
        elif match := _PEAK.search(line):
            self.peak_dbfs = _level(match[1])
        elif match := _FIELDS.search(line):
            top_first, bottom_first, progressive = map(int, match.groups())
            self.woven_count = max(top_first, bottom_first)
            self.moving_count = top_first + bottom_first + progressive
        elif not self.version and (match := _VERSION.search(line)):
            self.version = match[1]


def _level(text: str) -> float | None:
    return None if text in ("nan", "-inf") else float(text)


def stamps(path: Path) -> Iterator[tuple[int, int]]:
    """(time stamp, duration) of each line of a framecrc file, complete or not."""
    if not path.is_file():
        return
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if not line.startswith("#") and line.endswith("\n"):
                yield stamp(line)


def stamp(line: str) -> tuple[int, int]:
    """Of a line of framecrc: stream, dts, pts, duration, size, checksum."""
    fields = line.split(",", 4)
    return int(fields[2]), int(fields[3])


def length_s(path: Path) -> float | None:
    """From the first time stamp of a framecrc file to the end of what has the last."""
    first, end = None, 0
    for pts, duration in stamps(path):
        first = pts if first is None else first
        end = max(end, pts + duration)
    return None if first is None else round((end - first) / _ticks_per_s(path), 3)


def _ticks_per_s(path: Path) -> int:
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if line.startswith("#tb 0: 1/"):
                return int(line.rpartition("/")[2])
    return 1
