"""Photographs as phones write them: segments, second pictures and trailers in place.

The layouts follow published formats (EXIF, CIPA MPF, XMP, Ultra HDR, Motion Photo) and,
for what makers append, what their files are known to look like. Nothing is a copy of a
real file; places and numbers are invented.
"""

import hashlib
import struct

from PIL import ExifTags, Image, ImageCms

from tests.submissions.media import makers

XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
MORE_XMP_HEAD = b"http://ns.adobe.com/xmp/extension/\0"
ULTRA_HDR = b"urn:iso:std:iso:ts:21496:-1\0"
TAKEN = "2023:06:18 09:30:15"


def noise(length: int) -> bytes:
    """The same bytes every time, and no pattern in them."""
    return hashlib.shake_128(b"phone").digest(length)


def exif(make="", model="", software="", taken=TAKEN, size=None, turned=1, note=b""):
    """The tags a camera writes, with a place and a maker's note."""
    tags = Image.Exif()
    named = {"Make": make, "Model": model, "Software": software, "DateTime": taken}
    for name, value in named.items():
        if value:
            tags[ExifTags.Base[name]] = value.encode()
    tags[ExifTags.Base.Orientation] = turned
    tags[ExifTags.Base.XResolution] = 72.0
    tags[ExifTags.Base.YResolution] = 72.0
    tags[ExifTags.Base.ResolutionUnit] = 2
    detail = tags.get_ifd(ExifTags.IFD.Exif)
    detail[ExifTags.Base.DateTimeOriginal] = taken
    if size:
        detail[ExifTags.Base.ExifImageWidth] = size[0]
        detail[ExifTags.Base.ExifImageHeight] = size[1]
    if note:
        detail[ExifTags.Base.MakerNote] = note
    gps = tags.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (30.0, 15.0, 0.0)
    gps[ExifTags.GPS.GPSDateStamp] = taken[:10]
    return tags


def apple(**changes):
    note = b"Apple iOS\0\0\x01MM" + noise(1200)
    named = {"make": "Apple", "model": "iPhone 14 Pro", "software": "17.5.1"}
    return exif(**named | {"note": note} | changes)


def android(make="Xiaomi", model="2211133C", software="", **changes):
    return exif(make=make, model=model, software=software, **changes)


def photo(size=(1600, 1200), **options) -> bytes:
    """A photograph; `exif` tells its size unless told otherwise."""
    tags = options.get("exif")
    if tags is not None:
        detail = tags.get_ifd(ExifTags.IFD.Exif)
        detail.setdefault(ExifTags.Base.ExifImageWidth, size[0])
        detail.setdefault(ExifTags.Base.ExifImageHeight, size[1])
    return makers.jpeg_bytes(makers.photograph(size), **options)


def with_segment(data: bytes, marker: int, body: bytes) -> bytes:
    """The same picture with one more segment behind its first (EXIF or JFIF)."""
    first = 4 + int.from_bytes(data[4:6], "big") if data[2] == 0xFF else 2
    at = 2 + 2 + int.from_bytes(data[4:6], "big")
    assert first == at
    segment = bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body
    return data[:at] + segment + data[at:]


def xmp(*attributes: str, inside: str = "") -> bytes:
    """A packet with attributes as programs write them."""
    names = {
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
        "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
        "stRef": "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
        "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
        "tiff": "http://ns.adobe.com/tiff/1.0/",
        "GCamera": "http://ns.google.com/photos/1.0/camera/",
        "Container": "http://ns.google.com/photos/1.0/container/",
        "Item": "http://ns.google.com/photos/1.0/container/item/",
        "hdrgm": "http://ns.adobe.com/hdr-gain-map/1.0/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        "dcterms": "http://purl.org/dc/terms/",
    }
    spaces = " ".join(f'xmlns:{key}="{value}"' for key, value in names.items())
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {" ".join(attributes)}>{inside}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def with_xmp(data: bytes, packet: bytes) -> bytes:
    return with_segment(data, 0xE1, XMP_HEAD + packet)


def directory(*items: str) -> str:
    """A container's list of what lies behind the picture."""
    listed = "".join(
        f'<rdf:li rdf:parseType="Resource"><Container:Item {item}/></rdf:li>'
        for item in items
    )
    return f"<Container:Directory><rdf:Seq>{listed}</rdf:Seq></Container:Directory>"


def multi_picture(first_bytes: int, second_bytes: int) -> bytes:
    """An MPF segment of two pictures (CIPA DC-007); offsets count from its "MM"."""
    entries = struct.pack(">IIIHH", 0x030000, first_bytes, 0, 0, 0)
    entries += struct.pack(">IIIHH", 0, second_bytes, first_bytes, 0, 0)
    tags = (
        struct.pack(">HHI4s", 0xB000, 7, 4, b"0100")
        + struct.pack(">HHII", 0xB001, 4, 1, 2)
        + struct.pack(">HHII", 0xB002, 7, len(entries), 8 + 2 + 36 + 4)
    )
    head = b"MM\0*" + struct.pack(">I", 8)
    return b"MPF\0" + head + struct.pack(">H", 3) + tags + bytes(4) + entries


def with_gain_map(data: bytes) -> bytes:
    """Ultra HDR: a second, grey JPEG behind the picture, told of by MPF and XMP."""
    gain = makers.jpeg_bytes(makers.photograph((400, 300), "L"))
    gain = with_segment(gain, 0xE2, ULTRA_HDR + bytes(60))
    items = directory(
        'Item:Semantic="Primary" Item:Mime="image/jpeg"',
        f'Item:Semantic="GainMap" Item:Mime="image/jpeg" Item:Length="{len(gain)}"',
    )
    data = with_xmp(data, xmp('hdrgm:Version="1.0"', inside=items))
    data = with_segment(data, 0xE2, ULTRA_HDR + bytes(4))
    data = with_segment(data, 0xE2, multi_picture(len(data) + 92, len(gain)))
    return data + gain


def with_film(data: bytes, film: bytes) -> bytes:
    """Google's motion photo: the film right behind the picture."""
    items = directory(
        'Item:Mime="image/jpeg" Item:Semantic="Primary"',
        f'Item:Mime="video/mp4" Item:Semantic="MotionPhoto" Item:Length="{len(film)}"',
    )
    marks = ('GCamera:MotionPhoto="1"', 'GCamera:MotionPhotoVersion="1"')
    return with_xmp(data, xmp(*marks, inside=items)) + film


def samsung_trailer(**blocks: bytes) -> bytes:
    """Samsung's blocks behind a picture, their directory (SEFH) and its end (SEFT)."""
    kinds = {"MotionPhoto_Data": 0x0A30, "Image_UTC_Data": 0x0A01}
    written, sizes = b"", []
    for name, data in blocks.items():
        head = struct.pack("<HHI", 0, kinds[name], len(name)) + name.encode()
        written += head + data
        sizes.append((kinds[name], len(head) + len(data)))
    left, entries = len(written), b""
    for kind, size in sizes:
        entries += struct.pack("<HHII", 0, kind, left, size)
        left -= size
    listed = b"SEFH" + struct.pack("<II", 106, len(sizes)) + entries
    return written + listed + struct.pack("<I", len(listed)) + b"SEFT"


def with_more_xmp(data: bytes) -> bytes:
    """A depth map, too big for one packet, in further segments."""
    for part in (b"a" * 40_000, b"b" * 40_000):
        body = MORE_XMP_HEAD + b"0" * 32 + struct.pack(">II", 80_000, 0) + part
        data = with_segment(data, 0xE1, body)
    return data


def with_wrong_offsets(data: bytes) -> bytes:
    """The folders of EXIF point behind its end, as after careless rewriting."""
    at = data.index(b"Exif\0\0") + 6
    order = "<" if data[at : at + 2] == b"II" else ">"
    for tag in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
        entry = data.index(struct.pack(order + "HHI", tag, 4, 1), at)
        data = data[: entry + 8] + struct.pack(order + "I", 60_000) + data[entry + 12 :]
    return data


# Red, green and blue under D50, in XYZ.
PRIMARIES = {
    "sRGB built-in": (),
    "Display P3": (
        0.5151,
        0.2412,
        -0.0011,
        0.2920,
        0.6922,
        0.0419,
        0.1571,
        0.0666,
        0.7841,
    ),
    "Adobe RGB": (
        0.6097,
        0.3111,
        0.0195,
        0.2053,
        0.6257,
        0.0609,
        0.1492,
        0.0632,
        0.7446,
    ),
}


def profile(name: str) -> bytes:
    """A colour profile with these primaries and the name they go by."""
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    own = "sRGB built-in"
    icc = icc.replace(own.encode("utf-16-be"), name.ljust(13).encode("utf-16-be"))
    values = iter(PRIMARIES[name])
    for tag in (b"rXYZ", b"gXYZ", b"bXYZ") if PRIMARIES[name] else ():
        entry = icc.index(tag)
        at = int.from_bytes(icc[entry + 4 : entry + 8], "big") + 8
        fixed = (round(next(values) * 65536) for _side in range(3))
        icc = icc[:at] + struct.pack(">3i", *fixed) + icc[at + 12 :]
    return icc
