"""Looks at a file by what it is, and gathers all that its inspection leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from PIL import __version__ as pillow_version

from submissions.media import derivatives, images, playback, provenance, video
from submissions.media.derivatives import Copy
from submissions.media.facts import FileFacts
from submissions.media.fingerprints import prints
from submissions.media.fingerprints.prints import Prints


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
    copies = []
    if wants_copies:
        copies = playback.stills(film.posters, folder=folder, label=film.label)
    if copies:
        copies += playback.copied(
            path, facts=film.facts, folder=folder, label=film.label
        )
    found = prints.of_film(film.frames, film.sound_print)
    return Look(film.facts, film.tool_versions, film.log, copies, found)


def at_picture(
    file: BinaryIO, *, base: FileFacts, folder: Path, wants_copies: bool
) -> Look:
    """A JPEG: one strict decode, and what is shown and kept of it."""
    picture = images.look_at(file, base=base)
    versions = {"pillow": pillow_version}
    if picture.facts.has_c2pa:
        told = provenance.read_credentials(file, base.content_type.mime_type)
        picture = replace(picture, facts=picture.facts.with_(**told))
        versions["c2pa"] = provenance.LIBRARY_VERSION
    if picture.image is None:
        return Look(picture.facts, versions)
    upright = derivatives.upright(picture)
    copies = []
    if wants_copies:
        copies = derivatives.of_picture(upright, picture.label, folder=folder)
    return Look(
        picture.facts, versions, copies=copies, prints=prints.of_picture(upright)
    )
