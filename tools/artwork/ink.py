"""Ink on paper: noise, washes that bleed downwards, rough-edged silhouettes.

Everything works on float arrays, 0 to 1. A canvas is (height, width, 3) and only ever
gets darker (ink is subtractive), except where mist is laid over it.
"""

import itertools

import numpy as np
from PIL import Image, ImageDraw, ImageFilter


def hexed(colour):
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def stretched(grid, height, width):
    """A small random grid blown up smoothly."""
    image = Image.fromarray(grid.astype(np.float32), mode="F")
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC))


def noise(rng, shape, *, across, down, octaves=4, fade=0.5):
    """Fractal noise about 0, most of it within ±1; cells of across × down pixels."""
    height, width = shape
    total, strength, norm = np.zeros(shape), 1.0, 0.0
    for _ in range(octaves):
        cells = (max(2, int(height / down) + 2), max(2, int(width / across) + 2))
        total += strength * stretched(rng.standard_normal(cells), height, width)
        norm += strength**2
        strength *= fade
        across, down = max(across / 2, 1), max(down / 2, 1)
    return total / np.sqrt(norm) * 0.72


def smooth(low, high, values):
    """0 below low, 1 above high, an S between."""
    t = np.clip((values - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def wash(canvas, alpha, colour):
    """Lays transparent ink over the canvas."""
    ink = 1 - hexed(colour)
    canvas *= 1 - np.clip(alpha, 0, 1)[..., None] * ink


def cover(canvas, alpha, colour):
    """Lays body colour (mist, a figure) over the canvas."""
    alpha = np.clip(alpha, 0, 1)[..., None]
    canvas *= 1 - alpha
    canvas += alpha * hexed(colour)


def gradient(height, stops):
    """(height, 3) colours between (position 0 to 1, colour) stops."""
    places = np.linspace(0, 1, height)
    at = [stop[0] for stop in stops]
    colours = np.array([hexed(stop[1]) for stop in stops])
    return np.stack([np.interp(places, at, colours[:, c]) for c in range(3)], axis=1)


def line(rng, width, anchors, *, roughness, cell):
    """A ridge through (x, y) anchors: rounded between them, rough like torn paper."""
    xs, ys = zip(*anchors, strict=True)
    x = np.arange(width)
    base = monotone(x, np.array(xs, float), np.array(ys, float))
    rough, strength = np.zeros(width), roughness
    while cell >= 2:
        grid = rng.standard_normal((1, int(width / cell) + 3))
        rough += strength * stretched(grid, 1, width)[0]
        strength *= 0.56
        cell /= 2
    return base + rough


def monotone(x, xs, ys):
    """Cubic through the anchors without overshooting (Fritsch–Carlson)."""
    x = np.clip(x, xs[0], xs[-1])
    steps = np.diff(xs)
    slopes = np.diff(ys) / steps
    tangents = np.zeros_like(ys)
    tangents[0], tangents[-1] = slopes[0], slopes[-1]
    for i in range(1, len(xs) - 1):
        if slopes[i - 1] * slopes[i] > 0:
            before, after = steps[i - 1], steps[i]
            w1, w2 = 2 * after + before, after + 2 * before
            tangents[i] = (w1 + w2) / (w1 / slopes[i - 1] + w2 / slopes[i])
    i = np.clip(np.searchsorted(xs, x) - 1, 0, len(steps) - 1)
    t = (x - xs[i]) / steps[i]
    t2, t3 = t * t, t * t * t
    return (
        (2 * t3 - 3 * t2 + 1) * ys[i]
        + (t3 - 2 * t2 + t) * steps[i] * tangents[i]
        + (-2 * t3 + 3 * t2) * ys[i + 1]
        + (t3 - t2) * steps[i] * tangents[i + 1]
    )


def ridge(
    rng,
    canvas,
    top,
    *,
    colour,
    depth,
    strength,
    foot=None,
    folds=0.5,
    hides=0.0,
    unit=1.0,
):
    """A mountain: dark at its edge, streaked by ink running down, lost in mist below.

    top: its line; depth: how far down the ink lasts; foot: where the water begins.
    """
    height, width, _ = canvas.shape
    y = np.arange(height)[:, None]
    below = y - top[None, :]
    shape = (height, width)
    inside = smooth(-0.8 * unit, 1.2 * unit, below)
    fade = np.exp(-np.maximum(below, 0) / depth)
    fade = 0.3 + 0.7 * fade
    if foot is not None:
        fade *= 1 - smooth(foot - depth * 0.9, foot, y + 0 * below) * 0.86
    streaks = noise(rng, shape, across=7 * unit, down=240 * unit, octaves=3, fade=0.6)
    slope = np.gradient(smoothed(top, 60 * unit))
    along = sheared(rng, shape, slope, below, unit)
    bloom = noise(rng, shape, across=150 * unit, down=110 * unit, octaves=5, fade=0.55)
    grain = noise(rng, shape, across=5 * unit, down=5 * unit, octaves=2, fade=0.7)
    tone = 1 + 0.1 * streaks + folds * 0.42 * along + 0.24 * bloom + 0.05 * grain
    rim = 0.3 * np.exp(-np.maximum(below, 0) / (3.2 * unit))
    rim += 0.2 * np.exp(-np.maximum(below, 0) / (16 * unit))
    cover(canvas, hides * inside * np.sqrt(fade), "#efe5e6")
    wash(canvas, strength * inside * np.clip(fade * tone + rim * fade, 0, 1.25), colour)


def smoothed(values, radius):
    size = int(radius) * 2 + 1
    kernel = np.hanning(size + 2)[1:-1]
    padded = np.pad(values, size // 2, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")


def sheared(rng, shape, slope, below, unit):
    """Folds of a mountain: streaks that run down its flanks, away from the summits."""
    height, width = shape
    grid = noise(rng, shape, across=34 * unit, down=160 * unit, octaves=5, fade=0.62)
    lean = np.clip(slope, -0.7, 0.7) * 0.8
    x = np.arange(width)[None, :] - below * lean[None, :]
    x = np.clip(x, 0, width - 1).astype(int)
    y = np.clip(np.maximum(below, 0), 0, height - 1).astype(int)
    folded = grid[y, x]
    return np.sign(folded) * np.abs(folded) ** 0.85


class Stencil:
    """A sheet to draw silhouettes on, four times finer; ink() lays them down rough."""

    FINE = 3

    def __init__(self, canvas, unit):
        self.canvas = canvas
        self.height, self.width, _ = canvas.shape
        self.scale = unit * self.FINE
        self.clear()

    def clear(self):
        size = (self.width * self.FINE, self.height * self.FINE)
        self.image = Image.new("L", size, 0)
        self.draw = ImageDraw.Draw(self.image)

    def points(self, points):
        return [(x * self.scale, y * self.scale) for x, y in points]

    def polygon(self, points, fill=255):
        self.draw.polygon(self.points(points), fill=fill)

    def stroke(self, points, width, fill=255):
        where = self.points(points)
        thick = max(1, round(width * self.scale))
        self.draw.line(where, fill=fill, width=thick, joint="curve")
        radius = thick / 2
        for x, y in (where[0], where[-1]):
            self.draw.ellipse(
                (x - radius, y - radius, x + radius, y + radius), fill=fill
            )

    def ellipse(self, x, y, rx, ry, fill=255):
        box = self.points([(x - rx, y - ry), (x + rx, y + ry)])
        self.draw.ellipse([*box[0], *box[1]], fill=fill)

    def arc(self, x, y, rx, ry, start, end, width, fill=255):
        angles = np.radians(np.linspace(start, end, 80))
        self.stroke(
            [(x + rx * np.cos(a), y + ry * np.sin(a)) for a in angles], width, fill
        )

    def mask(self, soften=0.0):
        image = self.image
        if soften:
            image = image.filter(ImageFilter.GaussianBlur(soften * self.scale))
        small = image.resize((self.width, self.height), Image.Resampling.BOX)
        return np.asarray(small, dtype=float) / 255

    def ink(self, colour, *, strength=1.0, soften=0.0, grain=None, opaque=False):
        """Prints what was drawn and clears the sheet."""
        alpha = self.mask(soften) * strength
        if grain is not None:
            alpha = alpha * grain
        (cover if opaque else wash)(self.canvas, alpha, colour)
        self.clear()


def bezier(*controls, steps=40):
    """Points of a Bézier curve of any degree."""
    t = np.linspace(0, 1, steps)[:, None]
    points = [np.array(c, float)[None, :] * np.ones((steps, 1)) for c in controls]
    while len(points) > 1:
        points = [a + (b - a) * t for a, b in itertools.pairwise(points)]
    return [tuple(point) for point in points[0]]


def picture(canvas):
    return Image.fromarray((np.clip(canvas, 0, 1) * 255 + 0.5).astype(np.uint8))
