"""Small JPEGs of every make an entrant's file may have."""

from io import BytesIO

from PIL import ExifTags, Image, ImageCms

from tests.submissions.media import makers

XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    b'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" '
    b'xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" '
    b'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" '
    b'xmp:CreatorTool="A program"><xmpMM:History><rdf:Seq><rdf:li>edited</rdf:li>'
    b'</rdf:Seq></xmpMM:History><TC260:AIGC>{"Label":"1"}</TC260:AIGC>'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)
LABEL = b'ASCII\0\0\0{"AIGC":{"Label":"2","ContentProducer":"a"}}'
DENSITY = (
    b"Photoshop 3.0\0" + b"8BIM\x03\xed\0\0\0\0\0\x10" + b"\x01\x2c\0\0\0\1\0\1" * 2
)
# A manifest store of content credentials: boxes in boxes, the inner ones unfinished.
CREDENTIALS = (
    b"JP\0\1\0\0\0\1\0\0\0\x48jumb\0\0\0\x1ejumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71"
    b"\x03c2pa\0\0\0\0\x22jumb\0\0\0\x1ajumdc2ma\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03\0"
)


def seeds() -> dict[str, bytes]:
    """Each by its name."""
    image = makers.photograph((240, 160))
    return {
        **_coded(image),
        **_described(image),
        **_continued(image),
        "everything": _everything(image),
    }


def _coded(image) -> dict[str, bytes]:
    """Every way to write the picture itself."""
    grey, cmyk = image.convert("L"), image.convert("CMYK")
    return {
        "baseline": _plain(image),
        "full-colour": _jpeg(image, subsampling=0),
        "optimised": _jpeg(image, optimize=True, quality=95),
        "restarts": _jpeg(image, restart_marker_blocks=2),
        "progressive": _jpeg(image, progressive=True),
        "grey": _jpeg(grey),
        "grey-progressive": _jpeg(grey, progressive=True),
        "cmyk": _jpeg(cmyk),
        "cmyk-progressive": _jpeg(cmyk, progressive=True),
        "one-pixel": _jpeg(makers.photograph((1, 1))),
        "strip": _jpeg(makers.photograph((1000, 9))),
    }


def _described(image) -> dict[str, bytes]:
    """Segments before the picture."""
    plain, profile = _plain(image), _profile()
    return {
        "profile": _jpeg(image, icc_profile=profile),
        "profile-progressive": _jpeg(image, icc_profile=profile, progressive=True),
        "exif": _jpeg(image, exif=_exif()),
        "exif-label": _jpeg(image, exif=_exif(comment=LABEL)),
        "xmp": with_segment(plain, 0xE1, XMP_HEAD + XMP),
        "photoshop": with_segment(plain, 0xED, DENSITY),
        "credentials": with_segment(plain, 0xEB, CREDENTIALS),
        "comment": with_segment(plain, 0xFE, b"<?php echo 1; ?>"),
    }


def _continued(image) -> dict[str, bytes]:
    """More of something behind the picture."""
    plain = _plain(image)
    return {
        "several": _several(image),
        "gain-map": with_segment(_several(image), 0xE1, XMP_HEAD + XMP),
        "zip-behind": plain + b"PK\x03\x04" + bytes(60),
        "maker-trailer": plain + bytes(20) + b"SEFH" + bytes(12) + b"SEFT",
    }


def _everything(image) -> bytes:
    made = _jpeg(image, exif=_exif(), icc_profile=_profile(), progressive=True)
    for marker, body in [(0xED, DENSITY), (0xEB, CREDENTIALS), (0xE1, XMP_HEAD + XMP)]:
        made = with_segment(made, marker, body)
    return made


def _plain(image) -> bytes:
    return _jpeg(image, dpi=(300, 300))


def _jpeg(image: Image.Image, **options) -> bytes:
    return makers.jpeg_bytes(image, **{"quality": 60} | options)


def with_segment(data: bytes, marker: int, body: bytes) -> bytes:
    """One segment more, behind the first marker."""
    length = (len(body) + 2).to_bytes(2, "big")
    return data[:2] + bytes([0xFF, marker]) + length + body + data[2:]


def _profile() -> bytes:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:24] + bytes(12) + made[36:]  # without the hour it was made


def _exif(comment: bytes = b"") -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Maker"
    exif[ExifTags.Base.Model] = "Model"
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.XResolution] = exif[ExifTags.Base.YResolution] = 300.0
    exif[ExifTags.Base.Software] = "A program"
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    detail[ExifTags.Base.DateTimeOriginal] = "2023:06:01 08:00:00"
    if comment:
        detail[ExifTags.Base.UserComment] = comment
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    return exif.tobytes()


def _several(image: Image.Image) -> bytes:
    buffer = BytesIO()
    second = image.resize((60, 40))
    image.save(buffer, "MPO", save_all=True, append_images=[second], quality=60)
    return buffer.getvalue()
