"""Every boundary of REQUIREMENTS part B that a picture can meet, each with a made file.

A row is named by the rule it stands for, and says what is handed in, as what, and what
becomes of it.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from contests.errors import RuleViolation
from contests.rulebook import Category
from submissions.media.examine import examine, examine_set
from submissions.services.files import MEGABYTE, check_size
from tests.submissions.media import makers, phones
from tests.submissions.media.categories import GRAPHIC, PHOTO
from tests.submissions.media.pages import (
    announcing,
    box,
    by_exif,
    by_photoshop,
    four_inks,
    labelled,
    page,
    per_centimetre,
    saved_as,
    taken,
    turned,
    two_views,
    with_profile,
    with_start_of_frame,
    written_by,
)


class Row(NamedTuple):
    category: Category
    make: Callable[[], bytes]
    verdict: str
    codes: list[str] = []


# --- The rows --------------------------------------------------------------------
RESOLUTION = {
    "B3 none": Row(GRAPHIC, lambda: page(dpi=None), "review", ["IMG-DPI-MISSING"]),
    "B3 none, asked of a photograph": Row(PHOTO, taken, "passed"),
    "B3 300": Row(GRAPHIC, page, "passed"),
    "B3 300.2": Row(GRAPHIC, lambda: by_exif(300.2), "passed"),
    "B3 600": Row(GRAPHIC, lambda: page(dpi=(600, 600)), "passed"),
    "B3 299": Row(GRAPHIC, lambda: page(dpi=(299, 299)), "passed"),
    "B3 298.9": Row(GRAPHIC, lambda: by_exif(298.9), "review", ["IMG-DPI-LOW"]),
    "B3 298": Row(GRAPHIC, lambda: page(dpi=(298, 298)), "review", ["IMG-DPI-LOW"]),
    "B3 72": Row(GRAPHIC, lambda: page(dpi=(72, 72)), "review", ["IMG-DPI-LOW"]),
    "B3 72, asked of a photograph": Row(PHOTO, lambda: taken(dpi=(72, 72)), "passed"),
    "B3 118 dots/cm are 299.72": Row(GRAPHIC, lambda: per_centimetre(118), "passed"),
    "B3 117 dots/cm are 297.18": Row(
        GRAPHIC, lambda: per_centimetre(117), "review", ["IMG-DPI-LOW"]
    ),
    "B3 EXIF alone": Row(GRAPHIC, lambda: by_exif(300), "passed"),
    "B3 EXIF alone, 118.11/cm": Row(GRAPHIC, lambda: by_exif(118.11, 3), "passed"),
    "B3 EXIF alone, no unit": Row(
        GRAPHIC, lambda: by_exif(300, 1), "review", ["IMG-DPI-MISSING"]
    ),
    "B3 Photoshop alone": Row(GRAPHIC, lambda: by_photoshop(300), "passed"),
    "B3 Photoshop alone, low": Row(
        GRAPHIC, lambda: by_photoshop(96), "review", ["IMG-DPI-LOW"]
    ),
    "B3 JFIF says 0": Row(
        GRAPHIC,
        lambda: page().replace(b"\x01\x01,\x01,", b"\x01\0\0\0\0", 1),
        "review",
        ["IMG-DPI-MISSING"],
    ),
    "B3 JFIF 72, EXIF 300": Row(
        GRAPHIC, lambda: by_exif(300, dpi=(72, 72)), "review", ["IMG-DPI-CONFLICT"]
    ),
    "B3 JFIF 300, EXIF 72": Row(
        GRAPHIC, lambda: by_exif(72, dpi=(300, 300)), "review", ["IMG-DPI-CONFLICT"]
    ),
    "B3 JFIF 300, EXIF 600": Row(
        GRAPHIC, lambda: by_exif(600, dpi=(300, 300)), "passed"
    ),
    "B3 x is not y": Row(
        GRAPHIC, lambda: page(dpi=(300, 600)), "review", ["IMG-DPI-UNEQUAL"]
    ),
    "B3 x is y but for rounding": Row(GRAPHIC, lambda: page(dpi=(300, 299)), "passed"),
}
COLOUR = {
    "B4 CMYK, graphic": Row(GRAPHIC, lambda: four_inks(0), "failed", ["IMG-MODE-CMYK"]),
    "B4 YCCK, graphic": Row(GRAPHIC, lambda: four_inks(2), "failed", ["IMG-MODE-CMYK"]),
    "B4 CMYK, photograph": Row(
        PHOTO,
        lambda: makers.jpeg_bytes(
            makers.photograph((1620, 1080), "CMYK"), exif=phones.android()
        ),
        "failed",
        ["IMG-MODE-CMYK"],
    ),
    "B4 grey, graphic": Row(
        GRAPHIC, lambda: page(mode="L"), "review", ["IMG-MODE-GREY"]
    ),
    "B4 grey, photograph": Row(
        PHOTO,
        lambda: makers.jpeg_bytes(
            makers.photograph((1620, 1080), "L"), exif=phones.android()
        ),
        "passed",
    ),
    "B4 RGB without a profile": Row(GRAPHIC, page, "passed"),
    "B4 RGB kept as RGB": Row(GRAPHIC, lambda: page(keep_rgb=True), "passed"),
    "B4 sRGB": Row(GRAPHIC, lambda: with_profile("sRGB built-in"), "passed"),
    "B4 Adobe RGB": Row(
        GRAPHIC, lambda: with_profile("Adobe RGB"), "passed", ["IMG-PROFILE-OTHER"]
    ),
    "B4 Display P3": Row(
        GRAPHIC, lambda: with_profile("Display P3"), "passed", ["IMG-PROFILE-OTHER"]
    ),
    "B4 a profile of noise": Row(
        GRAPHIC, lambda: page(icc_profile=phones.noise(500)), "passed"
    ),
}
RENAMED = {
    f"B4 {kind} named .jpg": Row(GRAPHIC, make, "failed", ["IMG-FORMAT-OTHER"])
    for kind, make in {
        "PNG": lambda: saved_as("PNG"),
        "WebP": lambda: saved_as("WEBP"),
        "AVIF": lambda: saved_as("AVIF"),
        "TIFF": lambda: saved_as("TIFF"),
        "GIF": lambda: saved_as("GIF"),
        "BMP": lambda: saved_as("BMP"),
        "JPEG 2000": lambda: saved_as("JPEG2000"),
        "PDF": lambda: saved_as("PDF"),
        "HEIC": lambda: box(b"heic"),
        "MP4": lambda: box(b"isom"),
        "MOV": lambda: box(b"qt  "),
        "RAW": lambda: b"II*\0\x10\0\0\0CR\x02\0" + bytes(5000),
        "PSD": lambda: b"8BPS\0\1" + bytes(5000),
        "SVG": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "HTML": lambda: b"<!DOCTYPE html><script>1</script>",
        "ZIP": lambda: b"PK\x03\x04" + bytes(500),
        "text": lambda: "照片在网盘里".encode(),
    }.items()
}
FORM = {
    "B4 nothing, named .jpg": Row(GRAPHIC, lambda: b"", "failed", ["FRM-FILE-EMPTY"]),
    "54 progressive": Row(GRAPHIC, lambda: page(progressive=True), "passed"),
    "54 lossless": Row(
        GRAPHIC, lambda: with_start_of_frame(0xC3), "failed", ["IMG-CODING-OTHER"]
    ),
    "54 of 12 bits": Row(
        GRAPHIC, lambda: with_start_of_frame(0xC1, 12), "failed", ["IMG-CODING-OTHER"]
    ),
    "54 cut short": Row(
        GRAPHIC, lambda: page()[:-900], "failed", ["IMG-DATA-TRUNCATED"]
    ),
    "58 two views (MPO)": Row(PHOTO, two_views, "passed", ["IMG-DATA-TRAILING"]),
    "58 a ZIP behind it": Row(
        PHOTO,
        lambda: taken() + b"PK\x03\x04" + bytes(99),
        "review",
        ["IMG-DATA-FOREIGN"],
    ),
}
SIZE = {
    "B5 4 : 1": Row(GRAPHIC, lambda: page((1600, 400)), "passed"),
    "B5 a touch more": Row(
        GRAPHIC, lambda: page((1601, 400)), "review", ["IMG-RATIO-STRIP"]
    ),
    "B5 upright 1 : 5": Row(
        GRAPHIC, lambda: page((300, 1500)), "review", ["IMG-RATIO-STRIP"]
    ),
    "B5 a panorama as a photograph": Row(PHOTO, lambda: taken((6480, 1080)), "passed"),
    "58 short side 1080": Row(PHOTO, taken, "passed"),
    "58 short side 1079": Row(
        PHOTO, lambda: taken((1618, 1079)), "review", ["IMG-PIXELS-LOW"]
    ),
    "58 upright, short side 1080": Row(PHOTO, lambda: taken((1080, 1620)), "passed"),
    "58 one pixel": Row(PHOTO, lambda: taken((1, 1)), "review", ["IMG-PIXELS-LOW"]),
    "58 no height": Row(
        PHOTO, lambda: announcing(600, 0), "failed", ["IMG-DATA-DAMAGED"]
    ),
    "58 more pixels than can be opened": Row(
        PHOTO, lambda: announcing(65535, 65535), "failed", ["IMG-PIXELS-HUGE"]
    ),
    "58 progressive 16000 x 16000": Row(
        PHOTO,
        lambda: announcing(16000, 16000, progressive=True),
        "failed",
        ["IMG-PIXELS-HUGE"],
    ),
}
MAKING = {
    "B7 straight from the camera": Row(PHOTO, taken, "passed"),
    "B7 an editor's name": Row(
        PHOTO,
        lambda: taken(exif=phones.android(software="Adobe Photoshop 24.0")),
        "review",
        ["IMG-EDIT-SOFTWARE"],
    ),
    "B7 an editor's name, graphic": Row(
        GRAPHIC,
        lambda: page(
            exif=phones.android(software="Adobe Photoshop 24.0"), dpi=(300, 300)
        ),
        "review",
        ["IMG-DPI-CONFLICT"],
    ),
    "B7 an editor's own block": Row(
        PHOTO, lambda: written_by("Adobe Photoshop"), "review", ["IMG-EDIT-SOFTWARE"]
    ),
    "B7 a beautifier's name": Row(
        PHOTO,
        lambda: taken(exif=phones.android(software="醒图")),
        "review",
        ["IMG-EDIT-SOFTWARE"],
    ),
    "B7 not a camera's size": Row(
        PHOTO,
        lambda: taken(exif=phones.android(size=(4000, 3000))),
        "review",
        ["IMG-SIZE-CHANGED"],
    ),
    "B7 not a camera's proportions": Row(
        PHOTO, lambda: taken((1990, 1080)), "review", ["IMG-SIZE-CHANGED"]
    ),
    "B7 no camera data": Row(
        PHOTO,
        lambda: makers.jpeg_bytes(makers.photograph((1620, 1080))),
        "review",
        ["IMG-EXIF-NONE"],
    ),
    "B7 Label 1, photograph": Row(
        PHOTO, lambda: labelled("1", taken()), "failed", ["IMG-AIGC-LABELLED"]
    ),
    "B7 Label 2, photograph": Row(
        PHOTO, lambda: labelled("2", taken()), "review", ["IMG-AIGC-LABELLED"]
    ),
    "B7 Label 1, graphic": Row(
        GRAPHIC, lambda: labelled("1", page()), "review", ["IMG-AIGC-LABELLED"]
    ),
}
ROWS = RESOLUTION | COLOUR | RENAMED | FORM | SIZE | MAKING


@pytest.mark.parametrize("rule", ROWS)
def test_a_boundary(rule, tmp_path):
    row = ROWS[rule]
    path = tmp_path / "作品.jpg"
    path.write_bytes(row.make())

    examination = examine(path, category=row.category)

    found = [finding.code.value for finding in examination.findings]
    assert (examination.verdict.value, found) == (row.verdict, row.codes)


@pytest.mark.parametrize(
    ("orientation", "shown"),
    [
        *((each, (1620, 1080)) for each in (0, 1, 2, 3, 4, 9)),
        *((each, (1080, 1620)) for each in (5, 6, 7, 8)),
    ],
)
def test_a_photograph_is_measured_as_it_is_held(orientation, shown, tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(turned(orientation))

    examination = examine(path, category=PHOTO)

    facts = examination.facts
    assert (facts.display_width_px, facts.display_height_px) == shown
    assert (examination.verdict.value, examination.findings) == ("passed", [])


@pytest.fixture(scope="module")
def few_bytes(shelf):
    """Pictures enough for any series, each of its own bytes."""
    folder = shelf / "series"
    folder.mkdir()
    paths = [folder / f"{number}.jpg" for number in range(21)]
    for number, path in enumerate(paths):
        path.write_bytes(page() + bytes(number))
    return paths


@pytest.mark.parametrize(
    ("category", "count", "verdict", "codes"),
    [
        (GRAPHIC, 0, "failed", ["SET-COUNT-FEW"]),
        (GRAPHIC, 1, "passed", []),
        (GRAPHIC, 3, "passed", []),
        (GRAPHIC, 4, "failed", ["SET-PAGES-MANY"]),
        (PHOTO, 0, "failed", ["SET-COUNT-FEW"]),
        (PHOTO, 1, "review", []),
        (PHOTO, 2, "review", []),
        (PHOTO, 12, "review", []),
        (PHOTO, 13, "review", ["SET-PHOTOS-MANY"]),
        (PHOTO, 20, "review", ["SET-PHOTOS-MANY"]),
        (PHOTO, 21, "failed", ["SET-PHOTOS-MANY"]),
    ],
)
def test_a_count_of_pages_or_photographs(few_bytes, category, count, verdict, codes):
    """B5 and B6; as photographs these are small, so a person looks at any of them."""
    examinations = [examine(path, category=category) for path in few_bytes[:count]]

    together = examine_set(examinations, category=category)

    assert together.verdict.value == verdict
    assert [finding.code.value for finding in together.findings] == codes


def test_the_same_picture_twice_is_told(few_bytes):
    twice = [examine(few_bytes[0], category=GRAPHIC) for _time in range(2)]

    [finding] = examine_set(twice, category=GRAPHIC).findings

    assert (finding.code, finding.severity) == ("SET-FILES-SAME", "warning")


@pytest.mark.parametrize(
    ("size_bytes", "code"),
    [
        (0, "FRM-FILE-EMPTY"),
        (1, None),
        (MEGABYTE, None),
        (MEGABYTE + 1, "FRM-FILE-LARGE"),
    ],
)
def test_the_portals_own_limit_of_size(size_bytes, code):
    """61: the notice sets none; exactly the limit is let in."""
    book = SimpleNamespace(defaults=SimpleNamespace(max_file_mb=1))
    submission = SimpleNamespace(rulebook_version=SimpleNamespace(rulebook=book))

    try:
        check_size(submission, size_bytes)
    except RuleViolation as refusal:
        assert refusal.code == code
    else:
        assert code is None


def test_a_page_tells_how_large_it_prints(tmp_path):
    """B3: at 300 dpi; A4 is 2480 by 3508."""
    path = tmp_path / "a.jpg"
    path.write_bytes(page((2480, 3508), dpi=None))

    [finding] = examine(path, category=GRAPHIC).findings

    assert finding.params["print_cm"] == (21.0, 29.7)
