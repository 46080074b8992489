"""What a camera wrote beside a picture (EXIF): the few tags that are asked for."""

import datetime as dt
import re
import struct
import warnings
from dataclasses import dataclass

from PIL import ExifTags, Image

# Tags that make no sense are left out; that is no news for anybody.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.TiffImagePlugin")

# What reading data raises that are not what they claim.
BAD_TAGS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
_DAY = re.compile(r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})")


@dataclass(frozen=True)
class Exif:
    """Unknown is empty or None; an orientation that makes no sense is 1."""

    count: int = 0
    orientation: int = 1
    dpi: tuple[float, float] | None = None
    camera: str = ""
    software: str = ""
    taken_at: str = ""
    changed_at: str = ""
    gps_date: str = ""
    recorded_px: tuple[int, int] | None = None
    has_gps: bool = False
    comment: object = None


def read_exif(data: bytes) -> Exif:
    """Unreadable tags are as good as absent; one folder of them spoils no other."""
    if not data:
        return Exif()
    exif = Image.Exif()
    try:
        exif.load(data)
    except BAD_TAGS:
        return Exif()
    detail = _folder(exif, ExifTags.IFD.Exif)
    gps = _folder(exif, ExifTags.IFD.GPSInfo)
    try:
        return _read(exif, detail, gps)
    except BAD_TAGS:
        return Exif()


def _folder(exif: Image.Exif, name: ExifTags.IFD) -> dict:
    """The tags of a folder inside; none when its place is wrong."""
    try:
        return exif.get_ifd(name)
    except BAD_TAGS:
        return {}


def _read(exif: Image.Exif, detail: dict, gps: dict) -> Exif:
    orientation = exif.get(ExifTags.Base.Orientation, 1)
    return Exif(
        count=len(exif) + len(detail),
        orientation=orientation if orientation in range(1, 9) else 1,
        dpi=_dpi(exif),
        camera=_text(exif, ExifTags.Base.Make, ExifTags.Base.Model),
        software=_text(exif, ExifTags.Base.Software),
        taken_at=_text(detail, ExifTags.Base.DateTimeOriginal),
        changed_at=_text(exif, ExifTags.Base.DateTime),
        gps_date=_text(gps, ExifTags.GPS.GPSDateStamp),
        recorded_px=_recorded_size(detail),
        has_gps=bool(gps),
        comment=detail.get(ExifTags.Base.UserComment),
    )


def _text(tags, *names) -> str:
    """Printable text of tags in a row, the maker not named twice."""
    words: list[str] = []
    for name in names:
        value = _decoded(tags.get(name, ""))
        text = "".join(char for char in value if char.isprintable()).strip()[:80]
        if text and not (words and text.startswith(words[-1])):
            words.append(text)
        elif text:
            words[-1] = text
    return " ".join(words)


def _decoded(value: object) -> str:
    """EXIF knows ASCII only; phones write UTF-8 or GB 18030 all the same."""
    data = value if isinstance(value, bytes) else str(value).encode("latin-1", "ignore")
    for coding in ("utf-8", "gb18030"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _dpi(exif: Image.Exif) -> tuple[float, float] | None:
    """Dots per inch; a fraction of nothing is no figure."""
    unit = exif.get(ExifTags.Base.ResolutionUnit, 2)
    factor = {2: 1.0, 3: 2.54}.get(unit)
    x, y = exif.get(ExifTags.Base.XResolution), exif.get(ExifTags.Base.YResolution)
    if factor is None or x is None or y is None:
        return None
    try:
        return (float(x) * factor, float(y) * factor)
    except BAD_TAGS:
        return None


def _recorded_size(detail: dict) -> tuple[int, int] | None:
    """What the camera says it recorded, which an editor seldom corrects."""
    sides = (
        detail.get(ExifTags.Base.ExifImageWidth),
        detail.get(ExifTags.Base.ExifImageHeight),
    )
    return sides if all(isinstance(side, int) and side > 0 for side in sides) else None


def day_of(text: str) -> dt.date | None:
    """The day of a time as cameras write it, by their own clock; None if it is none."""
    match = _DAY.match(text)
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None
