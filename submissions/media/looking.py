"""Looks at a file by what it is, and gathers all that its inspection leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from submissions.media.facts import FileFacts
from submissions.media.films import playback, posters, video
from submissions.media.films.storyboards import storyboard
from submissions.media.fingerprints import prints
from submissions.media.fingerprints.prints import Prints
from submissions.media.pictures import derivatives, images, pixels
from submissions.media.pictures.derivatives import Copy
from submissions.media.tools.clocks import Clock

# What decides how stills and fingerprints come out, of films and of pictures.
FILM_VERSIONS = {name: version(name) for name in ("numpy", "pillow")}
PICTURE_VERSIONS = FILM_VERSIONS | {
    "opencv": version("opencv-python-headless"),
    "pyav": version("av"),
    "simplejpeg": version("simplejpeg"),
}


@dataclass(frozen=True)
class Look:
    """What one look at a file gave. Copies lie in the scratch folder given."""

    facts: FileFacts
    tool_versions: dict[str, str] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    prints: Prints = field(default_factory=Prints)
    timings: dict[str, float] = field(default_factory=dict)  # seconds, by what was done


def at_film(
    file: BinaryIO,
    *,
    path: Path,
    base: FileFacts,
    folder: Path,
    wants_copies: bool,
    stop_after_s: float | None,
    on_progress: Callable[[float], None] | None,
) -> Look:
    """A video: boxes, one ffprobe, one decoding pass, and what is shown of it."""
    film = video.look_at(
        file,
        path=path,
        base=base,
        scratch_dir=folder,
        stop_after_s=stop_after_s,
        on_progress=on_progress,
    )
    timings = dict(film.timings)
    clock = Clock(timings)
    copies = []
    if wants_copies:
        with clock.timed("stills_s"):
            copies = _stills(film, folder)
    if copies:
        with clock.timed("copy_s"):
            copies += playback.copied(
                path, facts=film.facts, folder=folder, label=film.label
            )
    with clock.timed("prints_s"):
        found = prints.of_film(film.frames, film.sound_print)
    versions = film.tool_versions | (FILM_VERSIONS if film.frames else {})
    return Look(film.facts, versions, film.log, copies, found, timings)


def _stills(film: video.Film, folder: Path) -> list[Copy]:
    copies = posters.poster(film.posters, folder=folder, label=film.label)
    return copies + storyboard(film.tiles, folder=folder, label=film.label)


def at_picture(
    file: BinaryIO, *, base: FileFacts, folder: Path, wants_copies: bool
) -> Look:
    """A JPEG: one strict decode, and what is shown and kept of it."""
    timings: dict[str, float] = {}
    clock = Clock(timings)
    with clock.timed("decode_s"):
        picture = images.look_at(file, base=base)
    if picture.pixels is None:
        return Look(picture.facts, PICTURE_VERSIONS, timings=timings)
    with clock.timed("stills_s"):
        seen = derivatives.upright(picture)
        small = derivatives.small(seen)
        copies = []
        if wants_copies:
            copies = derivatives.of_picture(seen, small, picture, folder=folder)
    with clock.timed("prints_s"):
        found = prints.of_picture(Image.fromarray(pixels.grey(small)))
    return Look(
        picture.facts,
        PICTURE_VERSIONS,
        copies=copies,
        prints=found,
        timings=timings,
    )
