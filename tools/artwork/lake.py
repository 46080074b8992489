"""The lake itself: sky, sun, ridges, mist, far bank, water, the sheet it is on."""

import numpy as np
from ink import cover, gradient, line, noise, picture, ridge, smooth, wash
from PIL import ImageFilter

PAPER = "#fbf8f1"
INK = "#3a2a52"
SKY = [
    (0.0, "#e6dee8"),
    (0.2, "#ebe3e8"),
    (0.42, "#f1e7e2"),
    (0.6, "#f6ead6"),
    (0.7, "#f3e5d4"),
    (0.72, "#e9e0e4"),
    (1.0, "#f4eee8"),
]


class Water:
    """A scene in units of its own, `unit` pixels each: 1440 × 720 or 390 × 780."""

    def __init__(self, width, height, unit, *, horizon, seed):
        self.rng = np.random.default_rng(seed)
        self.unit = unit
        self.width, self.height = round(width * unit), round(height * unit)
        self.shape = (self.height, self.width)
        self.horizon = horizon * unit
        self.canvas = np.empty((*self.shape, 3))
        self.stencil = None
        self.y, self.x = np.mgrid[0 : self.height, 0 : self.width] / unit

    def noise(self, across, down, **more):
        return noise(
            self.rng,
            self.shape,
            across=across * self.unit,
            down=down * self.unit,
            **more,
        )

    def sky(self, warm_at):
        self.canvas[:] = gradient(self.height, SKY)[:, None, :]
        clouds = self.noise(420, 90, octaves=4, fade=0.5)
        streaks = self.noise(90, 900, octaves=2)
        violet = 0.55 * smooth(-0.4, 1.6, clouds) + 0.3 * smooth(-0.2, 1.4, streaks)
        high = 1 - smooth(0, self.horizon / self.unit * 0.62, self.y)
        wash(self.canvas, violet * high * 0.5, "#cbbbd8")
        spread = np.exp(
            -(((self.x - warm_at[0]) / 520) ** 2) - ((self.y - warm_at[1]) / 150) ** 2
        )
        cover(self.canvas, 0.62 * spread, "#f9e9c8")

    def sun(self, x, y, radius):
        far = np.hypot(self.x - x, self.y - y)
        cover(self.canvas, 0.5 * np.exp(-((far / (radius * 1.9)) ** 2)), "#f7d79a")
        cover(self.canvas, 0.16 * np.exp(-((far / (radius * 4.2)) ** 2)), "#f9e2b4")
        grain = 1 - 0.05 * self.noise(14, 14, octaves=3)
        disc = smooth(1, -1, (far - radius) / 0.8 - 0.35 * self.noise(7, 7, octaves=2))
        cover(self.canvas, disc * np.clip(grain, 0.85, 1), "#efae3e")
        lower = disc * smooth(y - radius * 0.2, y + radius, self.y)
        cover(self.canvas, 0.3 * lower, "#f4c777")

    def ridge(
        self,
        anchors,
        *,
        colour,
        depth,
        strength,
        foot=None,
        rough=5,
        folds=0.5,
        hides=0.5,
    ):
        unit = self.unit
        top = line(
            self.rng,
            self.width,
            [(x * unit, y * unit) for x, y in anchors],
            roughness=rough * unit,
            cell=90 * unit,
        )
        ridge(
            self.rng,
            self.canvas,
            top,
            colour=colour,
            depth=depth * unit,
            strength=strength,
            foot=None if foot is None else foot * unit,
            folds=folds,
            hides=hides,
            unit=unit,
        )
        return top

    def mist(self, y, thickness, strength, colour="#f7efe6"):
        band = np.exp(-(((self.y - y) / thickness) ** 2))
        drift = np.clip(0.75 + 0.5 * self.noise(300, 40, octaves=4), 0, 1.3)
        cover(self.canvas, strength * band * drift, colour)

    def shore(self, strength=0.62):
        """The far bank: two low dark strokes of the brush along the water."""
        unit, rng = self.unit, self.rng
        for rise, tone, share in ((17, "#8d7aa5", 0.75), (6, "#5f4a7c", 1.0)):
            top = self.horizon - rise * unit * (
                0.55
                + 0.45
                * noise(rng, (1, self.width), across=190 * unit, down=2, octaves=5)[0]
            )
            y = np.arange(self.height)[:, None]
            body = smooth(-1.2 * unit, 1.2 * unit, y - top[None, :])
            body *= 1 - smooth(0, 4.5 * unit, y - self.horizon)
            brush = np.clip(0.8 + 0.35 * self.noise(120, 3, octaves=4), 0, 1.2)
            wash(self.canvas, strength * share * body * brush, tone)

    def water(self):
        """Mirrors what stands above, softened and broken by level strokes."""
        top = round(self.horizon)
        depth = self.height - top
        mirror = self.canvas[:top][::-1]
        rows = np.minimum((np.arange(depth) * 1.12).astype(int), top - 1)
        mirror = blurred(mirror[rows], 9 * self.unit, 3 * self.unit)
        below = np.arange(depth)[:, None] / depth
        pale = gradient(depth, [(0, "#e3d9e3"), (0.45, "#efe8ea"), (1, "#fbf6ee")])
        share = (0.66 * np.exp(-below * 2.6))[..., None]
        self.canvas[top:] = mirror * share + pale[:, None, :] * (1 - share)
        strokes = self.noise(260, 2.6, octaves=4, fade=0.6)[top:]
        fine = self.noise(110, 1.5, octaves=3, fade=0.6)[top:]
        near = smooth(0.0, 0.22, below) * (1 - smooth(0.75, 1.0, below))
        body = self.canvas[top:]
        wash(body, 0.3 * smooth(0.5, 2.0, strokes) * (0.3 + near), "#8f7ea8")
        wash(body, 0.16 * smooth(0.8, 2.0, fine) * (0.3 + near), "#8f7ea8")
        cover(body, 0.6 * smooth(0.6, 1.9, -strokes) * (0.25 + near), "#fbf5ee")
        shine = np.exp(-((np.arange(depth) / (5.5 * self.unit)) ** 2))[:, None]
        cover(body, 0.5 * shine * np.ones((1, self.width)), "#f6ecea")

    def paper(self, *, fade_from):
        """The sheet shows through everywhere and takes over at the foot."""
        grain = self.noise(2.2, 2.2, octaves=2, fade=0.8)
        fibre = self.noise(26, 1.6, octaves=2) + self.noise(1.6, 26, octaves=2)
        self.canvas *= (1 + 0.0075 * grain + 0.005 * fibre)[..., None]
        foot = self.height / self.unit
        drift = self.y + 14 * self.noise(190, 24, octaves=3)
        fade = np.maximum(
            smooth(fade_from, foot - 4, drift), smooth(foot - 16, foot - 1, self.y)
        )
        cover(self.canvas, fade, PAPER)


def blurred(rows, across, down):
    image = picture(rows).filter(ImageFilter.BoxBlur((across, down)))
    image = image.filter(ImageFilter.BoxBlur((across, down)))
    return np.asarray(image, dtype=float) / 255
