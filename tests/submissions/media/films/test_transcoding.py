"""What a converted film looks like: upright, square, even, in ordinary colours."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from submissions.media.files import basic_facts, opened
from submissions.media.films import transcoding, video
from submissions.media.films.playable import reasons_to_convert
from submissions.media.films.transcoding import NotConverted, Watch, transcode
from submissions.media.tools.ffmpeg import ffmpeg_binary
from submissions.media.tools.processes import STALL_S, ToolFailed
from tests.submissions.media import makers
from tests.submissions.media.films.test_colour import filled, in_hdr

SQUARES = "drawbox=x=0:y=0:w=iw/2:h=ih/2:color=red:t=fill"
BASE = {"source": "color", "seconds": 1, "rate": 10}


def facts_of(path: Path, folder: Path):
    scratch = folder / f"look-{path.stem}"
    scratch.mkdir()
    with opened(path) as file:
        film = video.look_at(
            file, path=path, base=basic_facts(file), scratch_dir=scratch
        )
    return film.facts


def converted(path: Path, folder: Path):
    """(reasons, the copy's facts, its first picture)"""
    facts = facts_of(path, folder)
    reasons = reasons_to_convert(facts)
    work = folder / "work"
    work.mkdir()
    shares = []
    copy = transcode(
        path,
        facts=facts,
        reasons=reasons,
        folder=work,
        label=None,
        on_progress=shares.append,
    )
    assert all(0 <= share < 1 for share in shares)
    return reasons, facts_of(copy.path, folder), _first_picture(copy.path, folder)


def _first_picture(path, folder):
    """As a player shows it, turned by what the file says."""
    picture = folder / "first.png"
    as_shown = "scale=in_color_matrix=bt709:in_range=tv,format=rgb24"
    subprocess.run(
        [
            *(ffmpeg_binary(), "-v", "error", "-y", "-i", path),
            *("-frames:v", "1", "-vf", as_shown, picture),
        ],
        check=True,
    )
    with Image.open(picture) as image:
        return image.convert("RGB")


def colours(image):
    """Of the four quarters: top left, top right, bottom left, bottom right."""
    width, height = image.size
    return [
        "red" if red > 150 and green < 90 else "black" if red < 60 else "other"
        for y in (0.25, 0.75)
        for x in (0.25, 0.75)
        for red, green, _blue in [image.getpixel((int(width * x), int(height * y)))]
    ]


def test_ten_bit_hevc_is_turned_upright(tmp_path):
    lying = makers.film(
        tmp_path / "a.mp4",
        *("-vf", f"{SQUARES},format=yuv420p10le"),
        coding=makers.HEVC,
        **BASE,
    )
    path = makers.remux(
        lying, tmp_path / "b.mp4", "-tag:v", "hvc1", before=("-display_rotation", "270")
    )

    reasons, copy, picture = converted(path, tmp_path)

    assert reasons == ["codec"]
    assert reasons_to_convert(copy) == []
    assert (copy.display_width_px, copy.display_height_px) == (1080, 1920)
    assert (copy.rotation_deg, copy.sar, copy.pixel_format) == (0, "1:1", "yuv420p")
    assert colours(picture) == ["black", "red", "black", "black"]


def test_pixels_become_square(tmp_path):
    path = makers.film(
        tmp_path / "a.mp4", "-vf", f"{SQUARES},setsar=4/3", size="1440x1080", **BASE
    )

    reasons, copy, picture = converted(path, tmp_path)

    assert reasons == ["pixel_shape"]
    assert (copy.coded_width_px, copy.coded_height_px, copy.sar) == (1920, 1080, "1:1")
    assert colours(picture) == ["red", "black", "black", "black"]


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_high_dynamic_range_is_brought_to_ordinary_screens(tmp_path, transfer):
    path = makers.film(
        tmp_path / "a.mp4",
        *("-vf", filled("white") + in_hdr(transfer)),
        *("-color_primaries", "bt2020", "-colorspace", "bt2020nc"),
        *("-color_trc", transfer),
        coding=makers.HEVC,
        **BASE,
    )

    reasons, copy, picture = converted(path, tmp_path)

    assert reasons == ["codec", "hdr"]
    assert {copy.color_transfer, copy.color_primaries, copy.color_space} == {"bt709"}
    assert all(222 <= value <= 248 for value in picture.getpixel((900, 500)))


@pytest.mark.parametrize("first", ["top", "bottom"])
def test_woven_pictures_become_whole_whatever_the_header_says(first, tmp_path):
    moving = "boxblur=3,crop=640:360:x='t*80'"
    path = makers.film(
        tmp_path / "a.mp4",
        *("-vf", f"{moving},tinterlace=interleave_{first},setfield=prog"),
        *("-pix_fmt", "yuv420p"),
        **BASE | {"source": "testsrc", "size": "960x360", "rate": 50, "seconds": 5},
    )

    reasons, copy, _picture = converted(path, tmp_path)

    assert reasons == ["interlaced"]
    assert copy.woven_share < 0.1


def test_uneven_pictures_become_even(tmp_path):
    path = makers.film(
        tmp_path / "a.mp4",
        *("-vf", "select='not(between(t,1,2.6))'", "-fps_mode", "vfr"),
        **BASE | {"seconds": 4, "source": "testsrc2", "rate": 30},
    )

    reasons, copy, _picture = converted(path, tmp_path)

    assert reasons == ["frame_times"]
    assert (copy.frame_rate, copy.is_variable_frame_rate) == (30.0, False)
    assert copy.duration_s == pytest.approx(4.0, abs=0.1)


def test_only_the_sound_is_coded_when_only_the_sound_does_not_play(tmp_path):
    coding = ("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "ac3")
    path = makers.film(
        tmp_path / "a.mp4",
        "-pix_fmt",
        "yuv420p",
        coding=coding,
        **BASE | {"seconds": 2},
    )

    reasons, copy, _picture = converted(path, tmp_path)

    assert reasons == ["sound"]
    assert (copy.audio_codec, copy.profile) == ("aac", "Constrained Baseline")


def test_a_film_above_1080p_is_made_smaller(tmp_path):
    path = makers.film(tmp_path / "a.mp4", size="3840x2160", coding=makers.HEVC, **BASE)

    _reasons, copy, _picture = converted(path, tmp_path)

    assert (copy.display_width_px, copy.display_height_px) == (1920, 1080)


def test_what_stands_still_is_given_up(monkeypatch):
    clock = iter([0.0, 1.0, 2.0, 3.0, STALL_S + 3.0])
    monkeypatch.setattr(transcoding.time, "monotonic", lambda: next(clock))
    told = []
    watch = Watch(10.0, told.append)

    for line in ("frame=5", "out_time_us=5000000", "progress=continue"):
        watch.hear(line)
    with pytest.raises(ToolFailed):
        watch.hear("progress=continue")

    assert told == [0.5]


def test_a_film_that_breaks_the_tool_is_told_in_its_words(tmp_path, plain_film):
    facts = facts_of(plain_film, tmp_path)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(plain_film.read_bytes()[:2000])
    work = tmp_path / "work"
    work.mkdir()

    with pytest.raises(NotConverted, match=r"\S"):
        transcode(
            broken,
            facts=facts,
            reasons=["codec"],
            folder=work,
            label=None,
            on_progress=lambda share: None,
        )
