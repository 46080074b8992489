"""A look at a picture as data: written behind the fence, checked in front of it."""

import stat
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from pydantic import ConfigDict, TypeAdapter

from submissions.media.facts import Credentials, FileFacts, ImageFacts
from submissions.media.fingerprints import pdq, pictures
from submissions.media.fingerprints.prints import Prints
from submissions.media.looking import Look
from submissions.media.pictures.derivatives import Copy

AS_DATA = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64", extra="forbid")
MOST_COPIES = 20
MOST_HASHES = 32


class Unfit(ValueError):
    """What came back is not what an honest look gives."""


@dataclass(frozen=True)
class PackedCopy:
    __pydantic_config__ = AS_DATA

    kind: str
    name: str
    content_type: str
    width_px: int
    height_px: int
    detail: dict


@dataclass(frozen=True)
class PackedGrey:
    """A small picture in shades of grey, byte for pixel."""

    __pydantic_config__ = AS_DATA

    width_px: int
    height_px: int
    pixels: bytes


@dataclass(frozen=True)
class PackedPrint:
    __pydantic_config__ = AS_DATA

    kept: bytes
    turned: bytes
    trimmed: bytes
    quality: int
    small: PackedGrey


@dataclass(frozen=True)
class Parcel:
    """What goes through the pipe: of `facts`, `credentials`, `copies` alone, `grey` and
    `failure` one."""

    __pydantic_config__ = AS_DATA

    facts: ImageFacts | None = None
    tool_versions: dict[str, str] | None = None
    log: list[str] | None = None
    timings: dict[str, float] | None = None
    copies: list[PackedCopy] | None = None
    prints: PackedPrint | None = None
    grey: PackedGrey | None = None
    credentials: Credentials | None = None
    failure: str = ""
    ran_out: bool = False  # of memory, within its limits


_parcels = TypeAdapter(Parcel)


def packed(look: Look) -> Parcel:
    return Parcel(
        facts=look.facts,
        tool_versions=look.tool_versions,
        log=look.log,
        timings=look.timings,
        copies=packed_copies(look.copies),
        prints=_packed_prints(look.prints),
    )


def packed_copies(copies: list[Copy]) -> list[PackedCopy]:
    return [
        PackedCopy(
            copy.kind,
            copy.path.name,
            copy.content_type,
            copy.width_px,
            copy.height_px,
            copy.detail,
        )
        for copy in copies
    ]


def _packed_prints(prints: Prints) -> PackedPrint | None:
    if prints.picture is None:
        return None
    return PackedPrint(
        kept=prints.picture.kept.tobytes(),
        turned=prints.picture.turned.tobytes(),
        trimmed=prints.picture.trimmed.tobytes(),
        quality=prints.picture.quality,
        small=packed_grey(prints.small),
    )


def packed_grey(image: Image.Image) -> PackedGrey:
    return PackedGrey(*image.size, image.tobytes())


def written(parcel: Parcel) -> bytes:
    return _parcels.dump_json(parcel)


def read(data: bytes) -> Parcel:
    """A parcel of the right make; Unfit (a ValueError) for anything else."""
    try:
        return _parcels.validate_json(data, strict=True)
    except ValueError as error:
        raise Unfit(str(error)[:500]) from error


def unpacked(parcel: Parcel, *, base: FileFacts, folder: Path) -> Look:
    """The look in a parcel. What is known of the file already stays as it is known."""
    if parcel.facts is None:
        raise Unfit("There are no facts.")
    facts = parcel.facts.with_(
        size_bytes=base.size_bytes, sha256=base.sha256, content_type=base.content_type
    )
    return Look(
        facts,
        parcel.tool_versions or {},
        parcel.log or [],
        unpacked_copies(parcel, folder=folder),
        _prints(parcel.prints) if parcel.prints else Prints(),
        parcel.timings or {},
    )


def unpacked_copies(parcel: Parcel, *, folder: Path) -> list[Copy]:
    copies = parcel.copies or []
    if len(copies) > MOST_COPIES:
        raise Unfit("There are too many copies.")
    return [_copy(copy, folder) for copy in copies]


def _copy(packed_copy: PackedCopy, folder: Path) -> Copy:
    """A file in the folder, and no link to one elsewhere."""
    path = folder / packed_copy.name
    if path.parent != folder or path.name != packed_copy.name:
        raise Unfit("A copy lies outside the folder.")
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        raise Unfit("A copy is no file of its own.")
    return Copy(
        packed_copy.kind,
        path,
        packed_copy.content_type,
        packed_copy.width_px,
        packed_copy.height_px,
        packed_copy.detail,
    )


def _prints(packed_prints: PackedPrint) -> Prints:
    return Prints(
        picture=pictures.Print(
            kept=_hashes(packed_prints.kept),
            turned=_hashes(packed_prints.turned),
            trimmed=_hashes(packed_prints.trimmed),
            quality=min(max(packed_prints.quality, 0), 100),
        ),
        small=unpacked_grey(packed_prints.small),
    )


def unpacked_grey(grey: PackedGrey) -> Image.Image:
    most = pictures.CORNERS_PX
    if not (0 < grey.width_px <= most and 0 < grey.height_px <= most):
        raise Unfit("The small picture is not small.")
    if len(grey.pixels) != grey.width_px * grey.height_px:
        raise Unfit("The small picture is cut off.")
    return Image.frombytes("L", (grey.width_px, grey.height_px), grey.pixels)


def _hashes(data: bytes) -> np.ndarray:
    if len(data) % pdq.HASH_BYTES or len(data) > MOST_HASHES * pdq.HASH_BYTES:
        raise Unfit("These are no hashes.")
    return np.frombuffer(data, np.uint8).reshape(-1, pdq.HASH_BYTES).copy()
