"""PDQ: 256 bits of a picture's coarse structure, and how much structure there is.

After the reference description of PDQ (Meta, "The TMK+PDQF Video-Hashing Algorithm and
the PDQ Image-Hashing Algorithm", 2019). Prints are only comparable when every picture
came through the same reduction: `reduced` for photographs, FRAME_PX for film frames.
Cutting, enlarging, blurring and the cosine transform are all linear, so that a hash of
any box of a grey picture is one product of small matrices.
"""

from functools import cache

import numpy as np
from PIL import Image

HASH_BITS = 256
HASH_BYTES = 32
REDUCED_PX = 256  # of photographs and pages
FRAME_PX = 128  # of film frames, made by ffmpeg
WHOLE = (0.0, 0.0, 1.0, 1.0)  # left, top, right, bottom as shares
_BLOCK = 64
_KEPT = 16
_rows = np.arange(1, _KEPT + 1)[:, None]
_columns = np.arange(_BLOCK)[None, :]
_DCT = (
    np.sqrt(2 / _BLOCK) * np.cos(np.pi / 2 / _BLOCK * _rows * (2 * _columns + 1))
).astype(np.float32)


def reduced(image: Image.Image) -> np.ndarray:
    """A picture as REDUCED_PX × REDUCED_PX grey values, however long it is."""
    grey = image if image.mode == "L" else image.convert("L")
    small = grey.resize((REDUCED_PX, REDUCED_PX), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32)


def blocks(greys: np.ndarray, box: tuple[float, ...] = WHOLE) -> np.ndarray:
    """What lies in a box of grey pictures (n, side, side), as blurred (n, 64, 64).

    `side` is a multiple of 64; a side of 128 or less is not blurred.
    """
    rows, columns = _lenses(greys, box)
    return rows @ np.asarray(greys, np.float32) @ columns.T


def hashes_in(
    greys: np.ndarray, box: tuple[float, ...] = WHOLE, *, mirrored: bool = False
) -> np.ndarray:
    """The hashes of `blocks`, (n, 32) bytes, without making the blocks."""
    left, top, right, bottom = box
    height, width = greys.shape[1:]
    columns = _waves(width, left, right)
    if mirrored:
        columns = columns[:, ::-1]
    across = np.asarray(greys, np.float32) @ columns.T
    return _hashes(_waves(height, top, bottom) @ across)


def hashes_of_boxes(grey: np.ndarray, boxes: list[tuple[float, ...]]) -> np.ndarray:
    """`hashes_in` each of these boxes of one picture, (boxes, 32) bytes."""
    height, width = grey.shape
    sides = sorted({(left, right) for left, _top, right, _bottom in boxes})
    columns = np.concatenate([_waves(width, *side) for side in sides])
    across = np.split(grey @ columns.T, len(sides), axis=1)
    spectra = [
        _waves(height, top, bottom) @ across[sides.index((left, right))]
        for left, top, right, bottom in boxes
    ]
    return _hashes(np.stack(spectra))


def hashes(blocks_of: np.ndarray) -> np.ndarray:
    """(n, 64, 64) blocks as (n, 32) bytes."""
    return _hashes(_DCT @ blocks_of @ _DCT.T)


def _hashes(spectra):
    flat = spectra.reshape(len(spectra), HASH_BITS)
    bits = flat > np.median(flat, axis=1, keepdims=True)
    return np.packbits(bits, axis=1)


def _lenses(greys, box):
    left, top, right, bottom = box
    height, width = greys.shape[1:]
    return _lens(height, top, bottom), _lens(width, left, right)


@cache
def _waves(side: int, start: float, end: float) -> np.ndarray:
    """(16, side): takes the coarse waves of a block out of a picture's lines."""
    return _DCT @ _lens(side, start, end)


@cache
def _lens(side: int, start: float, end: float) -> np.ndarray:
    """(64, side): takes the lines of a block out of a picture's, or a part of it."""
    places = side * (start + (np.arange(side) + 0.5) * (end - start) / side) - 0.5
    places = np.clip(places, 0, side - 1)
    low = places.astype(int)
    part = places - low
    lens = np.zeros((side, side))
    line = np.arange(side)
    np.add.at(lens, (line, low), 1 - part)
    np.add.at(lens, (line, np.minimum(low + 1, side - 1)), part)
    window = (side + 2 * _BLOCK - 1) // (2 * _BLOCK)
    for _pass in range(2 if window > 1 else 0):
        lens = _smoothed(lens, window)
    picked = ((np.arange(_BLOCK) + 0.5) * side / _BLOCK).astype(int)
    return lens[picked].astype(np.float32)


def _smoothed(values, window):
    """Each line as the mean of `window` neighbours, fewer at the edges."""
    before, after = (window + 2) // 2 - 1, window - (window + 2) // 2
    line = np.arange(len(values))
    sums = np.insert(np.cumsum(values, axis=0), 0, 0.0, axis=0)
    low = np.maximum(line - before, 0)
    high = np.minimum(line + after + 1, len(values))
    return (sums[high] - sums[low]) / (high - low)[:, None]


def qualities(blocks_of: np.ndarray) -> np.ndarray:
    """0 (flat) to 100 for each block; below 50 a hash says little."""
    down = np.abs(np.diff(blocks_of, axis=1) * 100 / 255).astype(int).sum(axis=(1, 2))
    right = np.abs(np.diff(blocks_of, axis=2) * 100 / 255).astype(int).sum(axis=(1, 2))
    return np.minimum((down + right) // 90, 100)


def distances(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Differing bits of every pair: (n, 32) and (m, 32) bytes give (n, m)."""
    left = np.ascontiguousarray(one).view(np.uint64)
    right = np.ascontiguousarray(other).view(np.uint64)
    differing = np.zeros((len(one), len(other)), np.uint16)
    for part in range(HASH_BYTES // 8):  # one at a time: less memory than at once
        differing += np.bitwise_count(left[:, part, None] ^ right[None, :, part])
    return differing.astype(np.int32)
