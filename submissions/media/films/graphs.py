"""What is decoded of a film, and the filters its pictures and sound go through.

Frames are dropped before they are scaled, scaled once, and turned after that; what is
dear looks at the small ones. Whole frames are only passed on, or cut without a copy.
"""

import math
from dataclasses import dataclass, field

from submissions.media.films.colour import Colour
from submissions.media.fingerprints.sounds import PITCHES

POSTER_COUNT = 9
POSTER_PX = 1280
FRAME_PX = 128  # of the frames for fingerprints
SOUND_PRINT_RATE = 11_025
MAX_TILES = 200
TILE_PX = 160  # the long side
TURNS = {90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock"}
# Fields are told from the lines of a strip as high as the frame, in some runs of
# frames that follow each other.
SCAN_PX = 256
SCAN_FRAMES = 6
SCAN_RUNS = 40
SCAN_LEAST_STEP = 25  # frames from one run to the next


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
    def frames_to_decode(self) -> int:
        if not self.duration_s:
            return self.frame_count
        return math.ceil(self.frame_count * self.length_s / self.duration_s)

    @property
    def megapixels(self) -> float:
        return self.coded_px[0] * self.coded_px[1] * self.frames_to_decode / 1e6

    @property
    def tile_step_s(self) -> int:
        """Seconds from one tile of the storyboard to the next."""
        return max(1, math.ceil(self.length_s / MAX_TILES))

    @property
    def tile_px(self) -> tuple[int, int]:
        return _fitted(self.display_px, TILE_PX / max(self.display_px))

    @property
    def poster_px(self) -> tuple[int, int]:
        return _fitted(self.display_px, min(1.0, POSTER_PX / max(self.display_px)))


def _fitted(size_px: tuple[int, int], scale: float) -> tuple[int, int]:
    width, height = (max(2, round(side * scale / 2) * 2) for side in size_px)
    return width, height


def graph(plan: Plan) -> str:
    """Outputs: times, fields, seen, frames, tiles, poster; of sound: sound, heard, and
    heard at other speeds."""
    branches = [
        f"[0:{plan.video_index}]split=4[all][rows][some][few]",
        r"[all]crop=w=min(iw\,16):h=min(ih\,16):x=0:y=0[times]",
        f"[rows]{_scan(plan)}[fields]",
        f"[some]fps=4,scale=320:180:flags=area{_turn(plan)},split=3[look][print][tile]",
        # One frame a second comes out at the end, as a sign of life.
        "[look]blackdetect=d=0.5:pix_th=0.10,freezedetect=n=-60dB:d=2,scdet=t=10,"
        "fps=1[seen]",
        f"[print]fps=1,scale={FRAME_PX}:{FRAME_PX}:flags=area,format=gray[frames]",
        f"[tile]{_tile(plan)}[tiles]",
        f"[few]{_poster(plan)}[poster]",
    ]
    if plan.sound_index is not None:
        branches += [
            f"[0:{plan.sound_index}]asplit=2[loud][hear]",
            "[loud]silencedetect=n=-50dB:d=1,"
            "ebur128=framelog=verbose:peak=sample,asetnsamples=n=48000:p=0[sound]",
            # In pieces of a second: many small ones cost more than all that is heard.
            f"[hear]aresample={SOUND_PRINT_RATE},"
            "aformat=sample_fmts=s16:channel_layouts=mono,"
            f"asetnsamples=n={SOUND_PRINT_RATE}:p=0{_at_speeds()}",
        ]
    return ";".join(branches)


def _at_speeds() -> str:
    """The sound as it is, and as it was before somebody played it at another speed."""
    names = "".join(f"[to_{name}]" for name in PITCHES)
    turned = [
        f"[to_{name}]asetrate={round(SOUND_PRINT_RATE * speed)}[heard_{name}]"
        for name, speed in PITCHES.items()
    ]
    return ";".join([f",asplit={1 + len(PITCHES)}[heard]{names}", *turned])


def _scan(plan: Plan) -> str:
    step = max(SCAN_LEAST_STEP, plan.frames_to_decode // SCAN_RUNS)
    return (
        rf"select='lt(mod(n\,{step})\,{SCAN_FRAMES})',"
        rf"crop=w=min(iw\,{SCAN_PX}):h=ih,scale,format=gray,idet"
    )


def _turn(plan: Plan) -> str:
    return f",{TURNS[plan.rotation_deg]}" if plan.rotation_deg else ""


def _tile(plan: Plan) -> str:
    filters = [
        f"fps=1/{plan.tile_step_s}",
        "scale={}:{}:flags=area".format(*plan.tile_px),
        *plan.colour.to_jpeg(),
    ]
    return ",".join(filters)


def _poster(plan: Plan) -> str:
    """The very first frame at once, then the middle of each of equal parts."""
    width, height = plan.poster_px
    if plan.rotation_deg in (90, 270):
        width, height = height, width
    step_s = max(plan.length_s, 1.0) / (POSTER_COUNT - 1)
    filters = [
        rf"select='gte(t-start_t\,(selected_n-0.5)*{step_s:.6f})'",
        f"scale={width}:{height}:flags=area{_turn(plan)}",
        *plan.colour.to_jpeg(),
    ]
    return ",".join(filters)
