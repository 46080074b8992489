"""Decoded pixels, rows of three colours or of one grey: made smaller, turned upright.

Mostly by halves, the mean of four neighbours, which costs next to nothing; what is left
to a wanted length is one step of less than two.
"""

import cv2
import numpy as np

UPRIGHT = {  # by the EXIF number of how the camera was held
    2: lambda pixels: cv2.flip(pixels, 1),
    3: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_180),
    4: lambda pixels: cv2.flip(pixels, 0),
    5: cv2.transpose,
    6: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE),
    7: lambda pixels: cv2.rotate(cv2.transpose(pixels), cv2.ROTATE_180),
    8: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE),
}


def turned(pixels: np.ndarray, orientation: int) -> np.ndarray:
    """The way the picture is to be seen."""
    turn = UPRIGHT.get(orientation)
    return turn(pixels) if turn else pixels


def halved(pixels: np.ndarray, *, least_px: int) -> np.ndarray:
    """Half as long, as often as the long side stays at least `least_px`.

    The last row or column of an odd number of them is left out.
    """
    while max(pixels.shape[:2]) // 2 >= least_px and min(pixels.shape[:2]) > 1:
        height, width = (side // 2 for side in pixels.shape[:2])
        pixels = cv2.resize(
            pixels[: 2 * height, : 2 * width],
            (width, height),
            interpolation=cv2.INTER_AREA,
        )
    return pixels


def at_most(
    pixels: np.ndarray, long_px: int, *, by: int = cv2.INTER_LINEAR
) -> np.ndarray:
    """With a long side of `long_px`; a smaller picture as it is."""
    pixels = halved(pixels, least_px=long_px)
    height, width = pixels.shape[:2]
    scale = long_px / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(pixels, size, interpolation=by)


def grey(pixels: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if pixels.ndim == 3 else pixels
