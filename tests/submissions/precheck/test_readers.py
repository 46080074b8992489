"""The browser's readers on real files: what they tell is what the server measures."""

import shutil

import pytest
from PIL import Image

from submissions.media.examine import examine
from tests.submissions.media import makers
from tests.submissions.media.categories import GRAPHIC, PHOTO, SHORT_VIDEO
from tests.submissions.media.makers import film, photograph, picture, remux
from tests.submissions.precheck import node

pytestmark = pytest.mark.skipif(node.NODE is None, reason=node.MISSING)

ALIKE_S = 0.12  # a header's end and the last decoded picture may lie so far apart
SMALL = {"size": "640x360", "seconds": 1.0}


@pytest.fixture
def compare(modules):
    """Fails unless every fact the browser tells is the server's."""

    def _compare(path, category, *, unlike=()):
        theirs = node.facts_read_from(path, base=modules)
        ours = examine(path, category=category).facts.to_json()
        seen = {name: value for name, value in theirs.items() if name not in unlike}
        for name, value in seen.items():
            if name.endswith("_s") and value is not None:
                assert value == pytest.approx(ours[name], abs=ALIKE_S), name
            else:
                assert value == _plain(ours[name]), name
        return theirs

    return _compare


def _plain(value):
    return list(value) if isinstance(value, tuple) else value


FILMS = {
    "index in front": {"options": ("-movflags", "+faststart")},
    "index at the end": {},
    "30000/1001 pictures a second": {"rate": "30000/1001"},
    "no sound": {"sound": None},
    "sound longer": {"sound_s": 3.5},
    "HEVC": {"coding": ("-c:v", "libx265", "-preset", "ultrafast", "-c:a", "aac")},
    "MPEG-4 part 2": {"coding": ("-c:v", "mpeg4", "-c:a", "aac")},
    "ten bits": {"options": ("-pix_fmt", "yuv420p10le")},
    "4:2:2": {"options": ("-pix_fmt", "yuv422p")},
    "anamorphic": {"options": ("-vf", "setsar=4/3")},
    "with pictures out of order": {"options": ("-bf", "3"), "rate": 10},
    "late picture": {"options": ("-output_ts_offset", "0.4")},
}


@pytest.mark.parametrize("name", FILMS)
def test_a_film_is_read_from_its_boxes(compare, tmp_path, name):
    made = dict(FILMS[name])
    options = made.pop("options", ())
    path = film(tmp_path / "film.mp4", *options, **SMALL | made)

    facts = compare(path, SHORT_VIDEO, unlike={"header_duration_s"})

    assert facts["content_type"] == "mp4"
    assert {"duration_s", "codec", "display_width_px", "has_audio"} <= set(facts)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_film_is_measured_upright(compare, tmp_path, degrees):
    level = film(tmp_path / "level.mp4", **SMALL)
    turn = ("-display_rotation", str(degrees))
    turned = remux(level, tmp_path / "turned.mp4", before=turn)

    facts = compare(turned, SHORT_VIDEO, unlike={"header_duration_s"})

    upright = (640, 360) if degrees == 180 else (360, 640)
    assert (facts["display_width_px"], facts["display_height_px"]) == upright


def test_a_film_cut_by_an_edit_list_is_as_long_as_it_shows(compare, tmp_path):
    whole = film(
        tmp_path / "whole.mp4", "-g", "50", **SMALL | {"seconds": 4, "rate": 10}
    )
    cut = remux(whole, tmp_path / "cut.mp4", before=("-ss", "1.5"))

    facts = compare(cut, SHORT_VIDEO, unlike={"header_duration_s", "audio_duration_s"})

    assert facts["duration_s"] == pytest.approx(2.5, abs=ALIKE_S)


def test_a_mov_renamed_is_a_mov(compare, tmp_path):
    path = film(tmp_path / "film.mov", **SMALL)
    renamed = shutil.copy(path, tmp_path / "film.mp4")

    facts = compare(renamed, SHORT_VIDEO, unlike={"header_duration_s"})

    assert facts["content_type"] == "mov"
    assert facts["brand"] == "qt  "


def test_sound_alone_has_no_picture(compare, tmp_path):
    path = tmp_path / "sound.mp4"
    makers.ffmpeg("-f", "lavfi", "-t", "1", "-i", makers.TONE, "-c:a", "aac", path)

    facts = compare(path, SHORT_VIDEO)

    assert facts["video_stream_count"] == 0


def test_several_picture_tracks_are_counted(compare, tmp_path):
    one = film(tmp_path / "one.mp4", **SMALL)
    both = tmp_path / "both.mp4"
    makers.ffmpeg(
        *("-i", one, "-i", one, "-map", "0", "-map", "1:v", "-c", "copy"), both
    )

    facts = compare(both, SHORT_VIDEO, unlike={"header_duration_s"})

    assert facts["video_stream_count"] == 2


def test_a_film_in_pieces_tells_its_length_by_the_segment_index(compare, tmp_path):
    whole = film(tmp_path / "whole.mp4", **SMALL | {"seconds": 3, "sound": None})
    pieces = remux(whole, tmp_path / "p.mp4", "-movflags", "+dash+global_sidx")

    facts = compare(pieces, SHORT_VIDEO, unlike={"header_duration_s"})

    assert facts["is_fragmented"] is True
    assert facts["duration_s"] == pytest.approx(3, abs=ALIKE_S)


def test_the_length_of_pieces_without_an_index_is_left_to_the_server(compare, tmp_path):
    whole = film(tmp_path / "whole.mp4", **SMALL)
    flags = ("-movflags", "+frag_keyframe+empty_moov")
    pieces = remux(whole, tmp_path / "pieces.mp4", *flags)

    facts = compare(pieces, SHORT_VIDEO, unlike={"header_duration_s"})

    assert "duration_s" not in facts


def test_boxes_of_more_than_four_gigabytes_are_passed_over(modules, tmp_path):
    plain = film(tmp_path / "plain.mp4", **SMALL).read_bytes()
    at = plain.index(b"moov") - 4
    big = tmp_path / "big.mp4"
    size = (5 << 30) + 16
    with big.open("wb") as file:  # sparse: a hole of five gigabytes
        file.write(plain[:at])
        file.write(b"\0\0\0\1mdat" + size.to_bytes(8, "big"))
        file.seek(size - 16, 1)
        file.write(plain[at:])

    facts = node.facts_read_from(big, base=modules)

    assert facts["size_bytes"] > 5 << 30
    assert facts["display_width_px"] == 640
    assert facts["missing_bytes"] == 0


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_film_cut_short_before_its_index_is_seen(compare, tmp_path, keep):
    whole = film(tmp_path / "whole.mp4", **SMALL).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: int(len(whole) * keep)])

    facts = compare(cut, SHORT_VIDEO)

    assert facts["missing_bytes"] > 0
    assert facts["has_header"] is False


def test_what_hangs_behind_a_film_is_seen(compare, tmp_path):
    path = film(tmp_path / "film.mp4", **SMALL)
    with path.open("ab") as file:
        file.write(b"PK\x03\x04" + b"\0" * 100)

    facts = compare(path, SHORT_VIDEO, unlike={"header_duration_s"})

    assert facts["foreign_kind"] == "zip"


def test_an_encrypted_film_is_left_to_a_person(modules, tmp_path):
    plain = film(tmp_path / "plain.mp4", sound=None, **SMALL)
    key = "00112233445566778899aabbccddeeff"
    locked = remux(
        plain,
        tmp_path / "locked.mp4",
        *("-encryption_scheme", "cenc-aes-ctr"),
        *("-encryption_key", key, "-encryption_kid", key),
    )

    facts = node.facts_read_from(locked, base=modules)

    assert facts["codec"] == "h264"
    assert facts["frame_count"] is None


PICTURES = {
    "RGB": {},
    "grey": {"mode": "L"},
    "CMYK": {"mode": "CMYK"},
    "progressive": {"progressive": True},
    "300 dpi": {"dpi": (300, 300)},
    "72 by 96 dpi": {"dpi": (72, 96)},
}


@pytest.mark.parametrize("category", [GRAPHIC, PHOTO])
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_read_from_its_head(compare, tmp_path, name, category):
    made = dict(PICTURES[name])
    image = photograph((400, 300), made.pop("mode", "RGB"))
    path = picture(tmp_path / "picture.jpg", image, **made)

    facts = compare(path, category)

    assert facts["content_type"] == "jpeg"
    assert {"width_px", "mode", "dpi_x", "coding"} <= set(facts)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_picture_is_measured_upright(compare, tmp_path, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = picture(tmp_path / "turned.jpg", photograph((400, 300)), exif=exif)

    facts = compare(path, PHOTO)

    assert facts["orientation"] == orientation
    assert facts["display_width_px"] == (300 if orientation > 4 else 400)


@pytest.mark.parametrize(("unit", "value"), [(2, 300.0), (3, 118.11), (1, 300.0)])
@pytest.mark.parametrize("jfif", [None, (72, 72)])
def test_exif_density_counts_where_jfif_is_silent(compare, tmp_path, unit, value, jfif):
    exif = Image.Exif()
    exif[0x011A], exif[0x011B], exif[0x0128] = value, value, unit
    options = {"exif": exif} | ({"dpi": jfif} if jfif else {})
    path = picture(tmp_path / "dense.jpg", photograph((400, 300)), **options)

    compare(path, GRAPHIC)


def test_jfif_dots_per_centimetre_are_converted(compare, tmp_path):
    data = bytearray(makers.jpeg_bytes(photograph((400, 300)), dpi=(118, 118)))
    data[13] = 2
    path = tmp_path / "metric.jpg"
    path.write_bytes(data)

    facts = compare(path, GRAPHIC)

    assert facts["dpi_x"] == 299.72


def test_a_big_profile_before_the_frame_is_passed_over(compare, tmp_path):
    profile = bytes(600_000)
    path = picture(tmp_path / "icc.jpg", photograph((400, 300)), icc_profile=profile)

    assert compare(path, GRAPHIC)["width_px"] == 400


@pytest.mark.parametrize("keep", [2, 20, 200])
def test_a_picture_that_ends_in_its_head_is_not_readable(compare, tmp_path, keep):
    path = tmp_path / "head.jpg"
    path.write_bytes(b"\xff\xd8\xff" + makers.jpeg_bytes(photograph())[3:][:keep])

    facts = compare(path, PHOTO)

    assert facts["is_decodable"] is False


SOMETHING_ELSE = {
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "avif": b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf",
    "webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "gif": b"GIF89a\x01\0\x01\0",
    "pdf": b"%PDF-1.7\n",
    "svg": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "html": b"\xef\xbb\xbf  <!DOCTYPE html><html></html>",
    "zip": b"PK\x03\x04\x14\0",
    "mkv": b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x88matroska",
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
    "avi": b"RIFF\x24\0\0\0AVI LIST",
    "tiff": b"II*\0\x08\0\0\0",
    "raw": b"II*\0\x10\0\0\0CR\x02\0",
    "audio": b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42",
    "mpeg_ts": (b"\x47" + bytes(187)) * 3,
    "unknown": b"just words",
    "empty": b"",
}


@pytest.mark.parametrize("kind", SOMETHING_ELSE)
@pytest.mark.parametrize("category", [SHORT_VIDEO, GRAPHIC])
def test_a_renamed_file_is_told_by_its_content(compare, tmp_path, kind, category):
    path = tmp_path / "renamed.jpg"
    path.write_bytes(SOMETHING_ELSE[kind])

    facts = compare(path, category, unlike={"is_fragmented"})

    assert facts["content_type"] == kind


@pytest.mark.parametrize("at", range(0, 1600, 97))
def test_spoiled_boxes_never_make_more_than_the_server_finds(
    modules, tmp_path, plain, at
):
    data = bytearray(plain)
    data[at : at + 3] = b"\xff\x00\x7f"
    path = tmp_path / "spoiled.mp4"
    path.write_bytes(data)

    facts = node.facts_read_from(path, base=modules)

    assert facts["size_bytes"] == len(data)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    path = tmp_path_factory.mktemp("plain") / "plain.mp4"
    return film(path, "-movflags", "+faststart", **SMALL).read_bytes()
