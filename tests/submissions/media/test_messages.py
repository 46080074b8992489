import re

import pytest
from django.utils import translation

from submissions.media import humanise, messages
from submissions.media.codes import Code

SAMPLE = {
    "duration_s": 167,
    "limit_s": 180.0,
    "header_s": 5.5,
    "sound_s": 62.5,
    "black_s": 40,
    "size_px": [1280, 720],
    "limit_px": (1920, 1080),
    "coded_px": [1440, 1080],
    "dpi": 72.0,
    "other_dpi": 300.0,
    "limit_dpi": 300.0,
    "print_cm": [25.4, 16.9],
    "found_type": "mov",
    "codec": "HEVC",
    "mode": "CMYK",
    "profile": "Display P3",
    "software": "100 %",
    "recorded_px": (4000, 3000),
    "taken_on": "2023-05-20",
    "gps_on": "2023-06-20",
    "window": "2023-05-10 – 2023-10-31",
    "camera": "示例 1",
    "other_camera": "示例 2",
    "signer": "示例相机",
    "loudness_lufs": -41.25,
    "count": 4,
    "limit": 3,
    "paper": "示例材料",
    "site": "示例网",
    "number": 2,
}


@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_shape_a_sentence_and_an_explanation(code):
    assert re.fullmatch(r"(VID|IMG|SET|FRM|LNK)-[A-Z]+-[A-Z]+", code)
    assert re.fullmatch(r"\d{1,3}", code.rule)
    assert messages.render(code, SAMPLE)
    assert messages.explain(code)


@pytest.mark.parametrize(
    ("code", "variant"),
    [(code, variant) for code in Code for variant in messages.WORDINGS[code].variants],
)
def test_every_variant_is_another_sentence(code, variant):
    varied = messages.render(code, SAMPLE | {"variant": variant})

    assert varied != messages.render(code, SAMPLE)


def test_a_sentence_speaks_of_minutes_and_pixels():
    with translation.override("en"):
        sentence = messages.render("VID-PIXELS-LOW", SAMPLE)

    assert sentence.startswith(
        "The picture is 1280 × 720, smaller than the 1920 × 1080 asked for."
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("duration_s", 47, "47 s"),
        ("duration_s", 167, "2 min 47 s"),
        ("duration_s", 180.5, "3 min 0.5 s"),
        ("duration_s", 178.99, "2 min 58.99 s"),
        ("duration_s", 59.999, "1 min"),
        ("duration_s", 900, "15 min"),
        ("duration_s", 3900, "1 h 5 min"),
        ("duration_s", 7200, "2 h"),
        ("size_px", (1920, 1080), "1920 × 1080"),
        ("print_cm", (21.0, 29.7), "21.0 × 29.7 cm"),
        ("dpi", 299.72, "299.72 dpi"),
        ("limit_dpi", 300.0, "300 dpi"),
        ("found_type", "mov", "MOV (QuickTime)"),
        ("count", 4, "4"),
        ("codec", None, ""),
    ],
)
def test_values_as_people_write_them(name, value, words):
    with translation.override("en"):
        assert humanise.humanise(name, value) == words
