"""Body colour on paper: shapes with torn edges and clouded fills, by Pillow alone."""

import itertools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageFont

FONT = Path(settings.BASE_DIR) / "static" / "fonts" / "portal-serif.woff2"
SIDES = 28  # of the polygon that stands for a circle


def grid(rng, size):
    return Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))


def clouds(rng, size, cell):
    """Soft noise about middle grey: three octaves of random grids, blown up."""
    layers = []
    for shrink in (1, 2.2, 4.8):
        cells = (
            max(3, round(size[0] * shrink / cell)),
            max(3, round(size[1] * shrink / cell)),
        )
        layers.append(grid(rng, cells).resize(size, Image.Resampling.BICUBIC))
    return Image.blend(Image.blend(layers[0], layers[1], 0.4), layers[2], 0.3)


def mixed(colour, other, share):
    """A colour between two."""
    first, second = ImageColor.getrgb(colour), ImageColor.getrgb(other)
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))


def circle(x, y, rx, ry=None, *, start=0, end=360):
    ry = rx if ry is None else ry
    angles = [math.radians(start + (end - start) * i / SIDES) for i in range(SIDES + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def box(x0, y0, x1, y1, round_by=0):
    """A rectangle, its corners rounded."""
    if not round_by:
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    corners = (
        (x1 - round_by, y0 + round_by, 270),
        (x1 - round_by, y1 - round_by, 0),
        (x0 + round_by, y1 - round_by, 90),
        (x0 + round_by, y0 + round_by, 180),
    )
    return [
        point
        for x, y, start in corners
        for point in circle(x, y, round_by, start=start, end=start + 90)[::4]
    ]


def curve(*controls, steps=24):
    """Points of a Bézier curve of any degree."""
    found = []
    for i in range(steps + 1):
        t, points = i / steps, list(controls)
        while len(points) > 1:
            points = [
                (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
                for a, b in itertools.pairwise(points)
            ]
        found.append(points[0])
    return found


@lru_cache(maxsize=16)
def font(size):
    return ImageFont.truetype(str(FONT), size)


class Sheet:
    """Paper of `units` (width, height), painted `scale` pixels to the unit."""

    def __init__(self, units, scale, seed):
        self.units = units
        self.scale = scale
        self.rng = random.Random(seed)
        self.size = (round(units[0] * scale), round(units[1] * scale))
        self.image = Image.new("RGB", self.size, "white")
        self.tooth = clouds(self.rng, self.size, 9 * scale)
        self.cloud = clouds(self.rng, self.size, 120 * scale)

    def sky(self, *stops):
        """Fills the sheet from top to bottom with (place 0 to 1, colour) stops."""
        height = self.size[1]
        for (y0, upper), (y1, lower) in itertools.pairwise(stops):
            top, foot = round(y0 * height), round(y1 * height)
            if foot > top:
                ramp = Image.linear_gradient("L").resize((self.size[0], foot - top))
                band = Image.composite(
                    Image.new("RGB", ramp.size, lower),
                    Image.new("RGB", ramp.size, upper),
                    ramp,
                )
                self.image.paste(band, (0, top))
        lit = self.image.point(lambda value: min(255, round(value * 1.07 + 5)))
        self.image = Image.composite(lit, self.image, self.cloud.point(contrast))

    def fill(self, points, colour, *, rough=1.6, shade=0.1, alpha=1.0):
        """A shape with a torn edge, its colour clouded as gouache dries."""
        self._print(
            points,
            lambda pen, at: pen.polygon(at, fill=255),
            colour,
            rough,
            shade,
            alpha,
        )

    def stroke(self, points, width, colour, *, rough=1.2, shade=0.08, alpha=1.0):
        """A brush stroke with round ends."""
        thick = max(1, round(width * self.scale))

        def drawn(pen, at):
            pen.line(at, fill=255, width=thick, joint="curve")
            for x, y in (at[0], at[-1]):
                r = thick / 2
                pen.ellipse((x - r, y - r, x + r, y + r), fill=255)

        self._print(points, drawn, colour, rough, shade, alpha, pad=width)

    def text(self, words, x, y, size, colour, *, alpha=1.0):
        """Words in the display serif, centred on (x, y)."""
        face = font(round(size * self.scale))
        half = (face.getlength(words) / 2 / self.scale, size * 0.7)
        corners = [(x - half[0], y - half[1]), (x + half[0], y + half[1])]

        def drawn(pen, at):
            middle = ((at[0][0] + at[1][0]) / 2, (at[0][1] + at[1][1]) / 2)
            pen.text(middle, words, fill=255, font=face, anchor="mm")

        self._print(corners, drawn, colour, 0.5, 0.04, alpha)

    def glow(self, x, y, radius, colour, alpha=0.6):
        """Light around a lamp or the sun."""
        size = round(2 * radius * self.scale)
        ramp = ImageChops.invert(Image.radial_gradient("L")).resize((size, size))
        ramp = ramp.point(lambda v: round(max(0, v - 74) / 181 * 255 * alpha))
        corner = (round((x - radius) * self.scale), round((y - radius) * self.scale))
        self.image.paste(Image.new("RGB", (size, size), colour), corner, ramp)

    def _print(self, points, drawn, colour, rough, shade, alpha, pad=0.0):
        edge = (rough * 3 + pad) * self.scale + 3
        at = [(x * self.scale, y * self.scale) for x, y in points]
        left = max(0, math.floor(min(x for x, _ in at) - edge))
        top = max(0, math.floor(min(y for _, y in at) - edge))
        right = min(self.size[0], math.ceil(max(x for x, _ in at) + edge))
        foot = min(self.size[1], math.ceil(max(y for _, y in at) + edge))
        if right <= left or foot <= top:
            return
        area = (left, top, right, foot)
        mask = Image.new("L", (right - left, foot - top), 0)
        drawn(ImageDraw.Draw(mask), [(x - left, y - top) for x, y in at])
        if rough:
            mask = mask.filter(ImageFilter.GaussianBlur(rough * self.scale))
            mask = Image.blend(mask, self.tooth.crop(area), 0.3)
            mask = mask.point(torn)
        if alpha < 1:
            mask = mask.point(lambda value: round(value * alpha))
        paint = Image.composite(
            Image.new("RGB", mask.size, mixed(colour, "#ffffff", shade)),
            Image.new("RGB", mask.size, mixed(colour, "#1c1230", shade * 0.55)),
            self.cloud.crop(area).point(contrast),
        )
        self.image.paste(paint, (left, top), mask)

    def finish(self, *, vignette=0.22):
        """Grain of the paper, and corners a little darker."""
        fine = grid(self.rng, (self.size[0] // 2 + 1, self.size[1] // 2 + 1))
        fine = fine.resize(self.size, Image.Resampling.BILINEAR)
        fine = Image.blend(fine, self.tooth, 0.5).point(lambda v: 243 + v * 12 // 255)
        self.image = ImageChops.multiply(self.image, Image.merge("RGB", [fine] * 3))
        ramp = Image.radial_gradient("L").resize(self.size)
        ramp = ramp.point(lambda v: 255 - round(max(0, v - 110) / 145 * 255 * vignette))
        self.image = ImageChops.multiply(self.image, Image.merge("RGB", [ramp] * 3))
        return self.image


def torn(value):
    """Turns a blurred edge mixed with noise into a sharp, ragged one."""
    return max(0, min(255, (value - 114) * 9))


def contrast(value):
    return max(0, min(255, round((value - 128) * 1.9 + 128)))


@dataclass(frozen=True)
class Scene:
    """Something to paint, and the size it was composed for."""

    units: tuple[int, int]
    compose: Callable[[Sheet], None]
    seed: int
    has_words: bool = False  # and so cannot be mirrored

    def paint(self, width, height, *, variant=0):
        scale = max(width / self.units[0], height / self.units[1])
        sheet = Sheet(self.units, scale, self.seed + 101 * variant)
        self.compose(sheet)
        image = sheet.finish()
        if variant % 2 and not self.has_words:
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        left, top = (image.width - width) // 2, (image.height - height) // 2
        return image.crop((left, top, left + width, top + height))
