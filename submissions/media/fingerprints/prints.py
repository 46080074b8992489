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
    shifted: dict[float, np.ndarray] = field(default_factory=dict)  # words, by speed


def of_picture(image: Image.Image) -> Prints:
    """Of an upright picture of any size."""
    grey = image if image.mode == "L" else image.convert("L")
    small = grey.copy()
    small.thumbnail((pictures.CORNERS_PX,) * 2, Image.Resampling.BOX)
    return Prints(picture=pictures.of_picture(grey), small=small)


def of_film(frames: Path | None, sound_print: Path | None) -> Prints:
    """Of the raw frames and words the decoding pass left, FRAME_PX² bytes a second;
    beside the words lie those of the same sound at other speeds."""
    greys = np.fromfile(frames, np.uint8) if frames else np.empty(0, np.uint8)
    size = pdq.FRAME_PX**2
    greys = greys[: len(greys) // size * size].reshape(-1, pdq.FRAME_PX, pdq.FRAME_PX)
    film = films.Frames(greys) if len(greys) else None
    if film is not None:
        film.compute()
    if sound_print is None:
        return Prints(film=film)
    shifted = {
        speed: sounds.words_of(path.read_bytes())
        for name, speed in sounds.PITCHES.items()
        if (path := shifted_print(sound_print, name)).is_file()
    }
    words = sounds.words_of(sound_print.read_bytes())
    return Prints(film=film, words=words, shifted=shifted)


def shifted_print(sound_print: Path, name: str) -> Path:
    """Where the words of a sound track at another speed lie."""
    return sound_print.with_stem(f"{sound_print.stem}_{name}")
