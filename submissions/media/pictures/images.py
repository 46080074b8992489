"""Looks at a JPEG: header first, then one strict decode, scaled down on the way."""

import math
import mmap
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageCms

from submissions.media.facts import FileFacts, ImageFacts
from submissions.media.pictures import jpeg, jpeg_pixels, profiles, zeroed
from submissions.media.pictures.exif import BAD_TAGS, Exif, read_exif
from submissions.media.pictures.traces import traces
from submissions.media.pictures.xmp import Xmp, read_xmp
from submissions.media.provenance.labels import AigcLabel, label_from_comment

# A phone of 200 million pixels is welcome; a picture whose decoding would take more
# memory or time than a worker has is refused by its header.
MAX_PIXELS = 300_000_000
MAX_DECODER_BYTES = 384 << 20
MAX_SCANS = 100
MAX_SCANNED_PIXELS = 4_000_000_000  # by all scans together
MAX_DATA_BYTES = 256 << 20  # up to the end of the picture, whatever follows it
# The view is what the decoder's own halving leaves: at least so long, less than twice
# as long. A step to one length for all would cost more than the rest of the look.
VIEW_LEAST_PX = 1000

Image.MAX_IMAGE_PIXELS = MAX_PIXELS

# What Pillow and the standard library raise on data that are not what they claim.
BAD_DATA = (
    *BAD_TAGS,
    Image.DecompressionBombError,
    ImageCms.PyCMSError,
)

CODINGS = frozenset({"baseline", "extended", "progressive", "arithmetic"})


@dataclass(frozen=True)
class Picture:
    """The facts of a JPEG, and the decoded picture for making copies."""

    facts: ImageFacts
    pixels: np.ndarray | None = None  # as jpeg_pixels.Decoded has them
    icc: bytes = b""
    label: AigcLabel | None = None
    has_halved_colours: bool = False


def look_at(
    file: BinaryIO, *, base: FileFacts, least_px: int = VIEW_LEAST_PX
) -> Picture:
    """Never raises on any content; errors of reading are the caller's."""
    with (
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
        memoryview(mapped) as data,
    ):
        structure = jpeg.walk(data)
        exif = read_exif(structure.exif)
        xmp = read_xmp(structure.xmp) if structure.xmp else Xmp()
        label = xmp.label or label_from_comment(exif.comment)
        facts = _facts(data, structure, exif=exif, xmp=xmp, label=label, base=base)
        if facts.is_too_big or not _can_be_decoded(structure):
            return Picture(facts, label=label)
        with data[: structure.ends_at] as whole:
            decoded = jpeg_pixels.decode(whole, file, structure, least_px=least_px)
            if not decoded.warning and zeroed.has_hole(whole, structure.scans):
                decoded = replace(decoded, warning="a row of zeros in the data")
    facts = facts.with_(
        is_decodable=decoded.pixels is not None,
        is_cut_short=decoded.is_cut_short,
        decode_warning=decoded.warning,
    )
    return Picture(
        facts,
        pixels=decoded.pixels,
        icc=structure.icc,
        label=label,
        has_halved_colours=structure.has_halved_colours,
    )


def _can_be_decoded(structure: jpeg.Structure) -> bool:
    return structure.coding in CODINGS and structure.precision_bits == 8


def _facts(data, structure, *, exif, xmp, label, base: FileFacts) -> ImageFacts:
    width, height = structure.width_px, structure.height_px
    turned = exif.orientation in range(5, 9)
    ends_at = structure.ends_at or len(data)
    return ImageFacts(
        size_bytes=base.size_bytes,
        sha256=base.sha256,
        content_type=base.content_type,
        width_px=width or None,
        height_px=height or None,
        display_width_px=(height if turned else width) or None,
        display_height_px=(width if turned else height) or None,
        orientation=exif.orientation,
        coding=structure.coding,
        scan_count=structure.scan_count,
        precision_bits=structure.precision_bits or None,
        mode=structure.mode,
        frames=_frame_count(data[:ends_at]) if structure.has_multi_picture else 1,
        is_too_big=is_too_big(structure, data_bytes=ends_at),
        trailing_bytes=len(data) - ends_at,
        trailing_kind=structure.trailing_kind,
        foreign_kind=structure.foreign_kind or "script" * structure.has_script,
        has_exif=exif.count > 0,
        camera=exif.camera,
        software=exif.software or xmp.creator_tool,
        taken_at=exif.taken_at,
        has_gps=exif.has_gps,
        has_c2pa=structure.has_c2pa or xmp.has_remote_manifest,
        digital_source_type=xmp.digital_source_type,
        **traces(exif, xmp, photoshop=structure.photoshop_program),
        **_density(structure, exif),
        **_profile(structure.icc),
        **(label.facts() if label else {}),
    )


def is_too_big(structure: jpeg.Structure, *, data_bytes: int) -> bool:
    """A decode in one go needs a row of blocks, one of several scans needs all."""
    pixels = structure.width_px * structure.height_px
    return (
        structure.is_endless
        or pixels > MAX_PIXELS
        or structure.scan_count > MAX_SCANS
        or structure.scan_count * pixels > MAX_SCANNED_PIXELS
        or data_bytes > MAX_DATA_BYTES
        or structure.decoder_bytes() + data_bytes > MAX_DECODER_BYTES
    )


def _density(structure: jpeg.Structure, exif: Exif) -> dict:
    """Dots per inch from wherever the file says so; JFIF first, as printers read it."""
    found = {
        "jfif": _jfif_dpi(structure.jfif_density),
        "exif": exif.dpi,
        "photoshop": structure.photoshop_dpi,
    }
    found = {
        source: (round(dpi[0], 2), round(dpi[1], 2))
        for source, dpi in found.items()
        if dpi and all(math.isfinite(side) and 0 < side < 1e6 for side in dpi)
    }
    if not found:
        return {}
    source, (x, y) = next(iter(found.items()))
    others = {name: dpi[0] for name, dpi in found.items() if abs(dpi[0] - x) > 1}
    return {"dpi_x": x, "dpi_y": y, "dpi_source": source, "dpi_others": others or None}


def _jfif_dpi(density: tuple[int, int, int] | None) -> tuple[float, float] | None:
    factor = {1: 1.0, 2: 2.54}.get(density[0]) if density else None
    return (density[1] * factor, density[2] * factor) if factor else None


def _profile(icc: bytes) -> dict:
    name = profiles.name_of(icc) if icc else ""
    return {"icc_profile": name, "icc_is_srgb": profiles.is_srgb(icc)} if name else {}


def _frame_count(data) -> int:
    try:
        with Image.open(BytesIO(data), formats=("JPEG",)) as image:
            return getattr(image, "n_frames", 1)
    except BAD_DATA:
        return 1
