"""What a reviewer reads about a file."""

import pytest
from django.utils import translation

from submissions.measured import measured_rows

FACTS = {
    "kind": "video",
    "sha256": "ab",
    "size_bytes": 2048,
    "duration_s": 167.0,
    "display_width_px": 1920,
    "loudness_lufs": -23.456,
    "has_gps": False,
    "camera": "",
    "cut_count": None,
    "brand": "isom",
}


def test_facts_are_named_and_written_for_people():
    with translation.override("en"):
        rows = measured_rows(FACTS)

    assert rows == [
        ("Size of the file", "2.0\xa0KB"),
        ("Length", "2 min 47 s"),
        ("Width as shown", "1920 px"),
        ("Loudness, in LUFS", "-23.46"),
        ("Tells the place", "no"),
        ("SHA-256", "ab"),
    ]


def test_nothing_measured_makes_no_rows():
    assert measured_rows({}) == []


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("NIKON CORPORATION NIKON D750", "NIKON D750"),
        ("Apple Apple iPhone 15", "Apple iPhone 15"),
        ("SONY ILCE-7M4", "SONY ILCE-7M4"),
        ("Canon", "Canon"),
    ],
)
def test_a_camera_names_its_maker_once(told, shown):
    with translation.override("en"):
        assert measured_rows({"camera": told}) == [("Camera or phone", shown)]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("progressive", "whole pictures (progressive)"),
        ("tt", "interlaced, top lines first"),
        ("unknown", "not told"),
    ],
)
def test_the_order_of_fields_is_told_in_words(told, shown):
    with translation.override("en"):
        assert measured_rows({"field_order": told}) == [("Field order", shown)]
