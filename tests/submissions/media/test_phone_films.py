"""Films as phones write them are let in, or told how to come in.

Tracks that only a phone's own programs understand (spatial sound, timed metadata) are
made by renaming a track that is there: to a reader they are just as foreign.
"""

import pytest
from django.utils import translation

from submissions.media.examine import examine
from tests.submissions.media import makers
from tests.submissions.media.categories import SHORT_VIDEO

COLOURS = "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc"
HEVC = (
    *("-c:v", "libx265", "-preset", "ultrafast"),
    *("-x265-params", f"log-level=none:{COLOURS}", "-pix_fmt", "yuv420p10le"),
    *("-tag:v", "hvc1", "-c:a", "aac"),
)
IPHONE = (
    *("-movflags", "+use_metadata_tags+faststart"),
    *("-metadata", "com.apple.quicktime.make=Apple"),
    *("-metadata", "com.apple.quicktime.model=iPhone 15 Pro"),
    *("-metadata", "com.apple.quicktime.software=17.5.1"),
)
HDR10 = (
    *("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"),
    "-x265-params",
    "log-level=none:hdr10=1:max-cll=1000,400:colorprim=bt2020:transfer=smpte2084:"
    "colormatrix=bt2020nc",
    *("-tag:v", "hvc1", "-c:a", "aac"),
)
FIRST_NO_SLICE = 32  # among the kinds of units of HEVC
EYES = bytes.fromhex("0000001565796573" + "0000000d73747269" + "0000000003")
DOLBY_VISION_8_4 = bytes.fromhex("0100102540") + bytes(19)


def judged(path):
    examination = examine(path, category=SHORT_VIDEO)
    return (
        examination.verdict.value,
        {finding.code.value for finding in examination.findings},
    )


@pytest.fixture(scope="module")
def upright(shelf):
    """HEVC of ten bits in HLG, filmed upright, as an iPhone or a newer Android does."""
    flat = makers.film(shelf / "hlg.mp4", seconds=1, coding=HEVC)
    return makers.remux(
        flat, shelf / "upright.mp4", *IPHONE, before=("-display_rotation", "-90")
    )


@pytest.fixture(scope="module")
def with_more_tracks(shelf, upright):
    """Beside picture and sound: a second sound and a track of metadata."""
    return makers.remux(
        upright,
        shelf / "tracks.mp4",
        *("-map", "0:v", "-map", "0:a", "-map", "0:a"),
        *("-timecode", "00:00:00:00", "-write_tmcd", "1", "-movflags", "+faststart"),
    )


def renamed(data: bytes, old: bytes, new: bytes, *, last=False) -> bytes:
    """One sample entry under another name."""
    at = data.rindex(old) if last else data.index(old)
    return data[:at] + new + data[at + len(old) :]


def grown(data: bytes, path: list[bytes], box: bytes) -> bytes:
    """The film with a box put at the end of another; those around it grow with it."""
    start, end = 0, len(data)
    around = []
    for kind in path:
        at = data.index(kind, start, end) - 4
        around.append(at)
        start, end = at + 8, at + int.from_bytes(data[at : at + 4], "big")
    for at in around:
        size = int.from_bytes(data[at : at + 4], "big") + len(box)
        data = data[:at] + size.to_bytes(4, "big") + data[at + 4 :]
    return data[:end] + box + data[end:]


def with_a_second_view(stream: bytes) -> bytes:
    """A raw HEVC stream whose every slice comes once more, for the other eye."""
    units = stream.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1")[1:]
    doubled = []
    for unit in units:
        doubled.append(unit)
        if unit[0] >> 1 < FIRST_NO_SLICE:
            doubled.append(unit[:1] + bytes([unit[1] | 1 << 3]) + unit[2:])
    return b"".join(b"\0\0\0\1" + unit for unit in doubled)


def written(tmp_path, data):
    path = tmp_path / "IMG_0001.MP4"
    path.write_bytes(data)
    return path


def test_an_upright_hdr_film_in_hevc_is_let_in(upright):
    examination = examine(upright, category=SHORT_VIDEO)

    facts = examination.facts
    assert (facts.display_width_px, facts.display_height_px) == (1080, 1920)
    assert (facts.color_transfer, facts.camera) == (
        "arib-std-b67",
        "Apple iPhone 15 Pro",
    )
    assert judged(upright) == ("passed", {"VID-CODEC-CONVERT"})


def test_dolby_vision_is_let_in(upright, tmp_path):
    flat = makers.remux(upright, tmp_path / "behind.mp4")  # the index behind the data
    record = len(DOLBY_VISION_8_4 + bytes(8)).to_bytes(4, "big") + b"dvvC"
    inner = [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"hvc1"]

    path = written(tmp_path, grown(flat.read_bytes(), inner, record + DOLBY_VISION_8_4))

    assert judged(path)[0] in {"passed", "review"}
    assert "VID-CODEC-CONVERT" in judged(path)[1]


def test_a_spatial_film_is_let_in_by_its_first_view(upright, tmp_path):
    raw = makers.remux(upright, tmp_path / "a.hevc", "-an")
    one_view = raw.stat().st_size
    raw.write_bytes(with_a_second_view(raw.read_bytes()))
    flat = makers.remux(
        raw,
        tmp_path / "flat.mp4",
        *("-map", "1:v", "-map", "0:a", "-tag:v", "hvc1"),
        before=("-i", upright, "-r", "5"),
    )
    inner = [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"hvc1"]
    vexu = (len(EYES) + 8).to_bytes(4, "big") + b"vexu" + EYES

    path = written(tmp_path, grown(flat.read_bytes(), inner, vexu))
    examination = examine(path, category=SHORT_VIDEO)

    assert examination.verdict in {"passed", "review"}
    assert makers.codes(examination) == ["VID-CODEC-CONVERT"]
    assert examination.facts.display_width_px == 1920
    assert path.stat().st_size > raw.stat().st_size > 1.9 * one_view


def test_an_upright_film_in_hdr10_is_let_in(tmp_path):
    flat = makers.film(tmp_path / "a.mp4", seconds=1, coding=HDR10)
    path = makers.remux(
        flat, tmp_path / "IMG_0001.MP4", before=("-display_rotation", "90")
    )

    facts = examine(path, category=SHORT_VIDEO).facts

    assert judged(path) == ("passed", {"VID-CODEC-CONVERT"})
    assert (facts.color_transfer, facts.display_width_px) == ("smpte2084", 1080)


@pytest.mark.parametrize("is_last", [False, True])
def test_spatial_sound_beside_the_sound_is_let_in(with_more_tracks, tmp_path, is_last):
    data = renamed(with_more_tracks.read_bytes(), b"mp4a", b"apac", last=is_last)

    verdict, codes = judged(written(tmp_path, data))

    assert verdict in {"passed", "review"}
    assert not {code for code in codes if "DATA" in code or "STREAM" in code}


def test_timed_metadata_is_let_in(with_more_tracks, tmp_path):
    data = with_more_tracks.read_bytes().replace(b"tmcd", b"mebx")

    verdict, codes = judged(written(tmp_path, data))

    assert b"mebx" in data
    assert verdict in {"passed", "review"}
    assert not {code for code in codes if "DATA" in code or "STREAM" in code}


def test_an_android_film_with_a_makers_box_behind_it_is_let_in(tmp_path):
    film = makers.film(
        tmp_path / "a.mp4",
        *("-vf", "select='not(eq(mod(n,7),3))'", "-fps_mode", "vfr"),
        *("-brand", "mp42", "-metadata", "com.android.version=14"),
        seconds=1,
        rate=20,
    )
    body = b"MotionPhoto_Data" + bytes(200)
    data = film.read_bytes() + (len(body) + 8).to_bytes(4, "big") + b"sefd" + body

    assert judged(written(tmp_path, data)) == ("passed", set())


def test_a_film_recompressed_by_a_chat_program_is_told_how_to_come(tmp_path):
    film = makers.film(tmp_path / "a.mp4", size="960x544", seconds=1)

    [finding] = examine(film, category=SHORT_VIDEO).findings

    assert finding.code == "VID-PIXELS-LOW"
    with translation.override("en"):
        assert "original quality" in finding.message


def test_an_iphones_mov_is_told_how_to_become_an_mp4(upright, tmp_path):
    mov = makers.remux(upright, tmp_path / "IMG_0001.MOV", "-tag:v", "hvc1")

    examination = examine(mov, category=SHORT_VIDEO)

    refused = [each for each in examination.findings if each.severity == "error"]
    assert [(each.code, each.params["variant"]) for each in refused] == [
        ("VID-CONTAINER-OTHER", "mov")
    ]
    with translation.override("en"):
        assert "the picture stays the same" in refused[0].message
    renamed_only = written(tmp_path, mov.read_bytes())
    assert [
        each.code
        for each in examine(renamed_only, category=SHORT_VIDEO).findings
        if each.severity == "error"
    ] == ["VID-CONTAINER-OTHER"]
    again = makers.remux(mov, tmp_path / "again.mp4", "-tag:v", "hvc1")
    assert judged(again)[0] in {"passed", "review"}
