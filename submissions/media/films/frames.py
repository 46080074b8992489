"""Pictures a fenced ffmpeg leaves of a film: bytes, and nothing that needs parsing."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image


@dataclass(frozen=True, kw_only=True)
class Frames:
    """Pictures of one size in full-range YCbCr (BT.601), 4:4:4, plane by plane."""

    path: Path
    width_px: int
    height_px: int

    @property
    def size_bytes(self) -> int:
        """Of one picture."""
        return 3 * self.height_px * self.width_px

    def __len__(self) -> int:
        """Whole ones; the last may have been cut short by the end of ffmpeg's time."""
        return self.path.stat().st_size // self.size_bytes

    def __getitem__(self, number: int) -> np.ndarray:
        """(3, height, width); read from the file each time."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        offset = number * self.size_bytes
        values = np.fromfile(self.path, np.uint8, self.size_bytes, offset=offset)
        return values.reshape(3, self.height_px, self.width_px)


@dataclass(frozen=True, kw_only=True)
class Tiles(Frames):
    """Small pictures, one every step."""

    step_s: int


def image_of(planes: np.ndarray) -> Image.Image:
    """(3, height, width) of YCbCr as an image of that mode."""
    return Image.merge("YCbCr", [Image.fromarray(plane) for plane in planes])
