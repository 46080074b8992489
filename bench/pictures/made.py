"""Photographs that nobody took, as cameras write them, and seven ways to spoil one."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from bench.duplicates.scenes import picture

SIZES = {"12 MP": (4000, 3000), "24 MP": (6000, 4000)}
CODINGS = {"baseline": False, "progressive": True}
QUALITY = 90
GRAIN = 2.5
ZEROED, FEW, CUT_OUT = 4096, 64, 5000


def photographs(folder: Path) -> dict[tuple[str, str], Path]:
    """A grainy picture of each size in both codings, by size and coding."""
    found = {}
    for size_name, size in SIZES.items():
        image = grainy(picture(1, size))
        for coding, progressive in CODINGS.items():
            path = folder / f"{size_name} {coding}.jpg"
            image.save(path, quality=QUALITY, progressive=progressive)
            found[size_name, coding] = path
    return found


def grainy(image: Image.Image) -> Image.Image:
    """With the noise of a sensor, which is most of what a camera's file holds."""
    noise = np.random.default_rng(3).normal(0, GRAIN, (image.height, image.width, 1))
    values = np.asarray(image, np.float32) + noise.astype(np.float32)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


Spoiler = Callable[[bytes, int], bytes]  # the data, and a place in them


def _kept(share: float) -> Spoiler:
    return lambda data, at: data[: int(len(data) * share)]


def _zeroed(count: int) -> Spoiler:
    return lambda data, at: data[:at] + bytes(count) + data[at + count :]


SPOILED: dict[str, Spoiler] = {
    "the first half only": _kept(0.5),
    "99 % of it": _kept(0.99),
    "without its last 100 bytes": lambda data, at: data[:-100],
    "without its end marker": lambda data, at: data[:-2],
    "4 KiB zeroed": _zeroed(ZEROED),
    "64 bytes zeroed": _zeroed(FEW),
    "5000 bytes cut out": lambda data, at: data[:at] + data[at + CUT_OUT :],
}
ANYWHERE = ("4 KiB zeroed", "64 bytes zeroed", "5000 bytes cut out")


def places_in(data: bytes, count: int) -> list[int]:
    """Spread over the middle half."""
    chance = np.random.default_rng(len(data))
    return chance.integers(len(data) // 4, len(data) * 3 // 4, count).tolist()
