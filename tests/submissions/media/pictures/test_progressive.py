"""Progressive pictures as libavcodec reads them: the same, seen with more doubt."""

import cv2
import numpy as np
import pytest
import simplejpeg
from PIL import Image

from submissions.media.facts import FileFacts
from submissions.media.fingerprints import pdq, pictures
from submissions.media.pictures import derivatives, images, jpeg, progressive
from submissions.media.pictures.progressive import Reading
from tests.submissions.media import makers

SIZE = (1213, 907)  # no multiple of a block
NOTHING = Reading()


def grainy(size=SIZE):
    noise = np.random.default_rng(5).normal(0, 4, (size[1], size[0], 1))
    values = np.asarray(makers.photograph(size), np.float32) + noise
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def progressive_bytes(image=None, **options):
    return makers.jpeg_bytes(image or grainy(), progressive=True, **options)


def read(data, *, scale=1):
    return progressive.read(data, jpeg.walk(data), scale=scale)


def is_fit(data):
    return progressive.is_fit(jpeg.walk(data))


def scans_of(data):
    return jpeg.walk(data).scans


def without(data, scan, count):
    """Some bytes missing from the midst of a scan."""
    at = (scan.starts_at + scan.ends_at) // 2
    return data[:at] + data[at + count :]


def warning_of(data, tmp_path):
    path = tmp_path / "picture.jpg"
    path.write_bytes(data)
    with path.open("rb") as file:
        return images.look_at(file, base=FileFacts()).facts.decode_warning


@pytest.mark.parametrize("scale", [1, 2, 4, 8])
@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
def test_it_shows_what_libjpeg_shows(subsampling, scale):
    data = progressive_bytes(subsampling=subsampling)
    height, width = -(-SIZE[1] // scale), -(-SIZE[0] // scale)
    shown = simplejpeg.decode_jpeg(
        data, min_width=width, min_height=height, min_factor=1
    )

    found = read(data, scale=scale).pixels

    assert found.shape == shown.shape == (height, width, 3)
    assert np.abs(found.astype(int) - shown).mean() < 3


def test_its_prints_are_those_of_the_same_picture_in_one_scan(tmp_path):
    prints = []
    for how in ({"progressive": True}, {}):
        path = makers.picture(tmp_path / "a.jpg", grainy((4000, 3000)), **how)
        with path.open("rb") as file:
            picture = images.look_at(file, base=FileFacts())
        small = derivatives.small(derivatives.upright(picture))
        prints.append(pictures.of_picture(Image.fromarray(small)))

    apart = np.diag(pdq.distances(prints[0].kept, prints[1].kept))

    assert len(apart) == 11
    assert apart.max() <= 8  # of 64 that are sure to be the same picture


def test_grey_stays_grey():
    data = progressive_bytes(grainy().convert("L"))

    found = read(data, scale=4)

    assert (found.objection, found.pixels.shape) == ("", (227, 304))


@pytest.mark.parametrize("count", [50, 1500])
def test_a_cut_in_the_finest_detail_is_seen_where_libjpeg_is_silent(count, tmp_path):
    data = progressive_bytes(quality=95)
    spoiled = without(data, scans_of(data)[-1], count)
    simplejpeg.decode_jpeg(spoiled, strict=True)

    found = [warning_of(each, tmp_path) for each in (data, spoiled)]

    assert found[0] == ""
    assert found[1].startswith("libavcodec: error")


@pytest.mark.parametrize("number", [0, 6])
@pytest.mark.parametrize("count", [-40, 40])
def test_mean_values_that_end_too_soon_or_too_late_are_seen(number, count, tmp_path):
    data = progressive_bytes()
    scan = scans_of(data)[number]
    spoiled = without(data, scan, count)

    found = read(spoiled), warning_of(spoiled, tmp_path) != ""

    assert scan.head[-3:-1] == b"\0\0"
    assert found == (NOTHING, True)


@pytest.mark.parametrize(
    ("mode", "options"),
    [("CMYK", {}), ("RGB", {"keep_rgb": True}), ("RGB", {"progressive": False})],
    ids=["inks", "stored as RGB", "in one scan"],
)
def test_other_kinds_are_left_to_libjpeg(mode, options):
    found = [
        is_fit(makers.jpeg_bytes(image, **({"progressive": True} | more)))
        for image, more in ((grainy(), {}), (grainy().convert(mode), options))
    ]

    assert found == [True, False]


@pytest.mark.parametrize(
    ("sampling", "fits"),
    [
        (cv2.IMWRITE_JPEG_SAMPLING_FACTOR_440, True),
        (cv2.IMWRITE_JPEG_SAMPLING_FACTOR_411, False),
    ],
)
def test_colours_may_be_stored_at_half_of_light_s_size_either_way(sampling, fits):
    options = [cv2.IMWRITE_JPEG_PROGRESSIVE, 1, cv2.IMWRITE_JPEG_SAMPLING_FACTOR]
    data = cv2.imencode(".jpg", np.asarray(grainy()), [*options, sampling])[1].tobytes()
    shown = simplejpeg.decode_jpeg(data)

    found = read(data).pixels if is_fit(data) else None

    assert (found is not None) == fits
    assert found is None or np.abs(found.astype(int) - shown).mean() < 3


def test_a_picture_without_its_end_or_a_scan_is_left_to_libjpeg():
    data = progressive_bytes()
    last = scans_of(data)[-2]

    found = [is_fit(data[:-2]), is_fit(data[: last.ends_at - 2] + data[-2:])]

    assert found == [False, False]


def test_a_heavy_picture_is_left_to_libjpeg(monkeypatch):
    data = progressive_bytes()
    most = jpeg.walk(data).decoder_bytes()

    found = []
    for limit in (most, most - 1):
        monkeypatch.setattr(progressive, "MOST_DECODER_BYTES", limit)
        found.append(is_fit(data))

    assert found == [True, False]


def test_one_that_starts_anew_on_its_way_is_left_to_libjpeg(tmp_path):
    data = progressive_bytes(restart_marker_rows=2)

    found = read(data), warning_of(data, tmp_path)

    assert found == (NOTHING, "")


def test_what_programs_write_beside_a_picture_is_not_held_against_it(tmp_path):
    data = progressive_bytes(
        exif=b"Exif\0\0MM\0*\xff\xff\xff\xff", comment=b"CS=ITU601", icc_profile=b"none"
    )

    found = read(data), warning_of(data, tmp_path)

    assert found[0].pixels is not None
    assert found[1] == ""
