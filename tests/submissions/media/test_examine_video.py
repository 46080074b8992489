"""Whole examinations of real films: what decodes is what counts."""

import shutil
import stat

import pytest
from PIL import Image

from submissions.media.examine import examine
from submissions.media.tools import ffmpeg
from tests.submissions.media import makers
from tests.submissions.media.categories import SHORT_VIDEO
from tests.submissions.media.makers import by_kind, codes


def look(path, **options):
    return examine(path, category=SHORT_VIDEO, **options)


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


def test_a_film_pieced_together_is_not_called_damaged(plain_film, tmp_path):
    pieces = tmp_path / "pieces.txt"
    pieces.write_text(f"file '{plain_film}'\n" * 3)
    path = tmp_path / "a.mp4"
    makers.ffmpeg(
        *("-f", "concat", "-safe", "0", "-i", pieces, "-c", "copy", path),
    )

    examination = look(path)

    assert (examination.facts.decode_error_count, codes(examination)) == (0, [])


def test_nothing_is_left_behind_without_a_scratch_folder(
    plain_film, monkeypatch, tmp_path
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    examination = look(plain_film)

    assert by_kind(examination) == {}
    assert list(tmp_path.iterdir()) == []


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


def test_interlaced_pictures_are_found(tmp_path):
    path = makers.film(
        tmp_path / "a.mp4", "-flags", "+ildct", "-x264-params", "tff=1", rate=25
    )

    examination = look(path)

    assert (examination.verdict, codes(examination)) == (
        "review",
        ["VID-SCAN-INTERLACED"],
    )


WOVEN = "crop=1920:1080:x='t*80',tinterlace=interleave_{first},setfield=prog"


@pytest.mark.parametrize("first", ["top", "bottom"])
def test_fields_woven_into_frames_that_claim_to_be_progressive_are_found(
    first, tmp_path
):
    path = makers.film(
        tmp_path / "a.mp4",
        *("-vf", WOVEN.format(first=first)),
        size="2400x1080",
        rate=50,
        sound=None,
    )

    examination = look(path)

    assert examination.facts.field_order == "progressive"
    assert examination.facts.woven_share > 0.9
    assert codes(examination) == ["VID-SCAN-INTERLACED", "VID-SOUND-NONE"]


@pytest.mark.parametrize(
    "moves",
    [
        "crop=1920:1080:x='t*80'",
        "crop=1920:1080:y='t*150'",  # titles that roll
        "crop=1920:1080,noise=alls=20:allf=t",
        "crop=1920:1080:x='t*80',drawgrid=w=0:h=2:c=black",  # every other line
    ],
)
def test_progressive_films_of_any_movement_are_not_called_interlaced(moves, tmp_path):
    path = makers.film(
        tmp_path / "a.mp4", "-vf", moves, size="2100x1400", seconds=1, rate=25
    )

    examination = look(path)

    assert (examination.facts.woven_share or 0.0) < 0.05
    assert codes(examination) == []


def test_sound_longer_than_the_picture_is_found(tmp_path):
    path = makers.film(tmp_path / "a.mp4", seconds=1, sound_s=3)

    assert codes(look(path)) == ["VID-SOUND-LONG"]


def test_silence_is_told(tmp_path):
    path = makers.film(tmp_path / "a.mp4", seconds=3, sound=makers.SILENCE)

    examination = look(path)

    assert (examination.verdict, codes(examination)) == (
        "passed",
        ["VID-SOUND-SILENT"],
    )


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_an_upload_cut_short_is_told_as_such(plain_film, tmp_path, kept):
    whole = plain_film.read_bytes()
    path = tmp_path / "a.mp4"
    path.write_bytes(whole[: int(len(whole) * kept)])

    examination = look(path)

    assert (examination.verdict, codes(examination)) == (
        "failed",
        ["VID-DATA-TRUNCATED"],
    )


def test_a_film_that_lost_its_index_is_cut_short(plain_film, tmp_path):
    makers.remux(plain_film, tmp_path / "whole.mp4")
    whole = (tmp_path / "whole.mp4").read_bytes()
    path = tmp_path / "a.mp4"
    path.write_bytes(whole[: whole.rindex(b"moov") - 5000])

    assert codes(look(path)) == ["VID-DATA-TRUNCATED"]


def test_a_damaged_stretch_is_left_to_a_person(plain_film, tmp_path):
    data = bytearray(plain_film.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = bytes(3000)
    path = tmp_path / "a.mp4"
    path.write_bytes(data)

    examination = look(path)

    assert (examination.verdict, codes(examination)) == ("review", ["VID-DATA-GLITCH"])
    assert examination.log


def test_a_header_that_lies_about_the_length_is_not_believed(plain_film, tmp_path):
    data = plain_film.read_bytes()
    at = data.index(b"mdhd")
    wrong = int.from_bytes(data[at + 16 : at + 20], "big") * 50
    path = tmp_path / "a.mp4"
    path.write_bytes(data[: at + 20] + wrong.to_bytes(4, "big") + data[at + 24 :])

    examination = look(path)

    assert examination.facts.duration_s == 2.0
    assert examination.verdict == "passed"


def test_a_zip_behind_the_film_is_left_to_a_person(plain_film, tmp_path):
    path = tmp_path / "a.mp4"
    path.write_bytes(plain_film.read_bytes() + b"PK\x03\x04" + bytes(400))

    examination = look(path)

    assert (examination.verdict, codes(examination)) == (
        "review",
        ["VID-DATA-FOREIGN"],
    )


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
