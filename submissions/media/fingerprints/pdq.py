"""PDQ: 256 bits of a picture's coarse structure, and how much structure there is.

After the reference description of PDQ (Meta, "The TMK+PDQF Video-Hashing Algorithm and
the PDQ Image-Hashing Algorithm", 2019). Prints are only comparable when every picture
came through the same reduction: `reduced` for photographs, FRAME_PX for film frames.
"""

import numpy as np
from PIL import Image

HASH_BITS = 256
HASH_BYTES = 32
REDUCED_PX = 256  # of photographs and pages
FRAME_PX = 128  # of film frames, made by ffmpeg
_BLOCK = 64
_KEPT = 16
_rows = np.arange(1, _KEPT + 1)[:, None]
_columns = np.arange(_BLOCK)[None, :]
_DCT = np.sqrt(2 / _BLOCK) * np.cos(
    np.pi / 2 / _BLOCK * _rows * (2 * _columns + 1)
).astype(np.float32)


def reduced(image: Image.Image) -> np.ndarray:
    """A picture as REDUCED_PX × REDUCED_PX grey values, however long it is."""
    grey = image.convert("L").resize((REDUCED_PX, REDUCED_PX), Image.Resampling.BOX)
    return np.asarray(grey, dtype=np.float32)


def blocks(greys: np.ndarray) -> np.ndarray:
    """Grey pictures (n, side, side) as blurred (n, 64, 64) blocks.

    `side` is a multiple of 64; a side of 128 or less is not blurred.
    """
    side = greys.shape[-1]
    window = (side + 2 * _BLOCK - 1) // (2 * _BLOCK)
    smooth = np.asarray(greys, dtype=np.float32)
    for _pass in range(2 if window > 1 else 0):
        smooth = _box(_box(smooth, window, axis=1), window, axis=2)
    picked = ((np.arange(_BLOCK) + 0.5) * side / _BLOCK).astype(int)
    return smooth[:, picked][:, :, picked]


def _box(values: np.ndarray, window: int, *, axis: int) -> np.ndarray:
    """The mean of `window` neighbours, fewer at the edges."""
    before, after = (window + 2) // 2 - 1, window - (window + 2) // 2
    length = values.shape[axis]
    sums = np.cumsum(values, axis=axis, dtype=np.float64)
    sums = np.insert(sums, 0, 0.0, axis=axis)
    low = np.maximum(np.arange(length) - before, 0)
    high = np.minimum(np.arange(length) + after + 1, length)
    widths = (high - low).reshape([-1 if a == axis else 1 for a in range(values.ndim)])
    total = np.take(sums, high, axis=axis) - np.take(sums, low, axis=axis)
    return (total / widths).astype(np.float32)


def hashes(blocks_of: np.ndarray) -> np.ndarray:
    """(n, 64, 64) blocks as (n, 32) bytes."""
    spectrum = _DCT @ blocks_of @ _DCT.T
    flat = spectrum.reshape(len(blocks_of), HASH_BITS)
    bits = flat > np.median(flat, axis=1, keepdims=True)
    return np.packbits(bits, axis=1)


def qualities(blocks_of: np.ndarray) -> np.ndarray:
    """0 (flat) to 100 for each block; below 50 a hash says little."""
    down = np.abs(np.diff(blocks_of, axis=1) * 100 / 255).astype(int).sum(axis=(1, 2))
    right = np.abs(np.diff(blocks_of, axis=2) * 100 / 255).astype(int).sum(axis=(1, 2))
    return np.minimum((down + right) // 90, 100)


def distances(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Differing bits of every pair: (n, 32) and (m, 32) bytes give (n, m)."""
    left = one.view(np.uint64).reshape(len(one), 1, HASH_BYTES // 8)
    right = other.view(np.uint64).reshape(1, len(other), HASH_BYTES // 8)
    return np.bitwise_count(left ^ right).sum(axis=2, dtype=np.int32)
