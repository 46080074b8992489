from dataclasses import fields

import pytest
from django.utils import translation

from submissions.media import fact_words
from submissions.media.content_type import ContentType
from submissions.media.facts import FileFacts, ImageFacts, VideoFacts

KINDS = (FileFacts, VideoFacts, ImageFacts)


def test_every_fact_has_a_label():
    names = {field.name for kind in KINDS for field in fields(kind)}

    assert names - set(fact_words.LABELS) == set()


def test_every_measure_has_its_unit_in_its_name():
    """A number is a count, or its name says in what it was measured."""
    measures = {
        field.name
        for kind in KINDS
        for field in fields(kind)
        if "float" in str(field.type) or "int" in str(field.type)
    }
    units = ("_s", "_px", "_bytes", "_deg", "_lufs", "_dbfs", "_bits", "_share")
    counts = ("_count", "_index")
    dimensionless_or_named = {
        *("frame_rate", "bit_rate", "audio_channels", "orientation", "frames"),
        *("dpi_x", "dpi_y", "dpi_others"),
    }

    without = {name for name in measures if not name.endswith(units + counts)}

    assert without - dimensionless_or_named == set()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("duration_s", 180.014, "3 min 0.01 s"),
        ("duration_s", None, "–"),
        ("camera", "", "–"),
        ("display_width_px", 1920, "1920 pixels"),
        ("size_bytes", 512, "512 B"),
        ("size_bytes", 5_000_000, "4.8 MB (5000000 B)"),
        ("rotation_deg", 90, "90°"),
        ("loudness_lufs", -20.5, "-20.5 LUFS"),
        ("peak_dbfs", -1.0, "-1 dBFS"),
        ("bit_rate", 8_120_000, "8.12 Mbit/s"),
        ("frame_rate", 29.97003, "29.97"),
        ("dpi_x", 299.72, "299.72 dpi"),
        ("dpi_others", {"exif": 72.0}, "exif: 72 dpi"),
        ("is_fragmented", True, "yes"),
        ("has_gps", False, "no"),
        ("compatible_brands", ("isom", "mp42"), "isom, mp42"),
        ("content_type", ContentType.MOV, "MOV (QuickTime)"),
        ("frame_count", 0, "0"),
    ],
)
def test_values_carry_their_unit(name, value, words):
    with translation.override("en"):
        assert fact_words.in_words(name, value) == words
