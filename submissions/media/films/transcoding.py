"""Makes a film that every browser plays of one that not every browser does.

One ffmpeg decodes it, turns it upright, makes its pixels square, its pictures even and
whole, its colours those of ordinary screens, and codes it as H.264 and AAC. If only the
sound is the matter, the pictures are copied.
"""

import math
import time
from collections.abc import Callable
from pathlib import Path

from submissions.media.facts import VideoFacts
from submissions.media.films.colour import colour_of
from submissions.media.films.decoding import TWO_THREADS_UP_TO_PX
from submissions.media.films.playable import SOUND, copy_px, even_rate
from submissions.media.films.playback import WITHOUT_NOTES, command, streams, written_to
from submissions.media.films.scanning import is_interlaced
from submissions.media.pictures.derivatives import Copy
from submissions.media.provenance.labels import AigcLabel
from submissions.media.tools.ffmpeg import CPU_S_PER_MEGAPIXEL
from submissions.media.tools.processes import STALL_S, Budget, Run, ToolFailed, run_tool

SECONDS_TO_SEEK = 2  # between two pictures that stand for themselves
QUALITY = 19  # of libx264: a trained eye sees no difference at normal distance
MAX_BIT_RATE = 12_000_000
MAX_BIT_RATE_FAST = 16_000_000  # above 30 pictures a second
SOUND_BIT_RATE = 192_000
SOUND_RATE = 48_000
PRESET = "veryfast"
ENCODER_THREADS = 2
# How far the coder looks ahead: where the frames it is given are large, not at all, or
# film and coder together would need more memory than any job may have.
LOOKING_AHEAD = "rc-lookahead=8:sync-lookahead=0"
LEAN = "rc-lookahead=0:mbtree=0:sync-lookahead=0:bframes=0:sliced-threads=1"

# CPU seconds to code a million pixels, ten times what a slow core needs.
ENCODING_CPU_S_PER_MEGAPIXEL = 0.4
LEAST_CPU_S = 120
MAX_CPU_S = 2 * 3600
ROOM_BYTES = 64 << 20
MEMORY_BYTES = 640 << 20  # asked for; some 450 MB of it used at most (4K, 10 bits, HDR)


TURNS = {90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock"}


class NotConverted(Exception):
    """The tool gave up on this film; the message is what it said."""


def transcode(
    path: Path,
    *,
    facts: VideoFacts,
    reasons: list[str],
    folder: Path,
    label: AigcLabel | None,
    on_progress: Callable[[float], None],
) -> Copy:
    """A playable copy in `folder`; `on_progress` hears twice a second what share of it
    is done, and may end the work by raising. A film without progress is given up."""
    target = folder / "view.mp4"
    is_picture_kept = reasons == [SOUND]
    pictures = _kept() if is_picture_kept else _coded(facts)
    watch = Watch(facts.duration_s or 0.0, on_progress)
    run = run_tool(
        [
            *command(path, *_input_options(facts, is_picture_kept=is_picture_kept)),
            *("-progress", "pipe:1", "-stats_period", "0.5"),
            *streams(facts),
            *pictures,
            *_sound(facts),
            *written_to(target, label=label.raw if label else ""),
        ],
        cwd=folder,
        budget=budget_for(facts),
        on_output=watch.hear,
        source=path,
    )
    _refuse_failure(run, target)
    size = (facts.display_width_px, facts.display_height_px)
    return Copy(
        "view", target, "video/mp4", *(size if is_picture_kept else copy_px(facts))
    )


def budget_for(facts: VideoFacts) -> Budget:
    """By what there is to decode and to code: a long film may take long."""
    frames = facts.frame_count or 0
    seconds = facts.duration_s or 0.0
    source = facts.coded_width_px * facts.coded_height_px * frames / 1e6
    coded = math.prod(copy_px(facts)) * seconds * float(even_rate(facts)) / 1e6
    cpu_s = LEAST_CPU_S + source * CPU_S_PER_MEGAPIXEL
    cpu_s = min(MAX_CPU_S, int(cpu_s + coded * ENCODING_CPU_S_PER_MEGAPIXEL))
    bits = (MAX_BIT_RATE_FAST + SOUND_BIT_RATE) * seconds
    return Budget(
        cpu_s=cpu_s,
        wall_s=cpu_s + STALL_S,
        memory_bytes=MEMORY_BYTES,
        file_bytes=max(int(bits / 8), facts.size_bytes or 0) + ROOM_BYTES,
    )


class Watch:
    """Hears ffmpeg's account of its progress, and ends what stands still."""

    def __init__(self, duration_s: float, on_progress: Callable[[float], None]):
        self.duration_s = duration_s
        self.on_progress = on_progress
        self._done: dict[str, str] = {}
        self._moved_at = time.monotonic()

    def hear(self, line: str) -> None:
        """One `key=value`; a block of them ends with `progress`."""
        key, _equals, value = line.partition("=")
        if key in ("frame", "out_time_us", "total_size"):
            if self._done.get(key) != value:
                self._done[key] = value
                self._moved_at = time.monotonic()
        elif key == "progress":
            if time.monotonic() - self._moved_at > STALL_S and value != "end":
                raise ToolFailed("The conversion made no progress and was stopped.")
            self.on_progress(self.share_done)

    @property
    def share_done(self) -> float:
        """0 to 1; the index still has to be moved to the front, so never quite 1."""
        done_us = self._done.get("out_time_us", "")
        if not done_us.isdecimal() or not self.duration_s:
            return 0.0
        return min(0.99, int(done_us) / 1e6 / self.duration_s)


def _input_options(facts: VideoFacts, *, is_picture_kept: bool) -> list[str]:
    if is_picture_kept:
        return []
    threads = "1" if _is_large(facts) else "2"
    return ["-threads", threads, "-noautorotate", "-display_rotation", "0"]


def _is_large(facts: VideoFacts) -> bool:
    sizes = ((facts.coded_width_px, facts.coded_height_px), copy_px(facts))
    return max(map(math.prod, sizes)) > TWO_THREADS_UP_TO_PX


def _kept() -> list[str]:
    return ["-c:v", "copy", "-bsf:v", WITHOUT_NOTES]


def _coded(facts: VideoFacts) -> list[str]:
    rate = even_rate(facts)
    most = MAX_BIT_RATE if rate <= 30 else MAX_BIT_RATE_FAST
    return [
        *("-vf", ",".join(_filters(facts)), "-threads:v", str(ENCODER_THREADS)),
        *("-c:v", "libx264", "-preset", PRESET, "-crf", str(QUALITY)),
        *("-x264-params", LEAN if _is_large(facts) else LOOKING_AHEAD),
        *("-profile:v", "high", "-pix_fmt", "yuv420p"),
        *("-maxrate", str(most), "-bufsize", str(2 * most)),
        *("-g", str(math.ceil(SECONDS_TO_SEEK * rate)), "-flags:v", "+bitexact"),
        *("-colorspace", "bt709", "-color_primaries", "bt709"),
        *("-color_trc", "bt709", "-color_range", "tv"),
        *("-bsf:v", WITHOUT_NOTES),
    ]


def _filters(facts: VideoFacts) -> list[str]:
    """Half pictures are joined first and spare ones dropped; missing ones are filled in
    last, when they cost nothing."""
    width, height = copy_px(facts)
    if facts.rotation_deg in (90, 270):
        width, height = height, width
    turn = TURNS.get(facts.rotation_deg)
    rate = even_rate(facts)
    even = f"fps={rate.numerator}/{rate.denominator}"
    return [
        *(["bwdif=mode=send_frame"] if is_interlaced(facts) else []),
        *([] if facts.is_variable_frame_rate else [even]),
        *colour_of(facts).to_sdr((width, height)),
        *([turn] if turn else []),
        "setsar=1",
        "sidedata=mode=delete",
        *([even] if facts.is_variable_frame_rate else []),
    ]


def _sound(facts: VideoFacts) -> list[str]:
    if facts.audio_index is None:
        return []
    channels = min(facts.audio_channels or 2, 2)
    return [
        *("-c:a", "aac", "-b:a", str(SOUND_BIT_RATE), "-flags:a", "+bitexact"),
        *("-ac", str(channels), "-ar", str(SOUND_RATE)),
    ]


def _refuse_failure(run: Run, target: Path) -> None:
    if run.out_of_cpu:
        raise NotConverted("It would take more time than any film may.")
    if run.returncode or run.is_cut_off or not target.is_file():
        raise NotConverted("\n".join(run.log) or f"ffmpeg ended with {run.returncode}.")
