"""The picture a film is shown by."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageStat

from submissions.media.films.frames import Frames, image_of
from submissions.media.pictures.derivatives import Copy, save_jpeg, save_thumbnail
from submissions.media.provenance.labels import AigcLabel

LOOKED_AT_PX = (64, 64)
MIDDLE_GREY = 118


def poster(
    posters: Frames | None, *, folder: Path, label: AigcLabel | None
) -> list[Copy]:
    """The most telling of the frames the decoding pass left, and its thumbnail."""
    if not posters:
        return []
    best = max(range(len(posters)), key=lambda each: _liveliness(posters[each][0]))
    image = image_of(posters[best]).convert("RGB")
    return [
        save_jpeg(image, "poster", folder=folder, label=label),
        save_thumbnail(image, folder=folder, label=label),
    ]


def _liveliness(luma: np.ndarray) -> float:
    """Contrast, less of it for a picture nearly black or white."""
    small = Image.fromarray(luma).resize(LOOKED_AT_PX, Image.Resampling.BOX)
    stat = ImageStat.Stat(small)
    return stat.stddev[0] - abs(stat.mean[0] - MIDDLE_GREY) / 4
