"""The picture of the first view: an ink wash of a lake at evening.

    python tools/artwork/home.py contests/rulebooks/hangzhou-2023/pictures

    python tools/artwork/home.py static/img --neutral

Draws home-wide and home-narrow as AVIF and JPEG. Own work of this repository.
"""

import sys
from pathlib import Path

import numpy as np
from ink import (
    Stencil,
    bezier,
    cover,
    gradient,
    line,
    noise,
    picture,
    ridge,
    smooth,
    wash,
)
from PIL import Image, ImageFilter

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


class Lake:
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

    def begin_figures(self):
        self.stencil = Stencil(self.canvas, self.unit)
        self.grain = np.clip(0.93 + 0.13 * self.noise(9, 9, octaves=3), 0.7, 1)

    def ink(self, colour=INK, strength=0.92, **more):
        self.stencil.ink(colour, strength=strength, grain=self.grain, **more)

    def slim_pagoda(self, x, foot, height):
        """A brick tower that narrows to a needle."""
        s, w = self.stencil, height * 0.09
        s.polygon(
            [
                (x - w, foot),
                (x - w * 0.92, foot - height * 0.3),
                (x - w * 0.62, foot - height * 0.62),
                (x - w * 0.16, foot - height * 0.86),
                (x, foot - height),
                (x + w * 0.16, foot - height * 0.86),
                (x + w * 0.62, foot - height * 0.62),
                (x + w * 0.92, foot - height * 0.3),
                (x + w, foot),
            ]
        )
        self.ink("#43315c", 0.9)
        for i in range(1, 7):
            y = foot - height * 0.115 * i
            s.stroke([(x - w * (1 - i * 0.1), y), (x + w * (1 - i * 0.1), y)], 0.7)
        self.ink("#43315c", 0.4)

    def pagoda(self, x, foot, height, storeys=5):
        """Eaves that curl up, each storey narrower, a finial on top."""
        s = self.stencil
        body = height * 0.8
        step = body / storeys
        for i in range(storeys):
            base, w = foot - i * step, height * (0.2 - 0.026 * i)
            up = base - step
            s.polygon(
                [
                    (x - w * 0.82, base),
                    (x + w * 0.82, base),
                    (x + w * 0.7, up + step * 0.2),
                    (x - w * 0.7, up + step * 0.2),
                ]
            )
            tip, sag = w * 1.32, step * 0.16
            left = bezier(
                (x - w * 0.5, up),
                (x - w * 0.9, up + step * 0.24),
                (x - tip, up + step * 0.22),
                (x - tip - 1, up + step * 0.06),
            )
            right = [(2 * x - px, py) for px, py in left][::-1]
            s.polygon(
                [
                    *left,
                    (x - w, up + step * 0.34 + sag * 0.2),
                    (x + w, up + step * 0.34 + sag * 0.2),
                    *right,
                ]
            )
        top = foot - body
        w = height * 0.06
        s.polygon(
            [(x - w * 1.3, top + 2), (x, top - height * 0.08), (x + w * 1.3, top + 2)]
        )
        s.stroke([(x, top), (x, foot - height)], height * 0.014)
        s.ellipse(x, top - height * 0.1, height * 0.016, height * 0.016)
        self.ink("#43315c", 0.93)
        for i in range(storeys):
            base, w = foot - i * step, height * (0.2 - 0.026 * i)
            for k in (-0.36, 0.0, 0.36):
                s.polygon(
                    [
                        (x + w * (k - 0.09), base - step * 0.12),
                        (x + w * (k + 0.09), base - step * 0.12),
                        (x + w * (k + 0.09), base - step * 0.5),
                        (x + w * (k - 0.09), base - step * 0.5),
                    ]
                )
        self.ink("#d9c3a0", 0.34, opaque=True)

    def bridge(self, x, foot, span, rise):
        """One arch with its light below, railing posts along the back."""
        s = self.stencil
        half = span / 2
        back = bezier(
            (x - half, foot),
            (x - half * 0.42, foot - rise * 0.72),
            (x - half * 0.34, foot - rise),
            (x, foot - rise),
            (x + half * 0.34, foot - rise),
            (x + half * 0.42, foot - rise * 0.72),
            (x + half, foot),
            steps=80,
        )
        s.polygon([*back, (x + half, foot + 2), (x - half, foot + 2)])
        hole = span * 0.112
        s.ellipse(x, foot + 1.4, hole, hole * 1.06, fill=0)
        s.polygon(
            [
                (x - hole, foot + 1),
                (x + hole, foot + 1),
                (x + hole, foot + 60),
                (x - hole, foot + 60),
            ],
            fill=0,
        )
        for px, py in back[6:-6:5]:
            s.stroke([(px, py + 1), (px, py - rise * 0.19)], span * 0.0075)
        s.stroke([(px, py - rise * 0.1) for px, py in back[6:-6]], span * 0.005)
        self.ink("#4a3866", 0.88)
        s.ellipse(x, foot + 1.4, hole, hole * 1.06)
        box = [
            (x - hole - 2, foot + 1.6),
            (x + hole + 2, foot + 1.6),
            (x + hole + 2, foot + 60),
            (x - hole - 2, foot + 60),
        ]
        s.polygon(box, fill=0)
        self.ink("#f3e6cf", 0.75, opaque=True)
        s.arc(x, foot + 1.4, hole + 1.2, (hole + 1.2) * 1.06, 180, 360, span * 0.008)
        self.ink("#4a3866", 0.5)

    def reflection(self, x, foot, width, height, strength=0.34):
        """A shaken shadow in the water under a thing."""
        fall = np.exp(-np.maximum(self.y - foot, 0) / height) * (self.y > foot)
        wave = self.x + 2.6 * self.noise(40, 3.2, octaves=3) * (self.y - foot) / height
        side = 1 - smooth(width * 0.22, width * 0.56, np.abs(wave - x))
        breaks = np.clip(0.7 + 0.7 * self.noise(60, 2.4, octaves=3), 0, 1)
        wash(self.canvas, strength * fall * side * breaks, "#6a5786")

    def lantern(self, x, foot, height):
        """A stone lantern standing in the lake: gourd, roof, drum with a lit eye."""
        s, h = self.stencil, height
        self.reflection(x, foot, h * 0.7, h * 0.6, 0.5)
        s.ellipse(x, foot - h * 0.94, h * 0.055, h * 0.075)
        s.polygon(
            [
                (x - h * 0.05, foot - h * 0.82),
                (x, foot - h * 1.06),
                (x + h * 0.05, foot - h * 0.82),
            ]
        )
        roof = bezier(
            (x - h * 0.36, foot - h * 0.5),
            (x - h * 0.12, foot - h * 0.62),
            (x - h * 0.06, foot - h * 0.8),
            (x, foot - h * 0.88),
        )
        s.polygon([*roof, *[(2 * x - px, py) for px, py in roof][::-1]])
        s.ellipse(x, foot - h * 0.31, h * 0.235, h * 0.215)
        s.polygon(
            [
                (x - h * 0.3, foot - h * 0.12),
                (x + h * 0.3, foot - h * 0.12),
                (x + h * 0.22, foot),
                (x - h * 0.22, foot),
            ]
        )
        self.ink("#3f2e58", 0.92)
        s.ellipse(x, foot - h * 0.31, h * 0.2, h * 0.2)
        self.ink("#f6d489", 0.22, soften=h * 0.1, opaque=True)
        s.ellipse(x, foot - h * 0.31, h * 0.082, h * 0.082)
        self.ink("#f6d489", 0.95, opaque=True)
        for i in range(2):
            s.arc(
                x, foot + 1, h * (0.42 + 0.26 * i), h * (0.06 + 0.035 * i), 0, 360, 0.5
            )
        self.ink("#6b5a88", 0.42 if h > 20 else 0.35)

    def ripples(self, x, y, radius, rings):
        s = self.stencil
        for i in range(rings):
            share = (i + 1) / rings
            rx = radius * share**1.12
            ry = rx * 0.135
            turn = self.rng.uniform(0, 360)
            tone = round(225 * (1 - share) ** 0.9 + 34)
            for start, length in ((turn, 150), (turn + 185, 120)):
                s.arc(
                    x, y, rx, ry, start, start + length, 1.05 - 0.35 * share, fill=tone
                )
        self.ink("#5f4d7d", 0.8)

    def boat(self, x, y, length, *, facing=1):
        """A covered boat and a boatman in the volunteers' green vest."""
        s, n = self.stencil, length
        f = facing
        self.reflection(x, y + n * 0.03, n * 0.95, n * 0.16, 0.55)
        hull = bezier(
            (x - n * 0.5 * f, y - n * 0.095),
            (x - n * 0.3 * f, y - n * 0.01),
            (x + n * 0.3 * f, y - n * 0.01),
            (x + n * 0.5 * f, y - n * 0.1),
        )
        keel = bezier(
            (x + n * 0.5 * f, y - n * 0.1),
            (x + n * 0.36 * f, y + n * 0.075),
            (x - n * 0.36 * f, y + n * 0.075),
            (x - n * 0.5 * f, y - n * 0.095),
        )
        s.polygon(hull + keel)
        cx = x - n * 0.05 * f
        roof = bezier(
            (cx - n * 0.165, y - n * 0.01),
            (cx - n * 0.16, y - n * 0.235),
            (cx + n * 0.16, y - n * 0.235),
            (cx + n * 0.165, y - n * 0.01),
        )
        s.polygon(roof)
        self.ink("#2b1d42", 0.96)
        for shift in (-0.075, 0.0, 0.075):
            s.stroke(
                bezier(
                    (cx + n * (shift - 0.012), y - n * 0.02),
                    (cx + n * shift, y - n * 0.12),
                    (cx + n * (shift * 0.8), y - n * 0.17),
                ),
                n * 0.008,
            )
        self.ink("#8e7bab", 0.35, opaque=True)
        mx, my = x + n * 0.27 * f, y - n * 0.02
        s.stroke(
            [(mx + n * 0.03 * f, my - n * 0.2), (mx + n * 0.26 * f, my + n * 0.15)],
            n * 0.018,
        )
        s.polygon(
            [
                (mx - n * 0.042, my),
                (mx + n * 0.042, my),
                (mx + n * 0.036, my - n * 0.14),
                (mx - n * 0.036, my - n * 0.14),
            ]
        )
        self.ink("#2b1d42", 0.95)
        s.polygon(
            [
                (mx - n * 0.056, my - n * 0.1),
                (mx + n * 0.056, my - n * 0.1),
                (mx + n * 0.05, my - n * 0.225),
                (mx - n * 0.05, my - n * 0.225),
            ]
        )
        s.stroke(
            [(mx + n * 0.03 * f, my - n * 0.19), (mx + n * 0.085 * f, my - n * 0.125)],
            n * 0.035,
        )
        self.ink("#17805f", 0.98, opaque=True)
        s.polygon(
            [
                (mx - n * 0.055, my - n * 0.152),
                (mx + n * 0.055, my - n * 0.152),
                (mx + n * 0.054, my - n * 0.17),
                (mx - n * 0.054, my - n * 0.17),
            ]
        )
        self.ink("#f3f0df", 0.9, opaque=True)
        s.ellipse(mx, my - n * 0.262, n * 0.036, n * 0.042)
        self.ink("#e0b893", 0.98, opaque=True)
        s.polygon(
            [
                *bezier(
                    (mx - n * 0.1, my - n * 0.262),
                    (mx - n * 0.03, my - n * 0.3),
                    (mx, my - n * 0.35),
                ),
                *bezier(
                    (mx, my - n * 0.35),
                    (mx + n * 0.03, my - n * 0.3),
                    (mx + n * 0.1, my - n * 0.262),
                ),
            ]
        )
        self.ink("#d8a24a", 0.98, opaque=True)

    def leaf(self, x, y, rx, ry, *, colour, tilt=0.0, strength=0.8):
        """A lotus leaf seen at a slant: a bowl of green wash with veins left pale."""
        rng = self.rng
        c, s = np.cos(tilt), np.sin(tilt)
        dx, dy = self.x - x, self.y - y
        u, v = (dx * c + dy * s) / rx, (-dx * s + dy * c) / ry
        angle, far = np.arctan2(v, u), np.hypot(u, v)
        wobble = sum(
            rng.uniform(0.012, 0.03) * np.sin(k * angle + rng.uniform(0, 6.3))
            for k in (3, 5, 7, 11, 17)
        )
        edge = far * (1 + wobble) + 0.008 * self.noise(7, 4, octaves=2)
        inside = smooth(1.015, 0.985, edge)
        bloom = self.noise(46, 22, octaves=4)
        shade = 0.62 + 0.3 * far + 0.22 * bloom + 0.3 * smooth(-0.2, 1.0, v)
        rim = 0.25 * smooth(0.9, 1.0, edge)
        wash(self.canvas, strength * inside * np.clip(shade + rim, 0, 1.25), colour)
        veins = np.zeros(self.shape)
        for k in range(13):
            bend = k * 2 * np.pi / 13 + 0.1
            gap = np.abs(np.angle(np.exp(1j * (angle - bend - 0.12 * far))))
            veins = np.maximum(veins, np.exp(-((gap * far * rx / 1.1) ** 2)))
        cover(self.canvas, 0.34 * inside * veins * smooth(0.06, 0.3, far), "#dcefe2")

    def stem(self, points, width=1.7):
        self.stencil.stroke(bezier(*points), width)
        self.ink("#2d6b4d", 0.85)

    def petal(self, base, tip, bulge, lean, colour):
        """One petal from its base to its tip, deeper towards the tip."""
        (x0, y0), (x1, y1) = base, tip
        span = np.hypot(x1 - x0, y1 - y0)
        ax, ay = (x1 - x0) / span, (y1 - y0) / span
        nx, ny = -ay, ax

        def at(t, off):
            return (x0 + ax * span * t + nx * off, y0 + ay * span * t + ny * off)

        left = bezier(base, at(0.12, bulge + lean), at(0.62, bulge + lean), tip)
        right = bezier(tip, at(0.62, -bulge + lean), at(0.12, -bulge + lean), base)
        self.stencil.polygon([*left, *right])
        mask = self.stencil.mask() * self.grain
        self.stencil.clear()
        along = (self.x - x0) * ax / span + (self.y - y0) * ay / span
        aside = np.abs((self.x - x0) * nx + (self.y - y0) * ny) / (bulge + 1e-6)
        cover(self.canvas, mask * 0.98, colour)
        wash(self.canvas, mask * 0.75 * smooth(0.45, 1.08, along), "#d8577c")
        wash(self.canvas, mask * 0.22 * smooth(0.5, 1.3, aside), "#d8577c")
        cover(self.canvas, mask * 0.3 * smooth(0.5, 0.0, along), "#fdf1ea")

    def bud(self, x, y, size, lean=0.0):
        """A lotus bud about to open, deeper at the tip of each petal."""
        tip = (x + lean * size, y - size * 1.25)
        for side in (-1, 1):
            self.petal(
                (x, y),
                (x + (side * 0.15 + lean) * size, y - size * 1.1),
                size * 0.27,
                side * -size * 0.2,
                "#f0a5b6",
            )
        self.petal((x, y), tip, size * 0.34, 0, "#f6bcc7")
        for side in (-1, 1):
            self.petal(
                (x, y),
                (x + (side * 0.05 + lean) * size, y - size * 0.98),
                size * 0.2,
                side * -size * 0.17,
                "#f9d0d6",
            )

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


def wide(unit=2.0):
    lake = Lake(1440, 720, unit, horizon=517, seed=20230923)
    lake.sky(warm_at=(180, 420))
    lake.sun(1102, 190, 47)
    lake.ridge(
        [
            (-40, 452),
            (80, 440),
            (190, 424),
            (300, 436),
            (430, 410),
            (560, 376),
            (640, 366),
            (760, 398),
            (900, 420),
            (1100, 384),
            (1230, 340),
            (1330, 318),
            (1400, 330),
            (1480, 352),
        ],
        colour="#b9aacb",
        depth=120,
        strength=0.34,
        foot=506,
        rough=4.6,
        folds=0.5,
        hides=0.0,
    )
    lake.mist(452, 40, 0.4)
    lake.ridge(
        [
            (-40, 486),
            (110, 474),
            (260, 452),
            (420, 424),
            (560, 398),
            (700, 352),
            (800, 318),
            (880, 280),
            (944, 262),
            (1004, 286),
            (1080, 322),
            (1180, 352),
            (1300, 386),
            (1480, 400),
        ],
        colour="#ab97c4",
        depth=190,
        strength=0.6,
        foot=512,
        rough=4.2,
        folds=0.6,
    )
    lake.mist(470, 46, 0.5)
    lake.ridge(
        [
            (640, 530),
            (740, 508),
            (850, 484),
            (960, 450),
            (1040, 414),
            (1110, 380),
            (1180, 364),
            (1240, 370),
            (1310, 410),
            (1380, 452),
            (1480, 480),
        ],
        colour="#7f69a0",
        depth=150,
        strength=0.66,
        foot=514,
        rough=4.6,
        folds=0.8,
    )
    lake.ridge(
        [(-60, 482), (60, 484), (160, 496), (300, 502), (420, 514), (520, 530)],
        colour="#8b76a8",
        depth=60,
        strength=0.5,
        foot=515,
        rough=3.0,
        folds=0.4,
    )
    lake.mist(494, 26, 0.42)
    lake.ridge(
        [
            (430, 532),
            (520, 510),
            (590, 482),
            (660, 448),
            (716, 430),
            (764, 426),
            (812, 438),
            (862, 470),
            (920, 502),
            (1000, 530),
        ],
        colour="#5d4682",
        depth=74,
        strength=0.72,
        foot=516,
        rough=3.4,
        folds=0.7,
    )
    lake.mist(508, 13, 0.5)
    lake.shore()
    lake.water()
    lake.paper(fade_from=610)
    lake.begin_figures()
    lake.slim_pagoda(762, 430, 66)
    lake.reflection(1130, 531, 210, 36, 0.42)
    lake.reflection(1296, 519, 54, 60, 0.36)
    lake.bridge(1130, 529, 202, 30)
    lake.pagoda(1296, 517, 92)
    for x, y, h in ((582, 557, 20), (677, 590, 27), (770, 561, 21)):
        lake.lantern(x, y, h)
    lake.ripples(962, 628, 396, 9)
    lake.boat(960, 630, 108)
    lake.leaf(1446, 656, 142, 40, colour="#62b08e", tilt=-0.14, strength=0.72)
    lake.stem([(1262, 720), (1278, 706), (1262, 690), (1270, 668)])
    lake.bud(1270, 672, 50, lean=-0.04)
    lake.stem([(1370, 720), (1374, 690), (1370, 660), (1384, 620)])
    lake.bud(1384, 624, 40, lean=0.05)
    lake.leaf(1420, 712, 190, 32, colour="#2c7d5f", tilt=-0.03, strength=0.86)
    cover(lake.canvas, smooth(704, 720, lake.y), PAPER)
    return picture(lake.canvas)


def narrow(unit=3.0):
    lake = Lake(390, 780, unit, horizon=514, seed=20230511)
    lake.sky(warm_at=(130, 360))
    lake.sun(330, 160, 31)
    lake.ridge(
        [
            (-20, 344),
            (20, 330),
            (54, 322),
            (96, 338),
            (150, 372),
            (200, 392),
            (250, 384),
            (300, 392),
            (352, 380),
            (410, 366),
        ],
        colour="#b3a2c8",
        depth=150,
        strength=0.42,
        foot=500,
        rough=4.4,
        folds=0.6,
        hides=0.0,
    )
    lake.mist(440, 60, 0.4)
    lake.ridge(
        [
            (40, 500),
            (90, 462),
            (140, 432),
            (190, 404),
            (232, 372),
            (266, 350),
            (300, 362),
            (336, 386),
            (372, 396),
            (410, 408),
        ],
        colour="#8f7bad",
        depth=120,
        strength=0.58,
        foot=508,
        rough=4.4,
        folds=0.8,
    )
    lake.mist(478, 34, 0.45)
    lake.ridge(
        [
            (-20, 396),
            (16, 404),
            (44, 416),
            (76, 440),
            (112, 470),
            (150, 494),
            (200, 522),
        ],
        colour="#68518c",
        depth=84,
        strength=0.66,
        foot=510,
        rough=4.0,
        folds=0.8,
    )
    lake.ridge(
        [(230, 522), (290, 504), (330, 494), (372, 482), (410, 478)],
        colour="#6c5690",
        depth=40,
        strength=0.5,
        foot=512,
        rough=2.4,
        folds=0.4,
    )
    lake.mist(504, 11, 0.45)
    lake.shore(0.5)
    lake.water()
    lake.paper(fade_from=640)
    lake.begin_figures()
    lake.reflection(206, 526, 138, 26, 0.4)
    lake.reflection(344, 515, 40, 46, 0.36)
    lake.bridge(206, 524, 140, 24)
    lake.pagoda(344, 513, 72)
    for x, y, h in ((224, 556, 17), (332, 566, 18), (275, 588, 24)):
        lake.lantern(x, y, h)
    lake.ripples(104, 566, 150, 7)
    lake.boat(104, 567, 72)
    lake.leaf(398, 664, 54, 20, colour="#7dc0a2", tilt=-0.14, strength=0.62)
    lake.stem([(352, 752), (336, 730), (340, 690), (344, 664)], 1.4)
    lake.bud(344, 668, 26, lean=-0.05)
    lake.leaf(372, 716, 78, 25, colour="#2f8263", tilt=-0.1, strength=0.84)
    lake.stem([(372, 706), (380, 680), (366, 650), (375, 616)], 1.4)
    lake.bud(375, 620, 27, lean=0.03)
    lake.leaf(360, 762, 80, 20, colour="#48997a", tilt=0.02, strength=0.8)
    return picture(lake.canvas)


def neutral(width, height, unit, horizon):
    """Ridges, mist and sun of no place at all, for a contest without pictures."""
    lake = Lake(width, height, unit, horizon=horizon, seed=7)
    lake.sky(warm_at=(width * 0.2, horizon * 0.8))
    lake.sun(width * 0.8, height * 0.24, min(width, height) * 0.07)
    for rise, colour, strength in (
        (0.34, "#b9aacb", 0.36),
        (0.22, "#937fb0", 0.5),
        (0.1, "#6a538d", 0.62),
    ):
        ups = lake.rng.uniform(0.25, 1.0, 7) * rise * height
        anchors = [
            (width * (i / 6 * 1.1 - 0.05), horizon - up) for i, up in enumerate(ups)
        ]
        lake.ridge(
            anchors,
            colour=colour,
            depth=height * 0.17,
            strength=strength,
            foot=horizon - 4,
            rough=4,
            folds=0.7,
        )
        lake.mist(horizon - height * 0.05, height * 0.05, 0.42)
    lake.shore(0.5)
    lake.water()
    lake.paper(fade_from=height * 0.84)
    return picture(lake.canvas)


def save(image, folder, name, *, avif, jpeg):
    """Two forms: AVIF (size, quality) for most, JPEG for Safari before 16."""
    fine = image.resize(avif[0], Image.Resampling.LANCZOS)
    fine.save(folder / f"{name}.avif", quality=avif[1], speed=2)
    plain = image.resize(jpeg[0], Image.Resampling.LANCZOS)
    plain.save(folder / f"{name}.jpg", quality=jpeg[1], optimize=True, progressive=True)


def main(folder, *, plain):
    wide_image = neutral(1440, 720, 1.5, 517) if plain else wide()
    narrow_image = neutral(390, 780, 2.0, 514) if plain else narrow()
    large = ((1920, 960), 55) if plain else ((2560, 1280), 70)
    small = ((780, 1560), 55) if plain else ((1170, 2340), 64)
    save(wide_image, folder, "home-wide", avif=large, jpeg=((1920, 960), 80))
    save(narrow_image, folder, "home-narrow", avif=small, jpeg=((780, 1560), 80))


if __name__ == "__main__":
    main(Path(sys.argv[1]), plain="--neutral" in sys.argv)
