"""Whole examinations of real films: what decodes is what counts."""

import shutil
import stat

import pytest
from PIL import Image

from submissions.media.tools import ffmpeg
from tests.submissions.media import makers
from tests.submissions.media.examining import look
from tests.submissions.media.makers import by_kind, codes


def test_a_plain_film_passes_with_its_facts(plain_film):
    examination = look(plain_film)

    facts = examination.facts
    assert (examination.verdict, examination.findings) == ("passed", [])
    assert (facts.duration_s, facts.frame_count, facts.frame_rate) == (2.0, 10, 5.0)
    assert (facts.display_width_px, facts.display_height_px) == (1920, 1080)
    assert (facts.codec, facts.audio_codec, facts.brand) == ("h264", "aac", "isom")
    assert facts.audio_duration_s == pytest.approx(2.0, abs=0.2)
    assert facts.loudness_lufs == pytest.approx(-21, abs=6)
    assert facts.peak_dbfs == pytest.approx(-18, abs=2)
    assert facts.size_bytes == plain_film.stat().st_size
    assert (facts.header_frame_count, facts.header_duration_s) == (10, 2.0)
    assert set(examination.tool_versions) == {"ffprobe", "ffmpeg", "numpy", "pillow"}
    assert all(examination.tool_versions.values())


def test_three_minutes_exactly_pass(tmp_path):
    path = makers.film(
        tmp_path / "a.mp4", seconds=180, rate=1, source="smptebars", sound=None
    )

    examination = look(path)

    assert examination.facts.duration_s == 180.0
    assert (examination.verdict, codes(examination)) == ("passed", ["VID-SOUND-NONE"])


def test_a_film_far_too_long_is_not_decoded_to_its_end(tmp_path):
    path = makers.film(
        tmp_path / "a.mp4", size="64x36", seconds=600, rate=1, sound=None
    )

    examination = look(path)

    assert examination.facts.frame_count == 420
    assert examination.facts.duration_s == 600.0
    assert codes(examination) == ["VID-DUR-LONG", "VID-PIXELS-LOW", "VID-SOUND-NONE"]


def test_a_phone_held_upright_is_a_portrait_film(plain_film, tmp_path):
    path = makers.remux(
        plain_film, tmp_path / "a.mp4", before=("-display_rotation", "-90")
    )

    examination = look(path, scratch_dir=tmp_path)

    facts = examination.facts
    assert (facts.coded_width_px, facts.coded_height_px) == (1920, 1080)
    assert (facts.display_width_px, facts.display_height_px) == (1080, 1920)
    assert (facts.rotation_deg, codes(examination)) == (90, [])
    poster = by_kind(examination)["poster"]
    assert (poster.width_px, poster.height_px) == (720, 1280)


def test_pixels_that_are_not_square_count_as_shown(tmp_path):
    path = makers.film(tmp_path / "a.mp4", "-vf", "setsar=4/3", size="1440x1080")

    examination = look(path)

    assert (examination.facts.display_width_px, examination.facts.sar) == (1920, "4:3")
    assert codes(examination) == ["VID-PIXELS-ANAMORPHIC"]


def test_a_mov_by_another_name_is_told_apart(plain_film, tmp_path):
    makers.remux(plain_film, tmp_path / "a.mov")
    path = (tmp_path / "a.mov").rename(tmp_path / "a.mp4")

    examination = look(path)

    assert examination.verdict == "failed"
    assert codes(examination) == ["VID-CONTAINER-OTHER"]
    assert examination.facts.brand == "qt  "


def test_a_brand_of_any_bytes_is_told_in_characters(plain_film, tmp_path):
    path = tmp_path / "a.mp4"
    whole = plain_film.read_bytes()
    path.write_bytes(whole[:16] + b"\0\x7f\xe9 " + whole[20:])

    assert r"\x00\x7f\xe9 " in look(path).facts.compatible_brands


@pytest.mark.parametrize(
    "options",
    [
        ("-movflags", "frag_keyframe+empty_moov"),
        ("-movflags", "+faststart"),
        ("-brand", "mp42"),
        ("-f", "ipod"),
    ],
)
def test_every_kind_of_mp4_passes(plain_film, tmp_path, options):
    path = makers.remux(plain_film, tmp_path / "a.mp4", *options)

    examination = look(path)

    assert (examination.verdict, codes(examination)) == ("passed", [])
    assert examination.facts.duration_s == pytest.approx(2.0, abs=0.2)


def test_a_cover_picture_is_not_the_film(plain_film, tmp_path):
    cover = makers.picture(tmp_path / "cover.jpg")
    path = tmp_path / "a.mp4"
    makers.ffmpeg(
        *("-i", cover, "-i", plain_film, "-map", "1", "-map", "0", "-c", "copy"),
        *("-disposition:v:1", "attached_pic", path),
    )

    examination = look(path)

    assert examination.facts.video_stream_count == 1
    assert (examination.verdict, codes(examination)) == ("passed", [])


def test_sound_alone_is_no_film(plain_film, tmp_path):
    path = makers.remux(plain_film, tmp_path / "a.mp4", "-vn")

    examination = look(path)

    assert (examination.verdict, codes(examination)) == ("failed", ["VID-STREAM-NONE"])


def test_two_picture_tracks_are_looked_at_by_a_person(plain_film, tmp_path):
    path = makers.remux(
        plain_film, tmp_path / "a.mp4", "-map", "0", "-map", "0:v", "-dn"
    )

    examination = look(path)

    assert (examination.verdict, codes(examination)) == (
        "review",
        ["VID-STREAM-SEVERAL"],
    )


def test_a_varying_frame_rate_passes(tmp_path):
    path = makers.film(
        tmp_path / "a.mp4",
        *("-vf", "select='if(lt(t,1),1,not(mod(n,3)))'", "-fps_mode", "vfr"),
        seconds=3,
        rate=10,
    )

    examination = look(path)

    assert examination.facts.is_variable_frame_rate
    assert examination.verdict == "passed"


def test_hevc_of_ten_bits_in_hdr_passes(tmp_path):
    hevc = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none")
    path = makers.film(
        tmp_path / "a.mp4",
        *("-pix_fmt", "yuv420p10le", "-tag:v", "hvc1", "-color_trc", "arib-std-b67"),
        seconds=1,
        coding=(*hevc, "-c:a", "aac"),
    )

    examination = look(path, scratch_dir=tmp_path)

    assert (examination.verdict, codes(examination)) == (
        "passed",
        ["VID-CODEC-CONVERT"],
    )
    assert set(by_kind(examination)) == {"poster", "thumbnail", "storyboard"}


def test_a_label_of_generated_content_is_read_and_survives(plain_film, tmp_path):
    label = '{"Label":"1","ContentProducer":"00119111"}'
    path = makers.remux(
        plain_film,
        tmp_path / "a.mp4",
        *("-movflags", "use_metadata_tags", "-metadata", f"AIGC={label}"),
    )

    examination = look(path, scratch_dir=tmp_path)

    assert examination.facts.aigc_label == "1"
    assert examination.facts.aigc_producer == "00119111"
    assert codes(examination) == ["VID-AIGC-LABELLED"]
    with Image.open(by_kind(examination)["poster"].path) as poster:
        assert b"TC260:AIGC" in poster.info["xmp"]


def test_a_place_in_the_film_is_noticed_but_not_kept(plain_film, tmp_path):
    path = makers.remux(
        plain_film, tmp_path / "a.mp4", "-metadata", "location=+30.2500+120.1700/"
    )

    facts = look(path).facts

    assert facts.has_gps
    assert "120.17" not in str(facts.to_json())


def test_one_probe_and_one_decode_make_an_examination(
    plain_film, tmp_path, monkeypatch
):
    calls = tmp_path / "calls"
    for name, binary in (
        ("ffmpeg", ffmpeg.ffmpeg_binary()),
        ("ffprobe", ffmpeg.ffprobe_binary()),
    ):
        script = tmp_path / name
        script.write_text(
            f'#!/bin/sh\ncase "$*" in *" -c copy "*) way=-copies;; esac\n'
            f'echo {name}$way >>{calls}\nexec {binary} "$@"\n'
        )
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv(f"{name.upper()}_BINARY", str(script))
    _forget_binaries()

    examination = look(plain_film, scratch_dir=tmp_path)
    _forget_binaries()

    assert examination.verdict == "passed"
    assert calls.read_text().split() == ["ffprobe", "ffmpeg", "ffmpeg-copies"]


def test_a_missing_tool_is_our_fault_not_the_file_s(plain_film, monkeypatch):
    monkeypatch.setenv("FFMPEG_BINARY", "/nowhere/ffmpeg")
    _forget_binaries()

    examination = look(plain_film)
    _forget_binaries()

    assert examination.verdict == "errored"
    assert codes(examination) == ["FRM-CHECK-ERRORED"]
    assert "/nowhere/ffmpeg" in examination.log


def test_a_link_is_followed(plain_film, tmp_path):
    link = tmp_path / "link.mp4"
    link.symlink_to(plain_film)

    assert look(link).verdict == "passed"


@pytest.mark.parametrize("name", ["-i.mp4", "http:a.mp4", "视频 “一”.mp4", "a%03d.mp4"])
def test_odd_names_are_only_names(plain_film, tmp_path, monkeypatch, name):
    shutil.copy(plain_film, tmp_path / name)
    monkeypatch.chdir(tmp_path)

    assert look(tmp_path / name).verdict == "passed"


def _forget_binaries():
    ffmpeg.ffmpeg_binary.cache_clear()
    ffmpeg.ffprobe_binary.cache_clear()
