"""What is told of pictures that were not decoded is what ffprobe tells of decoded."""

import struct
from io import BytesIO

import pytest

from submissions.media.films import avc, boxes, video
from submissions.media.tools import ffmpeg
from tests.submissions.media import makers

NOT_ASKED_FOR = {"bits_per_raw_sample", "chroma_location", "has_b_frames"}
BT709 = {f"color_{name}": "bt709" for name in ("space", "primaries", "transfer")}


def tagged(*, range_, space="bt709", primaries="bt709", transfer="bt709"):
    tags = f"range={range_}:colorspace={space}:color_primaries={primaries}"
    return ("-vf", f"format=yuv420p,setparams={tags}:color_trc={transfer}")


def film(folder, *options, size="322x188", **made):
    return makers.film(
        folder / "a.mp4", *options, size=size, seconds=0.4, rate=10, **made
    )


def walked(path):
    with path.open("rb") as file:
        return boxes.walk(file, size_bytes=path.stat().st_size)


def asked_for(header):
    return [
        {name: told for name, told in stream.items() if name not in NOT_ASKED_FOR}
        for stream in header["streams"]
    ]


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("-profile:v", "baseline", "-pix_fmt", "yuv420p"),
        tagged(range_="tv"),
        ("-pix_fmt", "yuvj420p"),
        (*tagged(range_="pc"), "-movflags", "-write_colr"),
        tagged(range_="tv", space="bt470bg", primaries="bt470bg"),
        ("-pix_fmt", "yuv420p", "-movflags", "+frag_keyframe+empty_moov"),
        (
            "-pix_fmt",
            "yuv420p",
            "-metadata:s:v",
            "rotate=90",
            "-movflags",
            "+faststart",
        ),
        (
            "-pix_fmt",
            "yuv420p",
            "-color_trc",
            "smpte2084",
            "-color_primaries",
            "bt2020",
        ),
        ("-pix_fmt", "yuv420p10le"),
        ("-pix_fmt", "yuv444p"),
        ("-pix_fmt", "yuv420p", "-vf", "setsar=4/3"),
        ("-pix_fmt", "yuv420p", "-flags", "+ildct", "-x264-params", "tff=1"),
        ("-pix_fmt", "yuv420p", "-x264-params", "cqm=jvt"),
        ("-pix_fmt", "yuv420p", "-preset", "slow", "-bf", "3"),
    ],
)
def test_a_header_is_the_same_whether_a_picture_is_decoded_for_it_or_not(
    options, tmp_path
):
    path = film(tmp_path, *options)

    quick = video.header_of(path, walked(path))

    counts = "+frag_keyframe+empty_moov" in options
    full = ffmpeg.read_header(path, counts_packets=counts)
    assert asked_for(quick) == asked_for(full)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("-pix_fmt", "yuv420p"), {}),
        (tagged(range_="tv"), {"color_range": "tv"} | BT709),
        (tagged(range_="pc"), {"color_range": "pc"} | BT709),
        (
            tagged(range_="tv", primaries="unknown"),
            {"color_range": "tv"} | BT709 | {"color_primaries": ""},
        ),
        (tagged(range_="tv", transfer="smpte2084"), None),
        (("-pix_fmt", "yuv420p10le"), None),
        (("-pix_fmt", "yuv444p"), None),
        (("-pix_fmt", "yuv420p", "-vf", "setsar=4/3"), None),
        (("-pix_fmt", "yuv420p", "-flags", "+ildct", "-x264-params", "tff=1"), None),
    ],
)
def test_only_ordinary_pictures_are_told_without_decoding(options, told, tmp_path):
    path = film(tmp_path, *options)

    assert walked(path).pictures == told


def test_nothing_is_told_of_pictures_coded_otherwise(tmp_path):
    path = film(tmp_path, coding=makers.HEVC)

    assert walked(path).pictures is None


def test_a_spoiled_set_of_parameters_is_left_to_ffprobe(tmp_path):
    whole = film(tmp_path, "-pix_fmt", "yuv420p").read_bytes()
    at = whole.index(b"avcC") + 4
    spoiled = [
        whole[:at] + bytes(40) + whole[at + 40 :],
        whole[: at + 8] + b"\x67\xff\xff\xff" + whole[at + 12 :],
        whole[: at + 6] + b"\xff\xff" + whole[at + 8 :],
    ]
    path = tmp_path / "spoiled.mp4"

    for data in spoiled:
        path.write_bytes(data)

        assert walked(path).pictures is None


def test_two_film_tracks_are_left_to_ffprobe(tmp_path):
    one = film(tmp_path, "-pix_fmt", "yuv420p", sound=None)
    path = tmp_path / "two.mp4"
    makers.remux(one, path, "-map", "0:v", "-map", "0:v")

    assert walked(path).pictures is None


def test_two_headers_are_left_to_ffprobe(tmp_path):
    path = film(tmp_path, "-pix_fmt", "yuv420p", "-movflags", "+faststart")
    whole = path.read_bytes()
    start, end = whole.index(b"moov") - 4, whole.index(b"mdat") - 4
    path.write_bytes(whole + whole[start:end])

    assert walked(path).pictures is None


def test_a_header_of_very_many_boxes_is_not_read_to_its_end():
    def box(kind, body):
        return struct.pack(">I", 8 + len(body)) + kind + body

    crowd = box(b"mdia", box(b"minf", b"") * 1000) * 100
    header = box(b"trak", crowd) * 100
    file = CountingReads(header)

    assert avc.ordinary(file, start=0, end=len(header)) is None
    assert file.count <= 2 * avc.MAX_BOXES


class CountingReads(BytesIO):
    count = 0

    def read(self, *size):
        self.count += 1
        return super().read(*size)


def test_what_the_track_says_of_its_colours_goes_before_what_the_container_says():
    header = {"streams": [{"codec_name": "h264", "color_primaries": "bt2020"}]}

    completed = avc.completed(header, {"color_primaries": "", "color_range": "tv"})

    assert completed["streams"] == [
        {"codec_name": "h264", "color_range": "tv", "pix_fmt": "yuv420p"}
    ]


def test_what_is_no_film_track_stays_as_it_was():
    header = {"streams": [{"codec_name": "aac", "profile": "LC"}]}

    assert avc.completed(header, {"color_range": "tv"}) == header
