"""Copies of pictures: colours, orientation, and nothing of the author's in them."""

import base64

import numpy as np
import pytest
import simplejpeg
from PIL import ExifTags, Image, ImageCms, ImageOps

from submissions.media.facts import FileFacts
from submissions.media.pictures import derivatives, images
from submissions.media.provenance.labels import AigcLabel
from tests.submissions.media import makers

LABEL = AigcLabel('{"Label":"1","ContentProducer":"示例 & <x>"}')
SECRETS = (b"Exif", b"secret", "示例作者".encode(), b"ICC_PROFILE", b"GPS")
ARITHMETIC = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4p"
    "LSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//yQALCAAQABABAREA/8wABgAQEAX/2gAI"
    "AQEAAD8A0BEgmAjoZCcmGrkJq9ncUwrCv11rfCMN7bO1Tf0YgP/Z"
)
# Of the JPEG coding there and back, on smooth pictures.
CLOSE = 6


def look_at(path):
    with path.open("rb") as file:
        return images.look_at(file, base=FileFacts())


def quick(path, folder):
    picture = look_at(path)
    seen = derivatives.upright(picture)
    small = derivatives.small(seen)
    return derivatives.of_picture(seen, small, picture, folder=folder)


def slow(path, folder, label=None):
    with path.open("rb") as file:
        return derivatives.slow_of_picture(file, label=label, folder=folder)


def smooth(mode="RGB", size=(320, 200)):
    """Every corner has a colour of its own, and nothing is sharp."""
    corners = np.array(
        [[[200, 40, 40], [40, 180, 60]], [[50, 60, 190], [220, 210, 90]]], np.uint8
    )
    image = Image.fromarray(corners).resize(size, Image.Resampling.BICUBIC)
    return image.convert(mode)


def colours_of(path):
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"), np.int16)


def is_close(path, expected):
    wanted = np.asarray(expected.convert("RGB"), np.int16)
    return np.abs(colours_of(path) - wanted).mean() < CLOSE


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_copy_stands_upright(tmp_path, orientation):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    path = makers.picture(tmp_path / "a.jpg", smooth(), exif=exif, quality=95)
    with Image.open(path) as image:
        expected = ImageOps.exif_transpose(image)

    copies = [*quick(path, tmp_path), *slow(path, tmp_path)]

    assert [copy.kind for copy in copies if not is_close(copy.path, expected)] == []


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_colours_stay_what_they_are(tmp_path, mode, progressive):
    options = {"quality": 95, "progressive": progressive}
    path = makers.picture(tmp_path / "a.jpg", smooth(mode), **options)
    with Image.open(path) as image:
        expected = image.convert("RGB")

    copies = [*quick(path, tmp_path), *slow(path, tmp_path)]

    assert [copy.kind for copy in copies if not is_close(copy.path, expected)] == []


def test_ink_as_adobe_writes_it_with_light_apart_is_read(tmp_path):
    """YCCK: the colours of CMYK turned into light and two colours."""
    data = bytearray(makers.jpeg_bytes(smooth("CMYK"), quality=95))
    adobe = data.index(b"Adobe")
    data[adobe + 11] = 2
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    with Image.open(path) as image:
        expected = image.convert("RGB")

    picture = look_at(path)

    assert picture.facts.mode == "YCCK"
    assert picture.facts.decode_warning == ""
    assert is_close(quick(path, tmp_path)[0].path, expected)


def test_wide_colours_come_out_as_the_colour_engine_says(tmp_path):
    base = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    wide = {
        b"rXYZ": (0.6097, 0.3111, 0.0195),
        b"gXYZ": (0.2053, 0.6257, 0.0609),
        b"bXYZ": (0.1492, 0.0632, 0.7446),
    }
    icc = makers.profile(base, name="wide", tags=wide)
    path = makers.picture(tmp_path / "a.jpg", smooth(), icc_profile=icc, quality=95)
    with Image.open(path) as image:
        expected = ImageCms.profileToProfile(
            image,
            ImageCms.getOpenProfile(_written(tmp_path, icc)),
            ImageCms.createProfile("sRGB"),
        )

    copies = [*quick(path, tmp_path), *slow(path, tmp_path)]

    assert [copy.kind for copy in copies if not is_close(copy.path, expected)] == []
    assert not is_close(copies[0].path, smooth())


def _written(folder, icc):
    path = folder / "wide.icc"
    path.write_bytes(icc)
    return str(path)


def test_pictures_coded_by_arithmetic_get_copies(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(ARITHMETIC)

    picture = look_at(path)

    assert (picture.facts.coding, picture.facts.is_decodable) == ("arithmetic", True)
    assert [copy.width_px for copy in quick(path, tmp_path)] == [16, 16]


@pytest.mark.parametrize(
    ("spoil", "coding", "bits"),
    [
        (lambda data, frame: data.__setitem__(frame + 4, 12), "baseline", 12),
        (lambda data, frame: data.__setitem__(frame + 1, 0xC3), "lossless", 8),
    ],
)
def test_codings_no_browser_shows_are_not_even_tried(tmp_path, spoil, coding, bits):
    data = bytearray(makers.jpeg_bytes(smooth()))
    spoil(data, data.index(b"\xff\xc0"))
    path = tmp_path / "a.jpg"
    path.write_bytes(data)

    picture = look_at(path)

    assert (picture.facts.coding, picture.facts.precision_bits) == (coding, bits)
    assert picture.pixels is None
    assert slow(path, tmp_path) == []


@pytest.mark.parametrize(
    ("subsampling", "kinds"),
    [
        (2, ["large", "view-avif", "view-webp", "thumbnail-avif", "thumbnail-webp"]),
        (0, ["large", "view-avif", "thumbnail-avif"]),
    ],
)
def test_slow_copies_and_what_is_in_them(tmp_path, subsampling, kinds):
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "示例作者"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    path = makers.picture(
        tmp_path / "a.jpg",
        smooth(size=(3000, 2000)),
        exif=exif,
        comment=b"secret",
        subsampling=subsampling,
    )

    copies = slow(path, tmp_path, LABEL)

    assert [copy.kind for copy in copies] == kinds
    widths = {copy.kind.partition("-")[0]: copy.width_px for copy in copies}
    assert widths == {"large": 2560, "view": 1600, "thumbnail": 480}
    for copy in copies:
        with Image.open(copy.path) as image:
            assert Image.MIME[image.format] == copy.content_type
            assert image.size == (copy.width_px, copy.height_px)
            assert image.info["xmp"] == LABEL.as_xmp()
        data = copy.path.read_bytes()
        assert [secret for secret in SECRETS if secret in data] == []


@pytest.mark.parametrize(("subsampling", "expected"), [(2, "420"), (0, "444")])
def test_colours_as_fine_as_light_stay_so(tmp_path, subsampling, expected):
    path = makers.picture(tmp_path / "a.jpg", smooth(), subsampling=subsampling)

    view, thumbnail = quick(path, tmp_path)

    headers = [
        simplejpeg.decode_jpeg_header(copy.path.read_bytes())
        for copy in (view, thumbnail)
    ]
    assert [sampling for *_size, sampling in headers] == [expected, expected]
