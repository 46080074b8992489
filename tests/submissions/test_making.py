"""What a reviewer reads about the making of a file."""

from datetime import date

import pytest
from django.utils import translation

from submissions.making import making_rows

COLLECTION = (date(2023, 5, 10), date(2023, 10, 31))
FACTS = {
    "kind": "image",
    "width_px": 3000,
    "height_px": 2000,
    "recorded_width_px": 4032,
    "recorded_height_px": 3024,
    "camera": "示例 Camera 1",
    "software": "Adobe Lightroom 9.1",
    "edit_programs": ["Adobe Lightroom 9.1", "Adobe Photoshop 24.0"],
    "taken_at": "2023:06:18 09:30:15",
    "has_c2pa": True,
    "c2pa_state": "untrusted",
    "c2pa_signer": "Example Cameras",
    "c2pa_signed_at": "",
    "c2pa_generator": "Example Firmware 1.2",
    "c2pa_source_type": "digitalCapture",
    "c2pa_actions": ["c2pa.created", "c2pa.cropped", "com.example.own"],
    "digital_source_type": "trainedAlgorithmicMedia",
    "aigc_label": "2",
}


def rows(facts, **options):
    with translation.override("en"):
        return making_rows(facts, **options)


def test_a_file_tells_of_its_making():
    assert rows(FACTS, collection=COLLECTION) == [
        ("Camera or phone", "示例 Camera 1"),
        ("Taken at", "18 June 2023 09:30"),
        ("Recorded size", "4032 × 3024"),
        (
            "Programs",
            "Adobe Lightroom 9.1 · Adobe Photoshop 24.0 · Example Firmware 1.2",
        ),
        (
            "Content credentials",
            "whole, by a signer we cannot vouch for · Example Cameras",
        ),
        ("Steps they tell of", "created · cropped · com.example.own"),
        ("Origin", "taken by a camera · made by AI"),
        ("Label of generated content", "2: may be generated content"),
    ]


def test_a_silent_file_makes_no_rows():
    assert rows({"kind": "image", "camera": "", "c2pa_actions": []}) == []


@pytest.mark.parametrize(
    ("taken_at", "words"),
    [
        ("2023:05:09 08:00:00", "9 May 2023 08:00, before the collection began"),
        ("2023:05:10 00:00:00", "10 May 2023 00:00"),
        ("2023:11:01 08:00:00", "1 November 2023 08:00, after the collection ended"),
        ("2023-06-18T01:30:15.000000Z", "18 June 2023 01:30 UTC"),
        ("0000:00:00 00:00:00", "0000:00:00 00:00:00"),
    ],
)
def test_a_day_outside_the_collection_is_marked(taken_at, words):
    assert (
        dict(rows({"taken_at": taken_at}, collection=COLLECTION))["Taken at"] == words
    )


def test_the_size_as_recorded_is_told_where_it_differs():
    same = FACTS | {"width_px": 3024, "height_px": 4032}

    assert "Recorded size" not in dict(rows(same))
