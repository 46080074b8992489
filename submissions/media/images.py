"""Looks at a JPEG: header first, then one strict decode, scaled down on the way."""

import math
import mmap
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import simplejpeg
from PIL import Image, ImageCms

from submissions.media import jpeg
from submissions.media.exif import BAD_TAGS, Exif, read_exif
from submissions.media.facts import FileFacts, ImageFacts
from submissions.media.labels import AigcLabel, label_from_comment
from submissions.media.traces import traces
from submissions.media.xmp import Xmp, read_xmp

# A phone of 200 million pixels is welcome; a picture whose decoding would take more
# memory than a worker has is refused by its header.
MAX_PIXELS = 300_000_000
MAX_COEFFICIENT_BYTES = 384 << 20
MAX_SCANS = 100
MAX_DATA_BYTES = 256 << 20  # up to the end of the picture, whatever follows it
VIEW_PX = 1600

Image.MAX_IMAGE_PIXELS = MAX_PIXELS

# What Pillow and the standard library raise on data that are not what they claim.
BAD_DATA = (
    *BAD_TAGS,
    Image.DecompressionBombError,
    ImageCms.PyCMSError,
)

# What the strict decoder objects to and every viewer shows all the same.
HARMLESS = (
    "extraneous bytes before marker",
    "Could not determine subsampling",
    "unknown JFIF revision",
    "unknown Adobe color transform",
)
PREMATURE = "Premature end of JPEG"
CODINGS = frozenset({"baseline", "extended", "progressive", "arithmetic"})


@dataclass(frozen=True)
class Picture:
    """The facts of a JPEG, and the decoded picture for making copies."""

    facts: ImageFacts
    image: Image.Image | None = None  # scaled down, not yet turned upright
    icc: bytes = b""
    label: AigcLabel | None = None


def look_at(file: BinaryIO, *, base: FileFacts) -> Picture:
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
        if facts.is_too_big or structure.coding not in CODINGS:
            return Picture(facts, label=label)
        decoded = _decode(data[: structure.ends_at], structure)
    facts = facts.with_(
        is_decodable=decoded.image is not None,
        is_cut_short=decoded.is_cut_short,
        decode_warning=decoded.warning,
    )
    return Picture(facts, image=decoded.image, icc=structure.icc, label=label)


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
    """A scaled baseline decode needs one row of blocks, a progressive one needs all."""
    if structure.width_px * structure.height_px > MAX_PIXELS:
        return True
    if structure.scan_count > MAX_SCANS or data_bytes > MAX_DATA_BYTES:
        return True
    in_one_go = structure.coding != "progressive" and structure.scan_count <= 1
    return not in_one_go and structure.coefficient_bytes() > MAX_COEFFICIENT_BYTES


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
    if not icc:
        return {}
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        name = ImageCms.getProfileDescription(profile).strip()[:120]
    except BAD_DATA:
        return {}
    return {"icc_profile": name, "icc_is_srgb": "srgb" in name.lower()}


def _frame_count(data) -> int:
    try:
        with Image.open(BytesIO(data), formats=("JPEG",)) as image:
            return getattr(image, "n_frames", 1)
    except BAD_DATA:
        return 1


@dataclass(frozen=True)
class _Decoded:
    image: Image.Image | None = None
    warning: str = ""
    is_cut_short: bool = False


def _decode(data, structure: jpeg.Structure) -> _Decoded:
    """Every byte goes through the entropy decoder; only the pixels are scaled down."""
    warning = ""
    if structure.components in (1, 3):
        try:
            return _Decoded(_decode_strictly(data, structure))
        except BAD_DATA as error:
            warning = str(error)
    if any(phrase in warning.replace("Unknown", "unknown") for phrase in HARMLESS):
        warning = ""
    try:
        return _Decoded(_decode_leniently(data), warning, PREMATURE in warning)
    except BAD_DATA as error:
        is_cut_short = PREMATURE in warning or "truncated" in str(error)
        return _Decoded(None, warning or str(error)[:200], is_cut_short)


def _decode_strictly(data, structure: jpeg.Structure) -> Image.Image:
    """Fails on whatever libjpeg would only warn of."""
    width, height = structure.width_px, structure.height_px
    scale = min(1.0, VIEW_PX / max(width, height, 1))
    pixels = simplejpeg.decode_jpeg(
        data,
        colorspace="RGB",
        min_width=math.ceil(width * scale),
        min_height=math.ceil(height * scale),
        min_factor=1,
        strict=True,
    )
    return Image.fromarray(pixels)


def _decode_leniently(data) -> Image.Image:
    with Image.open(BytesIO(data), formats=("JPEG",)) as image:
        image.draft(None, (VIEW_PX, VIEW_PX))
        image.load()
        return image.copy()
