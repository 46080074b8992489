"""Pages and photographs at the limits of what is asked for."""

import io
import struct

from PIL import ExifTags, Image

from tests.submissions.media import makers, phones

PAGE = (600, 400)
AIGC = "http://www.tc260.org.cn/ns/AIGC/1.0/"


def page(size=PAGE, mode="RGB", **options) -> bytes:
    """A graphic page; 300 dpi unless told otherwise."""
    options = {"dpi": (300, 300)} | options
    options = {name: value for name, value in options.items() if value is not None}
    return makers.jpeg_bytes(makers.photograph(size, mode), **options)


def taken(size=(1620, 1080), **options) -> bytes:
    """A photograph with a camera's data."""
    tags = options.pop("exif", None) or phones.android()
    return makers.jpeg_bytes(makers.photograph(size), **options | {"exif": tags})


def by_exif(value, unit=2, **options) -> bytes:
    """A page whose resolution stands in EXIF alone, unless JFIF is given as well."""
    tags = Image.Exif()
    tags[ExifTags.Base.XResolution] = tags[ExifTags.Base.YResolution] = value
    tags[ExifTags.Base.ResolutionUnit] = unit
    return page(**{"dpi": None, "exif": tags} | options)


def per_centimetre(dots) -> bytes:
    data = bytearray(page(dpi=(dots, dots)))
    data[data.index(b"JFIF\0") + 7] = 2
    return bytes(data)


def by_photoshop(dpi) -> bytes:
    info = struct.pack(">IHHIHH", dpi << 16, 1, 1, dpi << 16, 1, 1)
    head = b"Photoshop 3.0\x008BIM\x03\xed\0\0" + struct.pack(">I", len(info))
    return phones.with_segment(page(dpi=None), 0xED, head + info)


def with_profile(name: str) -> bytes:
    return page(icc_profile=phones.profile(name))


def four_inks(transform: int) -> bytes:
    """CMYK (0) or YCCK (2), told by Adobe's segment."""
    data = bytearray(page(mode="CMYK"))
    data[data.index(b"Adobe") + 11] = transform
    return bytes(data)


def announcing(width: int, height: int, *, progressive=False) -> bytes:
    """A picture that claims another size in its header."""
    data = bytearray(page(progressive=progressive))
    at = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def with_start_of_frame(marker: int, precision: int = 8) -> bytes:
    """A rarer coding than browsers show, by its header."""
    data = bytearray(page())
    at = data.index(b"\xff\xc0")
    data[at + 1], data[at + 4] = marker, precision
    return bytes(data)


def turned(orientation: int) -> bytes:
    return taken(exif=phones.android(turned=orientation))


def two_views() -> bytes:
    buffer = io.BytesIO()
    views = [makers.photograph((1620, 1080)) for _view in range(2)]
    options = {"save_all": True, "append_images": views[1:], "exif": phones.android()}
    views[0].save(buffer, "MPO", **options)
    return buffer.getvalue()


def labelled(label: str, data: bytes) -> bytes:
    written = f'<a:AIGC xmlns:a="{AIGC}">{{"Label":"{label}"}}</a:AIGC>'
    return phones.with_xmp(data, phones.xmp(inside=written))


def saved_as(kind: str) -> bytes:
    buffer = io.BytesIO()
    makers.photograph(PAGE).save(buffer, kind)
    return buffer.getvalue()


def box(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + brand + b"mif1" + bytes(5000)


def written_by(program: str) -> bytes:
    """A photograph with the block that Photoshop leaves, and no other trace."""
    name = program.encode("utf-16-be")
    told = struct.pack(">IBI", 1, 1, len(program)) + name
    head = b"Photoshop 3.0\x008BIM\x04\x21\0\0" + struct.pack(">I", len(told))
    return phones.with_segment(taken(), 0xED, head + told)
