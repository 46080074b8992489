"""What a camera writes beside a picture, however badly."""

import datetime as dt

import pytest

from submissions.media.pictures.exif import Exif, day_of, read_exif
from tests.submissions.media import phones


def of(data):
    at = data.index(b"Exif\0\0")
    length = int.from_bytes(data[at - 2 : at], "big")
    return read_exif(data[at : at + length - 2])


def test_a_phone_tells_of_its_picture():
    exif = of(phones.photo((160, 120), exif=phones.apple(turned=6)))

    assert (exif.camera, exif.software) == ("Apple iPhone 14 Pro", "17.5.1")
    assert (exif.taken_at, exif.changed_at) == (phones.TAKEN, phones.TAKEN)
    assert (exif.recorded_px, exif.orientation) == ((160, 120), 6)
    assert (exif.has_gps, exif.gps_date) == (True, "2023:06:18")


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
def test_names_in_chinese_are_read_in_either_coding(coding):
    tags = phones.android()
    tags[0x0131] = "美图秀秀".encode(coding)

    assert of(phones.photo((160, 120), exif=tags)).software == "美图秀秀"


def test_a_folder_in_the_wrong_place_spoils_no_other():
    data = phones.with_wrong_offsets(phones.photo((160, 120), exif=phones.android()))

    exif = of(data)

    assert exif.camera == "Xiaomi 2211133C"
    assert (exif.taken_at, exif.has_gps) == ("", False)


@pytest.mark.parametrize("data", [b"", b"Exif\0\0", b"Exif\0\0MM\0*" + b"\xff" * 40])
def test_what_is_no_exif_says_nothing(data):
    assert read_exif(data) == Exif()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023:06:18 09:30:15", dt.date(2023, 6, 18)),
        ("2023-06-18T09:30:15Z", dt.date(2023, 6, 18)),
        ("2023:02:30 00:00:00", None),
        ("0000:00:00 00:00:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_of_a_time_as_cameras_write_it(text, day):
    assert day_of(text) == day
