"""Every boundary of REQUIREMENTS B1, B2, B8 and B9 as a row."""

import pytest
from django.utils import translation

from submissions.media.codes import Code
from submissions.media.content_type import ContentType
from submissions.media.facts import FileFacts, VideoFacts
from submissions.media.findings import verdict_of
from submissions.media.rules import judge
from tests.submissions.media.categories import CLAUSE, LONG_VIDEO, SHORT_VIDEO

GOOD = VideoFacts(
    size_bytes=1000,
    sha256="0" * 64,
    content_type=ContentType.MP4,
    brand="isom",
    has_header=True,
    video_stream_count=1,
    duration_s=60.0,
    header_duration_s=60.0,
    frame_count=1500,
    coded_width_px=1920,
    coded_height_px=1080,
    display_width_px=1920,
    display_height_px=1080,
    codec="h264",
    pixel_format="yuv420p",
    field_order="progressive",
    has_audio=True,
    audio_duration_s=60.0,
    loudness_lufs=-20.0,
    cut_count=3,
)


def found(facts, category=SHORT_VIDEO, **options):
    return [
        (finding.code.value, finding.severity.value)
        for finding in judge(facts, category.limits, **options)
    ]


def lasting(seconds):
    return GOOD.with_(
        duration_s=seconds, header_duration_s=seconds, audio_duration_s=seconds
    )


def sized(width, height):
    return GOOD.with_(display_width_px=width, display_height_px=height)


def test_a_good_video_has_no_findings():
    assert judge(GOOD, SHORT_VIDEO.limits) == []


@pytest.mark.parametrize(
    ("seconds", "category", "expected"),
    [
        (180.0, SHORT_VIDEO, []),
        (180.014, SHORT_VIDEO, []),
        (180.5, SHORT_VIDEO, []),
        (180.501, SHORT_VIDEO, [("VID-DUR-LONG", "warning")]),
        (181.0, SHORT_VIDEO, [("VID-DUR-LONG", "warning")]),
        (181.001, SHORT_VIDEO, [("VID-DUR-LONG", "error")]),
        (1100.0, SHORT_VIDEO, [("VID-DUR-LONG", "error")]),
        (180.0, LONG_VIDEO, []),
        (179.5, LONG_VIDEO, []),
        (179.499, LONG_VIDEO, [("VID-DUR-SHORT", "warning")]),
        (179.0, LONG_VIDEO, [("VID-DUR-SHORT", "warning")]),
        (178.99, LONG_VIDEO, [("VID-DUR-SHORT", "error")]),
        (900.0, LONG_VIDEO, []),
        (900.5, LONG_VIDEO, []),
        (900.501, LONG_VIDEO, [("VID-DUR-LONG", "warning")]),
        (901.0, LONG_VIDEO, [("VID-DUR-LONG", "warning")]),
        (901.001, LONG_VIDEO, [("VID-DUR-LONG", "error")]),
    ],
)
def test_length_is_held_to_both_bounds_and_their_tolerances(
    seconds, category, expected
):
    assert found(lasting(seconds), category) == expected


def test_a_length_finding_cites_measure_limit_rule_and_clause():
    [finding] = judge(lasting(1100.0), LONG_VIDEO.limits)

    assert (finding.measured, finding.limit) == (1100.0, 900)
    assert (finding.rule, finding.clause) == ("52", CLAUSE)


def test_a_video_too_long_is_told_about_the_special_case_where_there_is_one():
    with translation.override("en"):
        [short] = judge(lasting(200.0), SHORT_VIDEO.limits)
        [long] = judge(lasting(1100.0), LONG_VIDEO.limits)

        assert short.message == (
            "This video is 3 min 20 s long, more than 3 min. "
            "Please shorten it, or choose a category for longer videos."
        )
        assert long.message == (
            "This video is 18 min 20 s long, more than 15 min. You can shorten it, "
            "or ask the committee for a special case before handing in."
        )


def test_a_waived_error_is_kept_as_information():
    waived = frozenset({Code.VID_DUR_LONG})

    assert found(lasting(1100.0), LONG_VIDEO, waived=waived) == [
        ("VID-DUR-LONG", "info")
    ]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1920, 1080), []),
        ((1080, 1920), []),
        ((2560, 1080), []),
        ((3840, 2160), []),
        ((1920, 800), [("VID-PIXELS-ONESIDE", "warning")]),
        ((1920, 816), [("VID-PIXELS-ONESIDE", "warning")]),
        ((1440, 1080), [("VID-PIXELS-ONESIDE", "warning")]),
        ((1080, 1350), [("VID-PIXELS-ONESIDE", "warning")]),
        ((1080, 1080), [("VID-PIXELS-ONESIDE", "warning")]),
        ((1916, 1078), [("VID-PIXELS-NEAR", "warning")]),
        ((1882, 1059), [("VID-PIXELS-NEAR", "warning")]),
        ((1881, 1059), [("VID-PIXELS-LOW", "error")]),
        ((1882, 1058), [("VID-PIXELS-LOW", "error")]),
        ((1280, 720), [("VID-PIXELS-LOW", "error")]),
        ((720, 1280), [("VID-PIXELS-LOW", "error")]),
        ((960, 544), [("VID-PIXELS-LOW", "error")]),
    ],
)
def test_size_as_shown_decides_whichever_way_up(size, expected):
    assert found(sized(*size)) == expected


def test_the_size_asked_for_is_told_the_way_the_video_stands():
    [finding] = judge(sized(720, 1280), SHORT_VIDEO.limits)

    assert (finding.measured, finding.limit) == ("720x1280", "1080x1920")


def test_pixels_that_are_not_square_are_fine_and_told():
    facts = GOOD.with_(sar="4:3", coded_width_px=1440)

    assert found(facts) == [("VID-PIXELS-ANAMORPHIC", "info")]


@pytest.mark.parametrize("order", ["tt", "bb", "tb", "bt"])
def test_interlaced_pictures_are_left_to_a_person(order):
    assert found(GOOD.with_(field_order=order)) == [("VID-SCAN-INTERLACED", "warning")]


@pytest.mark.parametrize(
    ("share", "count", "is_found"),
    [(0.6, 24, True), (0.59, 400, False), (1.0, 23, False), (None, 0, False)],
)
def test_woven_frames_are_left_to_a_person_whatever_the_header_says(
    share, count, is_found
):
    facts = GOOD.with_(woven_share=share, moving_frame_count=count)

    expected = [("VID-SCAN-INTERLACED", "warning")] if is_found else []
    assert found(facts) == expected


@pytest.mark.parametrize("order", ["progressive", "unknown", ""])
def test_pictures_not_known_to_be_interlaced_pass(order):
    assert found(GOOD.with_(field_order=order)) == []


@pytest.mark.parametrize(
    "coding",
    [
        {"codec": "hevc"},
        {"codec": "hevc", "pixel_format": "yuv420p10le"},
        {"codec": "av1"},
        {"pixel_format": "yuv420p10le"},
    ],
)
def test_any_coding_passes_and_is_told(coding):
    facts = GOOD.with_(**coding)

    assert found(facts) == [("VID-CODEC-CONVERT", "info")]
    assert verdict_of(judge(facts, SHORT_VIDEO.limits)) == "passed"


def test_sound_beyond_the_picture_by_more_than_a_second_is_a_warning():
    assert found(GOOD.with_(audio_duration_s=61.0)) == []
    assert found(GOOD.with_(audio_duration_s=61.001)) == [("VID-SOUND-LONG", "warning")]


@pytest.mark.parametrize(
    ("sound", "code"),
    [
        ({"has_audio": False, "audio_duration_s": None}, "VID-SOUND-NONE"),
        ({"silent_s": 60.0, "loudness_lufs": None}, "VID-SOUND-SILENT"),
        ({"loudness_lufs": -41.2}, "VID-SOUND-QUIET"),
    ],
)
def test_little_or_no_sound_is_only_told(sound, code):
    assert found(GOOD.with_(**sound)) == [(code, "info")]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"decode_error_count": 2}, [("VID-DATA-GLITCH", "warning")]),
        ({"missing_bytes": 9}, []),
        ({"missing_bytes": 9, "duration_s": 59.9}, []),
        ({"missing_bytes": 9, "duration_s": 59.7}, [("VID-DATA-GLITCH", "warning")]),
        (
            {"missing_bytes": 9, "duration_s": 58.7},
            [("VID-DATA-TRUNCATED", "error")],
        ),
        (
            {"missing_bytes": 9, "decode_error_count": 2},
            [("VID-DATA-TRUNCATED", "error")],
        ),
        ({"frame_count": 0, "duration_s": None}, [("VID-DATA-DAMAGED", "error")]),
        (
            {"decode_error_count": 2, "duration_s": 30.0},
            [("VID-DATA-DAMAGED", "error")],
        ),
        ({"is_partly_checked": True}, [("VID-DATA-PARTIAL", "warning")]),
        ({"foreign_kind": "zip"}, [("VID-DATA-FOREIGN", "warning")]),
    ],
)
def test_wholeness(facts, expected):
    assert found(GOOD.with_(**facts)) == expected


def test_a_wrong_header_is_told_and_does_not_count():
    facts = GOOD.with_(header_duration_s=5.0)

    assert found(facts, SHORT_VIDEO) == [("VID-DUR-HEADER", "info")]
    assert found(facts.with_(duration_s=200.0, audio_duration_s=200.0)) == [
        ("VID-DUR-LONG", "error"),
        ("VID-DUR-HEADER", "info"),
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"video_stream_count": 0, "has_header": True}, "VID-STREAM-NONE"),
        ({"video_stream_count": 0, "has_header": False}, "VID-DATA-DAMAGED"),
        (
            {"video_stream_count": 0, "has_header": False, "missing_bytes": 5},
            "VID-DATA-TRUNCATED",
        ),
        ({"codec": "unknown"}, "VID-CODEC-UNKNOWN"),
    ],
)
def test_a_file_without_a_picture_that_decodes_says_why(facts, expected):
    facts = GOOD.with_(frame_count=None, duration_s=None, **facts)

    assert next(code for code, _severity in found(facts)) == expected


def test_a_second_picture_track_is_looked_at_by_a_person():
    assert found(GOOD.with_(video_stream_count=2)) == [
        ("VID-STREAM-SEVERAL", "warning")
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"brand": "M4V "}, []),
        ({"brand": "3gp4", "compatible_brands": ("3gp4", "isom")}, []),
        ({"brand": "3gp5"}, [("VID-CONTAINER-BRAND", "warning")]),
        ({"brand": ""}, [("VID-CONTAINER-BRAND", "warning")]),
        (
            {"content_type": ContentType.MOV, "brand": "qt  "},
            [("VID-CONTAINER-OTHER", "error")],
        ),
    ],
)
def test_the_brand_tells_the_container(facts, expected):
    assert found(GOOD.with_(**facts)) == expected


def test_a_recording_without_a_cut_is_left_to_a_person():
    raw = GOOD.with_(camera="示例 Phone 1", cut_count=0)

    assert found(raw) == [("VID-EDIT-RAW", "warning")]
    assert found(raw.with_(cut_count=1)) == []
    assert found(raw.with_(edited_with="Lavf60.3.100")) == []
    assert found(raw.with_(camera="")) == []


def test_a_label_of_generated_content_is_looked_at_by_a_person():
    assert found(GOOD.with_(aigc_label="1")) == [("VID-AIGC-LABELLED", "warning")]


def test_a_black_picture_is_told():
    assert found(GOOD.with_(black_s=30.1)) == [("VID-PICTURE-BLACK", "info")]


@pytest.mark.parametrize("kind", ["jpeg", "html", "zip", "mkv", "unknown", "playlist"])
def test_anything_but_mp4_is_refused_by_its_content(kind):
    facts = FileFacts(size_bytes=9, content_type=ContentType(kind))

    [finding] = judge(facts, SHORT_VIDEO.limits)

    assert (finding.code, finding.measured) == (Code.VID_CONTAINER_OTHER, kind)
    assert (finding.limit, finding.rule) == ("mp4", "48")


@pytest.mark.parametrize(
    ("kind", "variant"),
    [("mov", "mov"), ("jpeg", "picture"), ("heic", "picture"), ("mkv", None)],
)
def test_a_photograph_in_a_category_of_films_hears_which_category_it_fits(
    kind, variant
):
    facts = FileFacts(size_bytes=9, content_type=ContentType(kind))

    [finding] = judge(facts, SHORT_VIDEO.limits)

    assert finding.params.get("variant") == variant


def test_an_empty_file_is_only_empty():
    facts = FileFacts(size_bytes=0, content_type=ContentType.EMPTY)

    assert found(facts) == [("FRM-FILE-EMPTY", "error")]
