"""Every boundary of REQUIREMENTS B3, B4 and B5 as a row."""

import pytest

from submissions.media.content_type import ContentType
from submissions.media.facts import FileFacts, ImageFacts
from submissions.media.rules import judge
from tests.submissions.media.categories import CLAUSE, GRAPHIC, PHOTO

GOOD = ImageFacts(
    size_bytes=1000,
    sha256="0" * 64,
    content_type=ContentType.JPEG,
    width_px=3000,
    height_px=2000,
    display_width_px=3000,
    display_height_px=2000,
    coding="baseline",
    precision_bits=8,
    mode="RGB",
    dpi_x=300.0,
    dpi_y=300.0,
    dpi_source="jfif",
    is_decodable=True,
    has_exif=True,
    camera="示例 Camera 1",
)


def found(facts, category=GRAPHIC):
    return [
        (finding.code.value, finding.severity.value)
        for finding in judge(facts, category.limits)
    ]


@pytest.mark.parametrize("category", [GRAPHIC, PHOTO])
def test_a_good_picture_has_no_findings(category):
    assert judge(GOOD, category.limits) == []


@pytest.mark.parametrize(
    ("dpi", "expected"),
    [
        ((300.0, 300.0), []),
        ((600.0, 600.0), []),
        ((299.72, 299.72), []),  # 118 dots per centimetre
        ((299.0, 299.0), []),
        ((298.99, 298.99), [("IMG-DPI-LOW", "warning")]),
        ((72.0, 72.0), [("IMG-DPI-LOW", "warning")]),
        ((None, None), [("IMG-DPI-MISSING", "warning")]),
        ((300.0, 600.0), [("IMG-DPI-UNEQUAL", "warning")]),
        (
            (300.0, 150.0),
            [("IMG-DPI-LOW", "warning"), ("IMG-DPI-UNEQUAL", "warning")],
        ),
    ],
)
def test_density_of_a_graphic_is_never_an_error(dpi, expected):
    assert found(GOOD.with_(dpi_x=dpi[0], dpi_y=dpi[1])) == expected


def test_density_of_a_photograph_is_not_asked_for():
    assert found(GOOD.with_(dpi_x=None, dpi_y=None), PHOTO) == []


def test_low_density_tells_the_size_in_print():
    [finding] = judge(GOOD.with_(dpi_x=72.0, dpi_y=72.0), GRAPHIC.limits)

    assert (finding.measured, finding.limit, finding.rule) == (72.0, 300, "56")
    assert finding.clause == CLAUSE
    assert finding.params == {
        "limit_dpi": 300.0,
        "print_cm": (25.4, 16.9),
        "dpi": 72.0,
    }


@pytest.mark.parametrize(("first", "second"), [(72.0, 300.0), (300.0, 72.0)])
def test_two_densities_that_disagree_are_looked_at(first, second):
    facts = GOOD.with_(dpi_x=first, dpi_y=first, dpi_others={"exif": second})

    assert found(facts) == [("IMG-DPI-CONFLICT", "warning")]


def test_two_densities_that_are_both_enough_pass():
    assert found(GOOD.with_(dpi_others={"exif": 600.0})) == []


@pytest.mark.parametrize("mode", ["CMYK", "YCCK"])
@pytest.mark.parametrize("category", [GRAPHIC, PHOTO])
def test_cmyk_is_refused(mode, category):
    assert found(GOOD.with_(mode=mode), category) == [("IMG-MODE-CMYK", "error")]


def test_grey_is_left_to_a_person_for_a_graphic_and_passes_for_a_photograph():
    grey = GOOD.with_(mode="L")

    assert found(grey, GRAPHIC) == [("IMG-MODE-GREY", "warning")]
    assert found(grey, PHOTO) == []


def test_another_rgb_profile_is_only_told():
    facts = GOOD.with_(icc_profile="Display P3", icc_is_srgb=False)

    assert found(facts) == [("IMG-PROFILE-OTHER", "info")]
    assert found(facts.with_(icc_profile="sRGB2014", icc_is_srgb=True)) == []


def test_a_strip_beyond_four_to_one_is_left_to_a_person():
    exact = GOOD.with_(width_px=1000, height_px=4000)

    assert found(exact) == []
    assert found(exact.with_(height_px=4001)) == [("IMG-RATIO-STRIP", "warning")]
    assert found(exact.with_(height_px=4001), PHOTO) == [("IMG-PIXELS-LOW", "warning")]


def test_a_small_photograph_is_left_to_a_person():
    facts = GOOD.with_(width_px=1620, height_px=1080)

    assert found(facts, PHOTO) == []
    assert found(facts.with_(height_px=1079), PHOTO) == [("IMG-PIXELS-LOW", "warning")]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"is_too_big": True, "is_decodable": False}, ("IMG-PIXELS-HUGE", "error")),
        ({"is_unsafe": True, "is_decodable": False}, ("IMG-DATA-UNSAFE", "error")),
        ({"coding": "lossless"}, ("IMG-CODING-OTHER", "error")),
        ({"precision_bits": 12}, ("IMG-CODING-OTHER", "error")),
        (
            {"is_cut_short": True, "is_decodable": False},
            ("IMG-DATA-TRUNCATED", "error"),
        ),
        ({"is_decodable": False}, ("IMG-DATA-DAMAGED", "error")),
        ({"decode_warning": "bad Huffman code"}, ("IMG-DATA-GLITCH", "warning")),
        ({"foreign_kind": "zip"}, ("IMG-DATA-FOREIGN", "warning")),
        ({"trailing_kind": "motion"}, ("IMG-DATA-TRAILING", "info")),
    ],
)
def test_wholeness(facts, expected):
    assert found(GOOD.with_(**facts)) == [expected]


@pytest.mark.parametrize("kind", ["png", "heic", "webp", "mp4", "html", "svg", "gif"])
@pytest.mark.parametrize("category", [GRAPHIC, PHOTO])
def test_anything_but_jpeg_is_refused_by_its_content(kind, category):
    facts = FileFacts(size_bytes=9, content_type=ContentType(kind))

    assert found(facts, category) == [("IMG-FORMAT-OTHER", "error")]
