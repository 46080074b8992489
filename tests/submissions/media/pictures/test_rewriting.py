"""JPEGs written anew for decoders that are to see only some of them."""

import pytest
import simplejpeg

from submissions.media.pictures import jpeg, rewriting
from tests.submissions.media import makers


def written(size=(810, 630), **options):
    return makers.jpeg_bytes(makers.photograph(size), **options)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_bare_picture_is_the_same_without_what_is_beside_it(progressive):
    data = written(
        progressive=progressive, exif=b"Exif\0\0MM\0*\0\0\0\x08", comment=b"by hand"
    )

    bare = rewriting.bare(memoryview(data))

    shown = [simplejpeg.decode_jpeg(each).tobytes() for each in (data, bare)]
    beside = [b"JFIF" in bare, b"Exif" in bare, b"by hand" in bare]
    assert shown[0] == shown[1]
    assert beside == [False, False, False]


@pytest.mark.parametrize(
    ("subsampling", "size"),
    [("4:4:4", (102, 79)), ("4:2:2", (102, 79)), ("4:2:0", (102, 80))],
)
def test_mean_values_are_a_lossless_picture_with_a_point_for_each_block(
    subsampling, size
):
    data = written(progressive=True, subsampling=subsampling)

    alone = rewriting.mean_values(data, jpeg.walk(data))

    pixels = simplejpeg.decode_jpeg(alone, strict=True)
    assert (pixels.shape[1], pixels.shape[0]) == size


def test_mean_values_of_grey():
    data = makers.jpeg_bytes(
        makers.photograph((810, 630)).convert("L"), progressive=True
    )

    alone = rewriting.mean_values(data, jpeg.walk(data))

    assert simplejpeg.decode_jpeg(alone, "GRAY", strict=True).shape == (79, 102, 1)


def test_mean_values_of_a_scan_that_starts_anew_are_not_told_apart():
    data = written(progressive=True, restart_marker_rows=2)

    assert rewriting.mean_values(data, jpeg.walk(data)) == b""
