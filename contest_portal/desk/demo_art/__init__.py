"""Illustrated scenes for demonstration works and unit pictures, drawn with Pillow.

Everything is invented and drawn here, so nobody's rights or faces are touched.
"""

from PIL import Image

from contest_portal.desk.demo_art.landscapes import LANDSCAPES
from contest_portal.desk.demo_art.portraits import PORTRAITS
from contest_portal.desk.demo_art.streets import STREETS

SCENES = LANDSCAPES | STREETS | PORTRAITS
NAMES = tuple(SCENES)


def draw(name: str, width: int, height: int, *, variant: int = 0) -> Image.Image:
    """The scene, filling width × height. Odd variants are mirrored if they can be."""
    return SCENES[name].paint(width, height, variant=variant)


def has_words(name: str) -> bool:
    """Whether words stand in the scene, so that a mirrored copy would be wrong."""
    return SCENES[name].has_words
