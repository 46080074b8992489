"""Decodes a JPEG: strictly, and scaled down by the decoder itself.

Every byte goes through the entropy decoder, whatever the size asked for, so that a
small picture costs less than a whole one and tells just as much of damage.
"""

import re
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import simplejpeg
from PIL import Image

from submissions.media.pictures import progressive
from submissions.media.pictures.exif import BAD_TAGS
from submissions.media.pictures.jpeg import Structure
from submissions.media.pictures.rewriting import without_gaps

BAD_DATA = (*BAD_TAGS, Image.DecompressionBombError)
COLOURS = {1: "GRAY", 3: "RGB", 4: "CMYK"}  # by the number of components
# Scales the decoder has quick ways for; with any other it takes longer than with none.
SCALES = (8, 4, 2, 1)
# What the strict decoder objects to and every viewer shows all the same.
HARMLESS = (
    "could not determine subsampling",
    "unknown jfif revision",
    "unknown adobe color transform",
)
LEFT_OVER = re.compile(r"(\d+) extraneous bytes before marker 0x([0-9a-f]{2})")
PADDING = b"\0\xff"
MOST_MENDED_BYTES = 64 << 20
PREMATURE = "Premature end of JPEG"
BROKEN_OFF = "premature end of data segment"
LACKS_SCANS = "some of its scans are missing"
# What a decoder leaves where data are missing, and how much of that, at the end of a
# picture, is more than a fault in its midst leaves.
BLANK, BLANK_SPREAD = 128, 1
LEAST_MISSING = 0.05


@dataclass(frozen=True)
class Decoded:
    """Rows of grey, RGB, or CMYK with 0 for no ink; not yet turned upright."""

    pixels: np.ndarray | None = None
    warning: str = ""
    is_cut_short: bool = False


def decode(data, file: BinaryIO, structure: Structure, *, least_px: int) -> Decoded:
    """The picture in `data`, at least `least_px` long if it is, and what is wrong.

    `file` holds the same bytes, for a decoder that forgives.
    """
    objection = ""
    if progressive.is_fit(structure):
        size = structure.width_px, structure.height_px
        scale = scale_for(*size, least_px=least_px)
        reading = progressive.read(data, structure, scale=scale)
        if reading.pixels is not None:
            return Decoded(reading.pixels)
        objection = reading.objection
    decoded = _decode_by_libjpeg(data, file, structure, least_px)
    return replace(decoded, warning=decoded.warning or objection)


def _decode_by_libjpeg(data, file, structure: Structure, least_px: int) -> Decoded:
    warning = ""
    if structure.components in COLOURS:
        try:
            pixels = _decode_strictly(data, structure, least_px)
            return Decoded(pixels, LACKS_SCANS if structure.lacks_scans else "")
        except BAD_DATA as error:
            warning = str(error)
    if _is_harmless(warning, data, structure):
        warning = _said_next(warning, data, structure, least_px)
    try:
        pixels = _decode_leniently(file, least_px)
        return Decoded(pixels, warning, _is_cut_short(warning, pixels, structure))
    except BAD_DATA as error:
        is_cut_short = PREMATURE in warning or "truncated" in str(error)
        return Decoded(None, warning or str(error)[:200], is_cut_short)


def _is_cut_short(warning: str, pixels: np.ndarray, structure: Structure) -> bool:
    """Whether the file ends too early, or its data do and leave much of it blank or
    whole scans unsent; an end marker may have been put behind what is left."""
    if PREMATURE in warning:
        return True
    if BROKEN_OFF in warning and structure.lacks_scans:
        return True
    return bool(warning) and missing_share(pixels) >= LEAST_MISSING


def missing_share(pixels: np.ndarray) -> float:
    """How much of a picture, from its lower edge on, was never decoded."""
    rows = pixels.reshape(len(pixels), -1)
    is_blank = (np.abs(rows.astype(np.int16) - BLANK) <= BLANK_SPREAD).all(axis=1)
    shown = np.flatnonzero(~is_blank)
    return 1 - (shown[-1] + 1) / len(rows) if len(shown) else 1.0


def _said_next(warning, data, structure, least_px) -> str:
    """What the decoder objects to once the harmless is out of its way, where it can
    be: it ends with the first it meets, and worse may follow."""
    if len(data) > MOST_MENDED_BYTES:
        return ""
    try:
        _decode_strictly(without_gaps(data), structure, least_px)
    except BAD_DATA as error:
        if str(error) != warning and not _is_harmless(str(error), data, structure):
            return str(error)
    return ""


def _is_harmless(warning: str, data, structure: Structure) -> bool:
    """Bytes left over are harmless where they pad, or lie between the segments."""
    left_over = LEFT_OVER.search(warning)
    if left_over is None:
        return any(phrase in warning.lower() for phrase in HARMLESS)
    count, marker = int(left_over[1]), int(left_over[2], 16)
    ends = [scan.ends_at for scan in structure.scans if scan.ends_at]
    behind_scans = [end for end in ends if data[end - 1] == marker]
    return not behind_scans or any(
        not bytes(data[end - 2 - count : end - 2]).strip(PADDING)
        for end in behind_scans
    )


def scale_for(width_px: int, height_px: int, *, least_px: int) -> int:
    """By how much it can be scaled down and stay at least `least_px` long."""
    long_px = max(width_px, height_px)
    return next((scale for scale in SCALES if long_px // scale >= least_px), 1)


def _decode_strictly(data, structure: Structure, least_px: int) -> np.ndarray:
    """Fails on whatever libjpeg would only warn of."""
    width, height = structure.width_px, structure.height_px
    scale = scale_for(width, height, least_px=least_px)
    pixels = simplejpeg.decode_jpeg(
        data,
        colorspace=COLOURS[structure.components],
        min_width=-(-width // scale),
        min_height=-(-height // scale),
        min_factor=1,
        strict=True,
    )
    if structure.components == 1:
        return pixels[:, :, 0]
    return 255 - pixels if structure.has_inverted_ink else pixels


def _decode_leniently(file: BinaryIO, least_px: int) -> np.ndarray:
    file.seek(0)
    with Image.open(file, formats=("JPEG",)) as image:
        scale = scale_for(*image.size, least_px=least_px)
        image.draft(None, tuple(-(-side // scale) for side in image.size))
        image.load()
        return np.asarray(image)
