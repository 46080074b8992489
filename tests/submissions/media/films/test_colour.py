"""A film looks in its poster as on a screen, whatever its colours were meant for."""

import pytest
from PIL import Image

from submissions.media.examine import examine
from submissions.media.facts import VideoFacts
from submissions.media.films.colour import Colour, colour_of
from tests.submissions.media import makers
from tests.submissions.media.categories import SHORT_VIDEO
from tests.submissions.media.makers import by_kind

HD = {"display_width_px": 1920, "display_height_px": 1080}
SD = {"display_width_px": 720, "display_height_px": 576}
PLAIN = {"source": "color", "seconds": 1, "sound": None}


@pytest.mark.parametrize(
    ("facts", "colour"),
    [
        (HD, Colour()),
        (HD | {"color_space": "unknown", "color_transfer": "reserved"}, Colour()),
        (SD, Colour(matrix="smpte170m")),
        (SD | {"color_space": "bt470bg"}, Colour(matrix="bt470bg")),
        (HD | {"pixel_format": "yuvj420p"}, Colour(is_full_range=True)),
        (HD | {"color_range": "pc"}, Colour(is_full_range=True)),
        (
            HD | {"color_primaries": "bt2020", "color_transfer": "arib-std-b67"},
            Colour(matrix="bt2020nc", transfer="arib-std-b67", primaries="bt2020"),
        ),
    ],
)
def test_what_is_not_told_is_completed(facts, colour):
    assert colour_of(VideoFacts(**facts)) == colour


@pytest.mark.parametrize(
    "colours",
    [
        "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
        "setparams=colorspace=bt709:color_trc=bt709:color_primaries=bt709",
        "scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p,"
        "setparams=colorspace=smpte170m:color_trc=bt709:color_primaries=bt709",
    ],
)
def test_red_is_red_in_the_poster(tmp_path, colours):
    path = makers.film(tmp_path / "red.mp4", "-vf", filled("red") + colours, **PLAIN)

    examination = examine(path, category=SHORT_VIDEO, scratch_dir=tmp_path)

    assert _close(by_kind(examination)["poster"].path, (254, 0, 0))


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_white_of_a_film_in_high_dynamic_range_is_not_grey(tmp_path, transfer):
    path = makers.film(
        tmp_path / "white.mp4",
        *("-vf", filled("white") + in_hdr(transfer), "-tag:v", "hvc1"),
        *("-color_primaries", "bt2020", "-colorspace", "bt2020nc"),
        *("-color_trc", transfer),
        coding=makers.HEVC,
        **PLAIN,
    )

    examination = examine(path, category=SHORT_VIDEO, scratch_dir=tmp_path)

    assert examination.facts.color_transfer == transfer
    assert _close(by_kind(examination)["poster"].path, (235, 235, 235))


def filled(colour):
    return f"format=gbrp,drawbox=color={colour}:t=fill,"


def in_hdr(transfer):
    return (
        "scale=out_color_matrix=bt709:out_range=tv,format=yuv444p,"
        "setparams=colorspace=bt709:color_trc=bt709:color_primaries=bt709:range=tv,"
        "zscale=t=linear:npl=203,format=gbrpf32le,"
        f"zscale=p=bt2020:t={transfer}:m=bt2020nc:npl=203:r=limited,format=yuv420p10le"
    )


def _close(path, colour):
    with Image.open(path) as image:
        found = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    return all(abs(a - b) <= 12 for a, b in zip(found, colour, strict=True))
