"""Colour profiles (ICC): which one a picture has, and its colours in sRGB."""

import struct
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

# What reading data raises that are no profile, or one of another kind of picture.
BAD_PROFILE = (ImageCms.PyCMSError, ArithmeticError, LookupError, OSError, ValueError)
TAG_HEAD = 128
MAX_TAGS = 100
FIXED = 65536  # s15Fixed16Number
# The primaries of sRGB under D50, as all its profiles give them, and how far off the
# roundings of their makers are.
SRGB_PRIMARIES = {
    b"rXYZ": (0.4361, 0.2225, 0.0139),
    b"gXYZ": (0.3851, 0.7169, 0.0971),
    b"bXYZ": (0.1431, 0.0606, 0.7141),
}
PRIMARY_SPREAD = 0.002
CURVE_SPREAD = 2 / 255
CURVE_PLACES = tuple(step / 16 for step in range(1, 16))
MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
PARAMETERS = {0: 1, 3: 5, 4: 7}  # how many a parametric curve has, by its kind
PLAIN_POWER = (1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def name_of(icc: bytes) -> str:
    """What its maker calls it; empty when it cannot be read."""
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        return ImageCms.getProfileDescription(profile).strip()[:120]
    except BAD_PROFILE:
        return ""


def is_srgb(icc: bytes) -> bool:
    """Whether its colours are those of sRGB, whatever it is called."""
    try:
        tags = _tags(icc)
        if any(name.startswith((b"A2B", b"B2A")) for name in tags):
            return False
        return _has_primaries(tags) and all(
            _is_srgb_curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC")
        )
    except (LookupError, ArithmeticError, ValueError, struct.error):
        return False


def in_srgb(pixels: np.ndarray, icc: bytes) -> np.ndarray:
    """Colours or greys of a profile in sRGB; grey without a profile stays grey.

    `pixels` are RGB, grey or CMYK with 0 for no ink. A profile of another kind than
    the picture says nothing about it.
    """
    if icc and not (pixels.ndim == 3 and pixels.shape[2] == 3 and is_srgb(icc)):
        converted = _converted(pixels, icc)
        if converted is not None:
            return converted
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        return np.asarray(Image.fromarray(pixels, "CMYK").convert("RGB"))
    return pixels


def _converted(pixels, icc) -> np.ndarray | None:
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        mode = MODES[profile.profile.xcolor_space.strip()]
        if mode != _mode_of(pixels):
            return None
        return np.asarray(
            ImageCms.profileToProfile(
                Image.fromarray(pixels, mode),
                profile,
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        )
    except BAD_PROFILE:
        return None


def _mode_of(pixels):
    return "L" if pixels.ndim == 2 else {3: "RGB", 4: "CMYK"}[pixels.shape[2]]


def _tags(icc: bytes) -> dict[bytes, bytes]:
    """The profile's tags by their four letters."""
    count = int.from_bytes(icc[TAG_HEAD : TAG_HEAD + 4], "big")
    if count > MAX_TAGS:
        raise ValueError("no profile has so many tags")
    entries = struct.iter_unpack(">4sII", icc[TAG_HEAD + 4 : TAG_HEAD + 4 + 12 * count])
    return {name: icc[at : at + size] for name, at, size in entries}


def _has_primaries(tags) -> bool:
    return all(
        abs(number / FIXED - expected) <= PRIMARY_SPREAD
        for name, primary in SRGB_PRIMARIES.items()
        for number, expected in zip(
            struct.unpack(">3i", tags[name][8:20]), primary, strict=True
        )
    )


def _is_srgb_curve(tag: bytes) -> bool:
    """Whether light comes out as from sRGB's own curve, to two steps of 255."""
    return all(
        abs(_encoded(_light(tag, place)) - place) <= CURVE_SPREAD
        for place in CURVE_PLACES
    )


def _encoded(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _light(tag: bytes, place: float) -> float:
    """The light a value of 0 to 1 stands for, by a curve of either kind."""
    if tag[:4] == b"para":
        return _parametric(tag, place)
    if tag[:4] != b"curv":
        raise ValueError("no curve")
    count = int.from_bytes(tag[8:12], "big")
    if count == 0:
        return place
    if count == 1:
        return place ** (int.from_bytes(tag[12:14], "big") / 256)
    low, part = divmod(place * (count - 1), 1)
    before, after = struct.unpack_from(">2H", tag, 12 + 2 * min(int(low), count - 2))
    return (before + (after - before) * part) / 65535


def _parametric(tag: bytes, place: float) -> float:
    """A power, and near black a line: the two kinds that sRGB is written in."""
    kind = int.from_bytes(tag[8:10], "big")
    given = struct.unpack_from(f">{PARAMETERS[kind]}i", tag, 12)
    gamma, a, b, c, d, e, f = (
        *(number / FIXED for number in given),
        *PLAIN_POWER[len(given) :],
    )
    return c * place + f if place < d else (a * place + b) ** gamma + e
