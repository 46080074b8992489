"""A film at a glance: small pictures of it side by side in one JPEG."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from submissions.media.films.frames import Tiles, image_of
from submissions.media.pictures.derivatives import Copy, save_jpeg
from submissions.media.provenance.labels import AigcLabel

COLUMNS = 10
BLACK = (0, 128, 128)  # in YCbCr


def storyboard(
    tiles: Tiles | None, *, folder: Path, label: AigcLabel | None
) -> list[Copy]:
    """One picture of all tiles, row by row; tile i shows the film around i steps.

    Its detail tells how it is laid out: {step_s, columns, rows, tile_width_px,
    tile_height_px, count}.
    """
    if not tiles:
        return []
    image = image_of(_sheet(np.stack(list(tiles))))
    copy = save_jpeg(image, "storyboard", folder=folder, label=label)
    return [replace(copy, detail=_layout(tiles))]


def _layout(tiles: Tiles) -> dict[str, int]:
    count = len(tiles)
    return {
        "step_s": tiles.step_s,
        "columns": min(count, COLUMNS),
        "rows": -(-count // COLUMNS),
        "tile_width_px": tiles.width_px,
        "tile_height_px": tiles.height_px,
        "count": count,
    }


def _sheet(pictures: np.ndarray) -> np.ndarray:
    """(3, height, width): the pictures in rows, black where the last row ends early."""
    count, planes, height, width = pictures.shape
    columns = min(count, COLUMNS)
    rows = -(-count // columns)
    sheet = np.empty((planes, rows * height, columns * width), np.uint8)
    sheet[:] = np.array(BLACK, np.uint8)[:, None, None]
    for place, picture in enumerate(pictures):
        row, column = divmod(place, columns)
        top, left = row * height, column * width
        sheet[:, top : top + height, left : left + width] = picture
    return sheet
