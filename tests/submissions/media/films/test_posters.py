"""A film is shown by its most telling frame."""

import numpy as np
import pytest
from PIL import Image

from submissions.media.films.frames import Frames
from submissions.media.films.posters import poster

SIZE_PX = (64, 36)


@pytest.fixture
def frames(tmp_path):
    def written(*lumas: np.ndarray, cut_bytes: int = 0) -> Frames:
        grey = np.full(SIZE_PX[::-1], 128, np.uint8)
        content = b"".join(
            plane.astype(np.uint8).tobytes()
            for luma in lumas
            for plane in (luma, grey, grey)
        )
        path = tmp_path / "posters.yuv"
        path.write_bytes(content[: len(content) - cut_bytes])
        return Frames(path=path, width_px=SIZE_PX[0], height_px=SIZE_PX[1])

    return written


def plain(value: int) -> np.ndarray:
    return np.full(SIZE_PX[::-1], value)


def lively(low: int = 30, high: int = 220) -> np.ndarray:
    ramp = np.linspace(low, high, SIZE_PX[0])
    return np.broadcast_to(ramp, SIZE_PX[::-1])


def test_the_frame_with_most_to_see_is_taken(frames, tmp_path):
    found = poster(frames(plain(0), lively(), plain(255)), folder=tmp_path, label=None)

    assert [copy.kind for copy in found] == ["poster", "thumbnail"]
    with Image.open(found[0].path) as image:
        left, right = image.getpixel((2, 18)), image.getpixel((61, 18))
    assert max(left) < 60 and min(right) > 190


def test_of_two_alike_the_one_neither_dark_nor_bright_is_taken(frames, tmp_path):
    dark, even = lively(0, 100), lively(68, 168)

    found = poster(frames(dark, even), folder=tmp_path, label=None)

    with Image.open(found[0].path) as image:
        assert min(image.getpixel((2, 18))) > 50


def test_a_frame_cut_short_is_left(frames, tmp_path):
    cut = frames(plain(90), lively(), cut_bytes=1)

    assert len(cut) == 1
    with pytest.raises(IndexError):
        cut[1]
    assert poster(cut, folder=tmp_path, label=None)[0].width_px == SIZE_PX[0]


def test_a_film_that_left_no_whole_frame_has_no_poster(frames, tmp_path):
    assert poster(frames(lively(), cut_bytes=1), folder=tmp_path, label=None) == []
    assert poster(None, folder=tmp_path, label=None) == []
