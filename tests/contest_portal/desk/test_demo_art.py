"""Scenes for demonstration works."""

import pytest
from PIL import ImageChops

from contest_portal.desk import demo_art


@pytest.mark.parametrize("name", demo_art.NAMES)
def test_a_scene_fills_the_asked_size(name):
    picture = demo_art.draw(name, 300, 200)

    assert picture.size == (300, 200)
    assert picture.mode == "RGB"
    assert len(picture.getcolors(60_000)) > 1000


def test_the_same_scene_is_drawn_the_same_way_again():
    first, second = (demo_art.draw("tea", 240, 160) for _time in range(2))

    assert ImageChops.difference(first, second).getbbox() is None


def test_variants_differ():
    first, second = (demo_art.draw("tea", 240, 160, variant=v) for v in (0, 2))

    assert ImageChops.difference(first, second).getbbox() is not None


@pytest.mark.parametrize(("name", "has_words"), [("bins", True), ("lotus", False)])
def test_scenes_with_words_are_known(name, has_words):
    assert demo_art.has_words(name) is has_words
