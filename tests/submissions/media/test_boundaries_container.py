"""Every boundary of REQUIREMENTS part B about containers and whether all is there.

A row is as test_boundaries_video.py describes it.
"""

import pytest

from tests.submissions.media import makers
from tests.submissions.media.edge_films import SMALL
from tests.submissions.media.film_rows import (
    CONVERTED,
    CUT_SHORT,
    MUTE,
    NO_MP4,
    SHORT,
    Row,
    told_of,
)


def contained(what, make, codes, rule="B2f"):
    return Row(what, rule, make, codes)


def other(extension, *coding):
    return contained(
        f"{extension} renamed to MP4",
        lambda f: f.renamed(
            makers.film(
                f.path(f"a.{extension}"), size=SMALL, seconds=1, sound=None,
                coding=coding,
            ),
            "a.mp4",
        ),
        [NO_MP4],
        rule="48",
    )  # fmt: skip


def bytes_named_mp4(what, data):
    return contained(
        f"{what} renamed to MP4",
        lambda f: f.spoiled(lambda _film: data, name="a.mp4"),
        [NO_MP4],
        rule="48",
    )


CONTAINERS = [
    contained(
        "a MOV renamed to MP4",
        lambda f: f.renamed(f.remuxed(name="a.mov"), "b.mp4"),
        [NO_MP4],
    ),
    contained("an MP4 renamed to MOV", lambda f: f.copied("a.mov"), []),
    contained("an MP4 renamed to JPG", lambda f: f.copied("a.jpg"), []),
    contained("an MP4 without an ending", lambda f: f.copied("a"), []),
    contained(
        "MP4 in fragments",
        lambda f: f.remuxed("-movflags", "frag_keyframe+empty_moov"),
        [],
    ),
    contained("M4V", lambda f: f.remuxed("-f", "ipod"), []),
    contained("the index in front", lambda f: f.remuxed("-movflags", "+faststart"), []),
    other("mkv", *makers.FAST[:4]),
    other("avi", "-c:v", "mpeg4"),
    other("ts", *makers.FAST[:4]),
    other("flv", *makers.FAST[:4]),
    other("webm", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"),
    other("gif"),
    other("jpg", "-frames:v", "1"),
    bytes_named_mp4("a web page", b"<!doctype html><title>a</title>"),
    bytes_named_mp4("a playlist", b"#EXTM3U\nfile:///etc/hostname\n"),
    bytes_named_mp4("a PDF", b"%PDF-1.7\n"),
    bytes_named_mp4("noise", bytes(range(256)) * 9),
    contained(
        "an empty file",
        lambda f: f.spoiled(lambda _film: b""),
        [("FRM-FILE-EMPTY", "error")],
        rule="A4",
    ),
]

CODINGS = [
    Row(
        f"{coding} in MP4",
        "B2h",
        lambda f, coding=coding: f.coded(coding),
        [CONVERTED],
        facts={"codec": name},
    )
    for coding, name in {
        "hevc": "hevc",
        "hevc 10 bit": "hevc",
        "av1": "av1",
        "vp9": "vp9",
        "mpeg4": "mpeg4",
        "h264 10 bit": "h264",
    }.items()
]


CODINGS.append(
    Row(
        "a varying frame rate",
        "B2h",
        lambda f: makers.film(
            f.path(),
            *("-vf", "select='if(lt(t,1),1,not(mod(n,3)))'", "-fps_mode", "vfr"),
            seconds=2,
            rate=10,
        ),
        [],
        facts={"is_variable_frame_rate": True},
    )
)


STREAMS = [
    Row(
        "a cover picture beside the film",
        "48",
        lambda f: f.with_cover(),
        [],
        facts={"video_stream_count": 1},
    ),
    Row("sound only", "48", lambda f: f.remuxed("-vn"), [("VID-STREAM-NONE", "error")]),
    Row(
        "two picture tracks",
        "48",
        lambda f: f.remuxed("-map", "0:v", "-map", "0:v", "-map", "0:a"),
        [("VID-STREAM-SEVERAL", "warning")],
        facts={"video_stream_count": 2},
    ),
    Row(
        "a track without frames",
        "48",
        lambda f: f.remuxed("-frames:v", "0"),
        [("VID-STREAM-NONE", "error")],
    ),
    Row(
        "an index in fragments, and no fragment",
        "48",
        lambda f: f.spoiled(
            lambda data: data[: data.index(b"moof") - 4],
            of=f.remuxed("-movflags", "frag_keyframe+empty_moov"),
        ),
        [("VID-DATA-DAMAGED", "error")],
        facts={"frame_count": 0, "duration_s": None},
    ),
]

WHOLENESS = [
    Row(
        "the second half missing",
        "A4",
        lambda f: f.spoiled(
            lambda data: data[: len(data) // 2],
            of=f.remuxed("-movflags", "+faststart"),
        ),
        [CUT_SHORT],
    ),
    Row(
        "cut exactly between two frames, so that all there is decodes cleanly",
        "A4",
        lambda f: f.cut_between_frames(),
        [CUT_SHORT],
        SHORT,
        {"decode_error_count": 0},
    ),
    Row(
        "cut between two fragments, an index of them in front",
        "A4",
        lambda f: f.cut_between_fragments("global_sidx"),
        [CUT_SHORT],
        SHORT,
    ),
    Row(
        "cut between two fragments, the length of all of them in front",
        "A4",
        lambda f: f.cut_between_fragments(announced_s=10),
        [("VID-DUR-HEADER", "warning"), MUTE],
        SHORT,
        {"duration_s": 5.0, "header_duration_s": 10.0},
    ),
    Row(
        "whole fragments, the length of all of them in front",
        "A4",
        lambda f: f.cut_between_fragments(announced_s=5),
        [MUTE],
        SHORT,
    ),
    Row(
        "cut between two fragments that nothing announces: a shorter film",
        "A4",
        lambda f: f.cut_between_fragments(),
        [MUTE],
        SHORT,
        {"duration_s": 5.0},
    ),
    Row(
        "the index at the end cut",
        "A4",
        lambda f: f.spoiled(
            lambda data: data[: data.rindex(b"moov") + 200], of=f.remuxed()
        ),
        [CUT_SHORT],
    ),
    Row(
        "a ZIP appended",
        "A4",
        lambda f: f.spoiled(lambda data: data + b"PK\x03\x04" + bytes(400)),
        [("VID-DATA-FOREIGN", "warning")],
    ),
    Row(
        "a black film",
        "A4",
        lambda f: f.black(),
        [MUTE, ("VID-PICTURE-BLACK", "info")],
        SHORT,
        {"black_s": 3.75},
    ),
]

ROWS = [*CONTAINERS, *CODINGS, *STREAMS, *WHOLENESS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule}: {row.what}")
def test_every_boundary_gets_its_codes(row, films):
    codes, facts = told_of(row, films)

    assert (codes, facts) == (row.codes, row.facts)
