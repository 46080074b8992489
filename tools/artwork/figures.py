"""What stands on the shore and in the water: towers, bridge, lanterns, boat, lotus."""

import numpy as np
from ink import Stencil, bezier, cover, smooth, wash
from lake import INK, Water


class Lake(Water):
    """A lake with things on it, each at (x, y) in the scene's units."""

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
