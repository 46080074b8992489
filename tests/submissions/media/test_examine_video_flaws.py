"""Whole examinations of real films: what is wrong with them, and what only seems so."""

import pytest

from tests.submissions.media import makers
from tests.submissions.media.examining import look
from tests.submissions.media.makers import codes


def test_a_film_pieced_together_is_not_called_damaged(plain_film, tmp_path):
    pieces = tmp_path / "pieces.txt"
    pieces.write_text(f"file '{plain_film}'\n" * 3)
    path = tmp_path / "a.mp4"
    makers.ffmpeg(
        *("-f", "concat", "-safe", "0", "-i", pieces, "-c", "copy", path),
    )

    examination = look(path)

    assert (examination.facts.decode_error_count, codes(examination)) == (0, [])


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
        seconds=5,
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


@pytest.mark.parametrize("seconds", [0.2, 1, 2.6, 4])
def test_a_drawn_pattern_is_not_called_interlaced(seconds, tmp_path):
    path = makers.film(tmp_path / "a.mp4", size="640x360", seconds=seconds, rate=25)

    examination = look(path)

    assert examination.facts.woven_share >= 0.5
    assert "VID-SCAN-INTERLACED" not in codes(examination)


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
