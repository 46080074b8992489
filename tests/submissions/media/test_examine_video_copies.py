"""Whole examinations of real films: what is made of them on the way."""

import pytest
from PIL import Image

from tests.submissions.media import makers
from tests.submissions.media.examining import look
from tests.submissions.media.makers import by_kind, codes


def test_a_film_leaves_a_poster_a_thumbnail_a_storyboard_and_a_copy_for_playing(
    plain_film, tmp_path
):
    examination = look(plain_film, scratch_dir=tmp_path)

    sizes = {
        kind: (copy.content_type, copy.width_px, copy.height_px)
        for kind, copy in by_kind(examination).items()
    }
    assert sizes == {
        "poster": ("image/jpeg", 1280, 720),
        "thumbnail": ("image/webp", 480, 270),
        "storyboard": ("image/jpeg", 320, 90),
        "view": ("video/mp4", 1920, 1080),
    }
    assert all(tmp_path in copy.path.parents for copy in by_kind(examination).values())


def test_a_storyboard_tells_how_it_is_laid_out(tmp_path):
    path = makers.film(
        tmp_path / "a.mp4", size="640x360", seconds=13, rate=4, sound=None
    )

    examination = look(path, scratch_dir=tmp_path)

    copy = by_kind(examination)["storyboard"]
    assert copy.detail == {
        "step_s": 1,
        "columns": 10,
        "rows": 2,
        "tile_width_px": 160,
        "tile_height_px": 90,
        "count": 13,
    }
    with Image.open(copy.path) as sheet:
        assert sheet.size == (copy.width_px, copy.height_px) == (1600, 180)
        assert set(sheet.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "dpi",
            "progressive",
            "progression",
        }
        assert sheet.convert("RGB").getpixel((1590, 170)) == (0, 0, 0)


def test_each_step_is_timed_and_the_share_done_is_told(plain_film, tmp_path):
    told = []

    examination = look(plain_film, scratch_dir=tmp_path, on_progress=told.append)

    steps = {"probe_s", "decode_s", "stills_s", "copy_s", "prints_s"}
    assert set(examination.timings) == steps
    assert (told == sorted(told), told[-1]) == (True, 1.0)


def test_a_film_stopped_early_is_told_done_as_far_as_it_was_meant_to_go(tmp_path):
    path = makers.film(
        tmp_path / "a.mp4", size="64x36", seconds=900, rate=2, sound=None
    )
    told = []

    look(path, on_progress=told.append)

    assert told[-1] == 1.0
    assert all(0 <= share <= 1 for share in told)


@pytest.mark.parametrize(
    ("options", "codes_of_it"),
    [
        (("-map", "0:v"), ["VID-SOUND-NONE"]),
        (("-map", "0", "-map", "0:a"), []),  # a second sound track
        (("-map", "0", "-write_tmcd", "1", "-timecode", "01:00:00:00"), []),  # data
    ],
)
def test_tracks_of_any_number_and_kind_make_a_pass(
    plain_film, tmp_path, options, codes_of_it
):
    path = makers.remux(plain_film, tmp_path / "a.mp4", *options)

    examination = look(path, scratch_dir=tmp_path)

    assert codes(examination) == codes_of_it
    assert examination.facts.frame_count == 10
    assert {"poster", "storyboard", "view"} <= set(by_kind(examination))


def test_nothing_is_left_behind_without_a_scratch_folder(
    plain_film, monkeypatch, tmp_path
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    examination = look(plain_film)

    assert by_kind(examination) == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("flag", "corner"), [("-90", (700, 20)), ("90", (20, 1260))])
def test_the_poster_of_a_turned_film_stands_upright(flag, corner, tmp_path):
    red_corner = "color=c=blue:s=1920x1080:r=5:d=1,drawbox=w=300:h=300:c=red:t=fill"
    makers.ffmpeg(
        *("-f", "lavfi", "-i", red_corner, *makers.FAST, tmp_path / "flat.mp4")
    )
    path = makers.remux(
        tmp_path / "flat.mp4", tmp_path / "a.mp4", before=("-display_rotation", flag)
    )

    examination = look(path, scratch_dir=tmp_path)

    with Image.open(by_kind(examination)["poster"].path) as poster:
        red, _green, blue = poster.convert("RGB").getpixel(corner)
    assert red > 200
    assert blue < 60
