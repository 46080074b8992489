"""Makes the fingerprints of one file out of what its inspection decoded."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from submissions.media.fingerprints import films, pdq, pictures, sounds


@dataclass(frozen=True)
class Prints:
    """The fingerprints of one file; `small` is the picture for a closer look."""

    picture: pictures.Print | None = None
    small: Image.Image | None = None
    film: films.Frames | None = None
    words: np.ndarray = field(default_factory=lambda: np.empty(0, np.uint32))


def of_picture(image: Image.Image) -> Prints:
    """Of an upright picture of any size."""
    small = image.convert("L")
    small.thumbnail((pictures.CORNERS_PX,) * 2, Image.Resampling.BOX)
    return Prints(picture=pictures.of_picture(image), small=small)


def of_film(frames: Path | None, sound_print: Path | None) -> Prints:
    """Of the raw frames and words the decoding pass left, FRAME_PX² bytes a second."""
    greys = np.fromfile(frames, np.uint8) if frames else np.empty(0, np.uint8)
    size = pdq.FRAME_PX**2
    greys = greys[: len(greys) // size * size].reshape(-1, pdq.FRAME_PX, pdq.FRAME_PX)
    words = sounds.words_of(sound_print.read_bytes() if sound_print else b"")
    film = films.Frames(greys) if len(greys) else None
    return Prints(film=film, words=words)
