"""Facts decide alone whether a film is copied or converted."""

from fractions import Fraction

import pytest

from submissions.media.facts import VideoFacts
from submissions.media.films.playable import (
    SENTENCES,
    copy_px,
    even_rate,
    reasons_to_convert,
)

PLAYS = VideoFacts(
    codec="h264",
    profile="High",
    codec_tag="avc1",
    pixel_format="yuv420p",
    field_order="progressive",
    color_transfer="bt709",
    color_primaries="bt709",
    display_width_px=1920,
    display_height_px=1080,
    frame_rate=29.97003,
    is_variable_frame_rate=False,
    bit_rate=8_000_000,
    has_audio=True,
    audio_codec="aac",
    audio_profile="LC",
)
A_PHONES = {"is_variable_frame_rate": True, "shortest_frame_s": 0.0325}


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, []),
        ({"profile": "Constrained Baseline"}, []),
        ({"pixel_format": "yuvj420p"}, []),
        ({"rotation_deg": 90}, []),
        ({"bit_rate": 20_000_000}, []),
        ({"bit_rate": 20_000_001}, ["bit_rate"]),
        ({"bit_rate": None}, []),
        ({"bit_rate": None, "size_bytes": 2**23, "duration_s": 2.0}, ["bit_rate"]),
        ({"frame_rate": 60.0}, []),
        ({"frame_rate": 59.94006}, []),
        ({"frame_rate": 120.0}, ["frame_rate"]),
        (A_PHONES | {"longest_frame_s": 0.1}, []),
        (A_PHONES | {"longest_frame_s": 1.5}, ["frame_times"]),
        (
            {"is_variable_frame_rate": True, "shortest_frame_s": 0.0001},
            ["frame_times"],
        ),
        ({"is_variable_frame_rate": False, "longest_frame_s": 5.0}, []),
        ({"codec": "hevc", "profile": "Main", "codec_tag": "hvc1"}, ["codec"]),
        ({"codec": "av1"}, ["codec"]),
        ({"profile": "High 10", "pixel_format": "yuv420p10le"}, ["colour_depth"]),
        ({"profile": "High 4:2:2", "pixel_format": "yuv422p"}, ["colour_depth"]),
        ({"profile": "Extended"}, ["profile"]),
        ({"codec_tag": "avc3"}, ["profile"]),
        ({"codec_tag": "dva1"}, ["profile"]),
        ({"codec": "hevc", "color_transfer": "smpte2084"}, ["codec", "hdr"]),
        ({"color_transfer": "arib-std-b67", "color_primaries": "bt2020"}, ["hdr"]),
        ({"color_primaries": "bt2020"}, ["wide_colour"]),
        ({"field_order": "tt"}, ["interlaced"]),
        ({"field_order": "unknown"}, []),
        ({"woven_share": 0.9, "moving_frame_count": 40}, ["interlaced"]),
        ({"woven_share": 0.9, "moving_frame_count": 23}, []),
        ({"sar": "4:3"}, ["pixel_shape"]),
        ({"display_width_px": 3840, "display_height_px": 2160}, []),
        ({"display_width_px": 7680, "display_height_px": 4320}, ["size"]),
        ({"has_audio": False, "audio_codec": "", "audio_profile": ""}, []),
        ({"audio_codec": "mp3", "audio_profile": ""}, ["sound"]),
        ({"audio_profile": "HE-AAC"}, ["sound"]),
        ({"audio_codec": "pcm_s16le", "audio_profile": ""}, ["sound"]),
    ],
)
def test_only_what_some_browser_cannot_play_is_converted(facts, reasons):
    assert reasons_to_convert(PLAYS.with_(**facts)) == reasons
    assert set(reasons) <= set(SENTENCES)


@pytest.mark.parametrize(
    ("source", "copy"),
    [
        ((1920, 1080), (1920, 1080)),
        ((1080, 1920), (1080, 1920)),
        ((3840, 2160), (1920, 1080)),
        ((2160, 3840), (1080, 1920)),
        ((4096, 2160), (2048, 1080)),
        ((2880, 2160), (1920, 1440)),
        ((3840, 1600), (2592, 1080)),
        ((1280, 720), (1280, 720)),
        ((1921, 1081), (1920, 1080)),
        ((641, 361), (640, 360)),
        ((16000, 1080), (4096, 276)),
    ],
)
def test_a_copy_shows_what_the_rules_ask_for_and_never_more_than_there_is(source, copy):
    width, height = source
    facts = VideoFacts(display_width_px=width, display_height_px=height)

    assert copy_px(facts) == copy


@pytest.mark.parametrize(
    ("facts", "rate"),
    [
        ({"frame_rate": 29.97003}, Fraction(30000, 1001)),
        ({"frame_rate": 25.0}, Fraction(25)),
        ({"frame_rate": 5.0}, Fraction(5)),
        ({"frame_rate": 59.94006}, Fraction(60000, 1001)),
        ({"frame_rate": 120.0}, Fraction(60)),
        ({"frame_rate": 239.76024}, Fraction(60000, 1001)),
        ({"frame_rate": None}, Fraction(25)),
        ({"frame_rate": 24.3, "is_variable_frame_rate": True}, Fraction(30)),
        ({"frame_rate": 47.2, "is_variable_frame_rate": True}, Fraction(60)),
    ],
)
def test_a_copy_has_one_sane_rate(facts, rate):
    assert even_rate(VideoFacts(**facts)) == rate
