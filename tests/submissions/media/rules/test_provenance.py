"""What a photograph tells of its making, as a table (REQUIREMENTS B7)."""

import datetime as dt

import pytest

from contests.rulebook import TakenLimit
from submissions.media.rules import judge
from tests.submissions.media.categories import GRAPHIC, PHOTO, limit
from tests.submissions.media.rules.test_image import GOOD, found

SIGNED = {"has_c2pa": True, "c2pa_signer": "示例相机", "c2pa_actions": ["c2pa.created"]}
WINDOW = limit(
    TakenLimit,
    "60",
    first_day=dt.date(2023, 5, 10),
    last_day=dt.date(2023, 10, 31),
)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"software": "Adobe Photoshop 21.0 (Windows)"}, "IMG-EDIT-SOFTWARE"),
        ({"software": "美图秀秀"}, "IMG-EDIT-SOFTWARE"),
        ({"software": "Snapseed 2.0"}, "IMG-EDIT-SOFTWARE"),
        ({"edit_programs": ("Adobe Photoshop",)}, "IMG-EDIT-SOFTWARE"),
        ({"software": "ON1 Photo RAW 2023"}, "IMG-EDIT-SOFTWARE"),
        ({"software": "Adobe Lightroom 6.4 (Macintosh)"}, "IMG-EDIT-DEVELOPED"),
        (
            {"software": "Adobe Lightroom 6.4", "is_retouched": True},
            "IMG-EDIT-SOFTWARE",
        ),
        (
            {"software": "Lightroom", "edit_programs": ("Adobe Photoshop",)},
            "IMG-EDIT-SOFTWARE",
        ),
        ({"has_edit_history": True, "edit_step_count": 4}, "IMG-EDIT-HISTORY"),
        ({"has_parent_picture": True}, "IMG-EDIT-HISTORY"),
        ({"camera": ""}, "IMG-EXIF-NONE"),
    ],
)
def test_editing_is_left_to_a_person_for_a_photograph_only(facts, code):
    facts = GOOD.with_(**facts)

    assert found(facts, PHOTO) == [(code, "warning")]
    assert found(facts, GRAPHIC) == []


@pytest.mark.parametrize(
    "software",
    [
        "17.5.1",
        "HDR+ 1.0.500",
        "S918BXXU3BWK5",
        "Version1.0",
        "Ver.1.00",
        "MIUI 14",
        "",
    ],
)
def test_what_cameras_and_phones_call_themselves_is_no_editor(software):
    assert found(GOOD.with_(software=software), PHOTO) == []


@pytest.mark.parametrize(
    ("size", "recorded", "expected"),
    [
        ((4032, 3024), (4032, 3024), []),
        ((3024, 4032), (4032, 3024), []),  # turned, and so saved
        ((4000, 3000), (4032, 3024), []),  # rounded to whole blocks
        ((2000, 1333), (4032, 3024), ["IMG-SIZE-CHANGED"]),
        ((4032, 2000), (4032, 3024), ["IMG-SIZE-CHANGED"]),
        ((4032, 3024), None, []),
        ((6000, 4000), None, []),
        ((4032, 2268), None, []),
        ((3000, 3000), None, []),
        ((4000, 1800), None, []),  # 20:9, a phone's whole screen
        ((16000, 3900), None, []),  # a panorama has whatever length it has
        ((4288, 2848), None, []),
        ((3700, 2000), None, ["IMG-SIZE-CHANGED"]),
    ],
)
def test_a_size_that_is_not_a_cameras_is_left_to_a_person(size, recorded, expected):
    facts = GOOD.with_(
        width_px=size[0],
        height_px=size[1],
        recorded_width_px=recorded and recorded[0],
        recorded_height_px=recorded and recorded[1],
    )

    assert [code for code, _severity in found(facts, PHOTO)] == expected
    assert found(facts.with_(camera="", taken_at="2023:05:20 08:00:00"), PHOTO) == (
        [("IMG-SIZE-CHANGED", "warning")] if recorded and expected else []
    )


@pytest.mark.parametrize(
    ("taken_at", "expected"),
    [
        ("2023:05:10 00:00:00", []),
        ("2023:10:31 23:59:59", []),
        ("2023:05:09 23:59:59", ["IMG-TAKEN-OUTSIDE"]),
        ("2023:11:01 00:00:00", ["IMG-TAKEN-OUTSIDE"]),
        ("2023-06-01T12:00:00", []),
        ("", []),
    ],
)
def test_a_day_outside_the_rule_books_window_is_left_to_a_person(taken_at, expected):
    windowed = PHOTO.limits.model_copy(update={"taken": WINDOW})
    facts = GOOD.with_(taken_at=taken_at)

    findings = judge(facts, windowed)

    assert [finding.code.value for finding in findings] == expected
    assert {finding.severity.value for finding in findings} <= {"warning"}
    assert judge(facts, PHOTO.limits) == []


@pytest.mark.parametrize(
    ("taken_at", "gps_date", "variant"),
    [
        ("2023:05:20 08:00:00", "2023:05:20", None),
        ("2023:05:20 07:00:00", "2023:05:19", None),  # morning here, night in London
        ("2023:05:20 08:00:00", "2021:05:20", ""),
        ("1980:01:01 00:00:00", "", "unset"),
        ("0000:00:00 00:00:00", "", "unset"),
    ],
)
def test_a_clock_that_cannot_be_right_is_told(taken_at, gps_date, variant):
    facts = GOOD.with_(taken_at=taken_at, gps_date=gps_date)

    findings = judge(facts, PHOTO.limits)

    assert [(each.code.value, each.params.get("variant", "")) for each in findings] == (
        [] if variant is None else [("IMG-CLOCK-ODD", variant)]
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Canon EOS R6", "Canon EOS R6", []),
        ("NIKON CORPORATION NIKON Z 6", "NIKON Z 6", []),
        ("HUAWEI ELE-AL00", "ELE-AL00", []),
        ("Canon EOS R6", "", []),
        ("Canon EOS R6", "SONY ILCE-7M4", [("IMG-CAMERA-OTHER", "warning")]),
    ],
)
def test_two_cameras_in_one_file_are_left_to_a_person(one, other, expected):
    assert found(GOOD.with_(camera=one, xmp_camera=other), PHOTO) == expected


@pytest.mark.parametrize(
    ("facts", "photo", "graphic"),
    [
        (
            {"digital_source_type": "trainedAlgorithmicMedia"},
            ["IMG-SOURCE-GENERATED"],
            ["IMG-SOURCE-GENERATED"],
        ),
        (
            {"c2pa_source_type": "compositeWithTrainedAlgorithmicMedia"},
            ["IMG-SOURCE-GENERATED"],
            ["IMG-SOURCE-GENERATED"],
        ),
        (
            {"software": "Midjourney 6"},
            ["IMG-SOURCE-GENERATED"],
            ["IMG-SOURCE-GENERATED"],
        ),
        ({"digital_source_type": "digitalArt"}, ["IMG-SOURCE-OTHER"], []),
        ({"digital_source_type": "digitalCapture"}, [], []),
        ({"c2pa_source_type": "computationalCapture"}, [], []),
    ],
)
def test_an_origin_other_than_a_camera_is_left_to_a_person(facts, photo, graphic):
    facts = GOOD.with_(**facts)

    assert found(facts, PHOTO) == [(code, "warning") for code in photo]
    assert found(facts, GRAPHIC) == [(code, "warning") for code in graphic]


@pytest.mark.parametrize(
    ("facts", "code", "severity"),
    [
        ({"c2pa_state": "valid"}, "IMG-CREDENTIALS-FOUND", "info"),
        ({"c2pa_state": "untrusted"}, "IMG-CREDENTIALS-FOUND", "info"),
        ({"c2pa_state": "remote"}, "IMG-CREDENTIALS-FOUND", "info"),
        ({"c2pa_state": "invalid"}, "IMG-CREDENTIALS-INVALID", "warning"),
        ({"c2pa_state": "unreadable"}, "IMG-CREDENTIALS-UNREADABLE", "warning"),
        (
            {"c2pa_state": "valid", "c2pa_actions": ["c2pa.opened", "c2pa.placed"]},
            "IMG-CREDENTIALS-EDITED",
            "warning",
        ),
        (
            {"c2pa_state": "valid", "c2pa_actions": ["c2pa.color_adjustments"]},
            "IMG-CREDENTIALS-FOUND",
            "info",
        ),
    ],
)
def test_content_credentials_never_refuse_a_photograph(facts, code, severity):
    facts = GOOD.with_(**SIGNED | facts)

    assert found(facts, PHOTO) == [(code, severity)]
    assert found(facts, GRAPHIC) == []


@pytest.mark.parametrize(
    ("label", "category", "severity"),
    [
        ("1", PHOTO, "error"),
        ("2", PHOTO, "warning"),
        ("3", PHOTO, "warning"),
        ("?", PHOTO, "warning"),
        ("1", GRAPHIC, "warning"),
    ],
)
def test_generated_pictures_are_refused_as_photographs_only(label, category, severity):
    facts = GOOD.with_(aigc_label=label, digital_source_type="trainedAlgorithmicMedia")

    assert found(facts, category) == [("IMG-AIGC-LABELLED", severity)]
