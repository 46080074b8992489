"""The cost of a look at a photograph, in raw decodes of the same photograph.

Each round does the raw decode and then the whole look, or one stage of it, in this
process; what counts is the median of the rounds' ratios of processor time.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import simplejpeg
from PIL import Image

from submissions.media import derivatives, images, jpeg, looking, pixels
from submissions.media.files import basic_facts
from submissions.media.fingerprints import prints


@dataclass(frozen=True)
class Cost:
    what: str
    raw_ms: float  # the decode it is compared with
    ratio: float


def of_photograph(path: Path, *, folder: Path, rounds: int) -> list[Cost]:
    """The whole look first, then what it is made of, and SHA-256 beside it."""
    data = path.read_bytes()
    cv2.setNumThreads(1)
    with path.open("rb") as file:
        stages = _stages(file, data, folder)
        return [
            _cost(what, stage, data, rounds=rounds) for what, stage in stages.items()
        ]


def _stages(file, data: bytes, folder: Path) -> dict[str, Callable[[], object]]:
    base = basic_facts(file)
    picture = images.look_at(file, base=base)
    seen = derivatives.upright(picture)
    small = Image.fromarray(pixels.grey(derivatives.small(seen)))
    return {
        "the whole look": lambda: looking.at_picture(
            file, base=base, folder=folder, wants_copies=True
        ),
        "structure": lambda: jpeg.walk(memoryview(data)),
        "structure, facts, strict decode": lambda: images.look_at(file, base=base),
        "view and thumbnail": lambda: derivatives.of_picture(
            seen, derivatives.small(seen), picture, folder=folder
        ),
        "fingerprints": lambda: prints.of_picture(small),
        "SHA-256 (not in the look)": lambda: _again(file),
    }


def _again(file):
    file.seek(0)
    return basic_facts(file)


def _cost(what, stage, data, *, rounds) -> Cost:
    raws, ratios = [], []
    stage()
    for _round in range(rounds):
        raw_s = _spent(lambda: simplejpeg.decode_jpeg(data, "RGB"))
        raws.append(raw_s)
        ratios.append(_spent(stage) / raw_s)
    return Cost(what, 1000 * statistics.median(raws), statistics.median(ratios))


def _spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
