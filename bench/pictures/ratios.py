"""The cost of a look at a photograph, in raw decodes of the same photograph.

What counts is the median of ratios, each of a look and the raw decode just before it:
of processor time, but for what somebody waits for. The stages of a look are measured
in this process, which must have been told to use one thread.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
from PIL import Image

from bench.pictures.asked import Asked, Spent, here, works
from submissions.media.apart import client
from submissions.media.files import basic_facts
from submissions.media.fingerprints import prints
from submissions.media.pictures import derivatives, images, jpeg, pixels
from submissions.media.tools.clocks import elsewhere

PLAIN = client.LEAN | {"GLIBC_TUNABLES": ""}
STAGES_SHARE = 3  # stages are measured in every third round


@dataclass(frozen=True)
class Cost:
    what: str
    raw_ms: float  # the decode it is compared with
    ratio: float


@dataclass(frozen=True)
class Compared:
    """A raw decode and what is compared with it; each tells the seconds it took."""

    raw: Callable[[], float]
    own: Callable[[], float]
    rounds: int

    def cost(self, what: str) -> Cost:
        self.own()
        pairs = [(self.raw(), self.own()) for _round in range(self.rounds)]
        return Cost(
            what,
            1000 * statistics.median(decode_s for decode_s, _own_s in pairs),
            statistics.median(own_s / decode_s for decode_s, own_s in pairs),
        )


def by_what(paths: list[Path], *, folder: Path, rounds: int) -> Iterator[list[Cost]]:
    """The whole look in several ways, then what it is made of, and SHA-256 beside it:
    of each the cost for all photographs, as soon as it is known."""
    cv2.setNumThreads(1)
    with ExitStack() as opened:
        each = [
            opened.enter_context(_comparisons(path, folder, rounds)) for path in paths
        ]
        for what in each[0]:
            yield [comparisons[what].cost(what) for comparisons in each]


@contextmanager
def _comparisons(path: Path, folder: Path, rounds: int):
    with (
        Asked(path, folder, **PLAIN) as plain,
        Asked(path, folder, **client.LEAN) as lean,
        path.open("rb") as file,
    ):
        found = {
            what: Compared(raw, own, rounds)
            for what, (raw, own) in _whole(plain, lean, file, folder).items()
        }
        raw = works(path, folder)["raw"]
        yield found | {
            what: Compared(
                lambda: here(raw).cpu_s, _cpu_of(stage), 1 + rounds // STAGES_SHARE
            )
            for what, stage in _stages(file, path.read_bytes(), folder).items()
        }


def _cpu_s() -> float:
    """Of this process and of those behind the fence."""
    return time.process_time() + elsewhere.cpu_s


def _whole(plain: Asked, lean: Asked, file, folder: Path):
    """By what is compared: the raw decode and the look."""
    behind = folder / "fenced"
    behind.mkdir(exist_ok=True)

    def fenced() -> Spent:
        began, before = time.perf_counter(), _cpu_s()
        client.look_at_picture(
            file, base=_again(file), folder=behind, wants_copies=True
        )
        return Spent(_cpu_s() - before, time.perf_counter() - began)

    return {
        "the whole look, in one process": (
            lambda: plain.spent("raw", "here").cpu_s,
            lambda: plain.spent("look", "here").cpu_s,
        ),
        "the same, large pages for both": (
            lambda: lean.spent("raw", "here").cpu_s,
            lambda: lean.spent("look", "here").cpu_s,
        ),
        "the whole look, each in a fresh process": (
            lambda: plain.spent("raw", "fresh").cpu_s,
            lambda: lean.spent("look", "fresh").cpu_s,
        ),
        "behind the fence, with SHA-256, to a fresh decode": (
            lambda: plain.spent("raw", "fresh").cpu_s,
            lambda: fenced().cpu_s,
        ),
        "the same by the clock": (
            lambda: plain.spent("raw", "fresh").wall_s,
            lambda: fenced().wall_s,
        ),
    }


def _stages(file, data: bytes, folder: Path) -> dict[str, Callable[[], object]]:
    base = _again(file)
    picture = images.look_at(file, base=base)
    seen = derivatives.upright(picture)
    small = Image.fromarray(pixels.grey(derivatives.small(seen)))
    return {
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


def _cpu_of(stage: Callable[[], object]) -> Callable[[], float]:
    return lambda: here(stage).cpu_s
