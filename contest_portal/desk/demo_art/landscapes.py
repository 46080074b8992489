"""Level scenes by the water and in the hills, composed on 1200 × 800."""

import math

from contest_portal.desk.demo_art.gouache import Scene, Sheet, box, circle, curve
from contest_portal.desk.demo_art.people import (
    CHEERING,
    HOLDING_UP,
    OFFERING,
    POINTING,
    WAVING,
    neighbour,
    volunteer,
)

LEVEL = (1200, 800)


def hills(s: Sheet, y, rise, colour, *, waves=3, alpha=1.0):
    """A rolling line of hills down to the foot of the sheet."""
    turn = s.rng.uniform(0, 6.3)
    line = [
        (
            x,
            y
            - rise
            * (
                0.5
                + 0.34 * math.sin(x / 1200 * waves * math.tau + turn)
                + 0.16 * math.sin(x / 1200 * waves * 2.3 * math.tau + turn * 2)
            ),
        )
        for x in range(-20, 1240, 20)
    ]
    s.fill([*line, (1240, 820), (-20, 820)], colour, rough=3, alpha=alpha)


def bridge(s: Sheet):
    """Dawn over a stone bridge: the morning shift walks across."""
    s.sky(
        (0, "#e9a06c"),
        (0.3, "#f3bd83"),
        (0.52, "#f6d5a4"),
        (0.56, "#c98a80"),
        (1, "#5b3a68"),
    )
    s.glow(820, 250, 330, "#ffe3a6", 0.7)
    s.fill(circle(820, 250, 74), "#fff0bd", shade=0.04)
    hills(s, 440, 120, "#b9807f", waves=2, alpha=0.8)
    hills(s, 448, 70, "#955f75", waves=3, alpha=0.8)
    for x, width, top in (
        (0, 90, 350),
        (86, 70, 320),
        (152, 96, 372),
        (940, 80, 350),
        (1016, 90, 310),
        (1102, 110, 366),
    ):
        s.fill(
            [(x - 8, top + 26), (x + width / 2, top), (x + width + 8, top + 26)],
            "#3d2950",
        )
        s.fill(box(x, top + 22, x + width, 452), "#5c3f66")
        s.fill(box(x + 20, top + 50, x + 38, top + 74), "#f4c667", rough=1)
    s.fill(box(-10, 446, 1210, 820), "#87566f")
    for _ in range(56):
        y = s.rng.uniform(460, 790)
        x, length = s.rng.uniform(-40, 1160), s.rng.uniform(60, 240)
        s.stroke(
            [(x, y), (x + length, y + s.rng.uniform(-1, 1))],
            s.rng.uniform(2, 5),
            s.rng.choice(("#e2a27f", "#6b4468", "#c98578", "#55365f")),
            alpha=0.55,
        )
    s.fill(circle(820, 600, 70, 26), "#f6cf95", alpha=0.6)
    back = curve(
        (70, 470),
        (330, 300),
        (420, 236),
        (560, 230),
        (700, 236),
        (790, 300),
        (1050, 470),
        steps=50,
    )
    s.fill(
        [
            *back,
            (1050, 486),
            (880, 486),
            *circle(560, 486, 150, 172, start=0, end=-180),
            (240, 486),
            (70, 486),
        ],
        "#57425f",
        shade=0.16,
    )
    for cx in (255, 865):
        s.fill([*circle(cx, 486, 66, 80, start=0, end=-180)], "#8f5d72")
    for x, y in back[6:-6:3]:
        s.stroke([(x, y + 2), (x, y - 26)], 7, "#45324f")
    s.stroke([(x, y - 22) for x, y in back[5:-5]], 6, "#45324f")
    for x, foot, height, left, right in (
        (400, 288, 104, None, WAVING),
        (480, 262, 106, CHEERING, None),
        (566, 254, 108, None, None),
        (652, 260, 104, None, WAVING),
        (724, 288, 102, POINTING, None),
    ):
        volunteer(s, x, foot, height, left=left, right=right)
    s.stroke([(x, y - 14) for x, y in back[12:-12]], 6, "#45324f")
    s.fill(
        [
            *curve((330, 640), (420, 676), (640, 676), (742, 632)),
            *curve((742, 632), (690, 720), (410, 724), (330, 640)),
        ],
        "#2b1d42",
    )
    s.fill([*curve((410, 664), (420, 590), (560, 590), (566, 664))], "#3b2a55")
    volunteer(s, 650, 668, 132, facing=1, right=((0.08, 0.1), (0.16, 0.12)))
    s.stroke([(674, 582), (742, 742)], 6, "#3a2038")


def tea(s: Sheet):
    """Rows of tea running over the hills; a guide speaks two languages."""
    s.sky((0, "#dfeadb"), (0.3, "#eef1dd"), (0.5, "#cfe0bf"), (1, "#7fb184"))
    s.glow(940, 130, 240, "#fbf2cc", 0.7)
    hills(s, 300, 150, "#b5d3b5", waves=2)
    hills(s, 350, 110, "#8fbd97", waves=1.4)
    for i, (y, rise, colour, row) in enumerate(
        (
            (430, 130, "#5f9f6b", "#4a8a5c"),
            (560, 150, "#4a8e5c", "#397a4e"),
            (700, 170, "#38794c", "#2b653f"),
        )
    ):
        turn = i * 1.9 + 0.6

        def at(x, down, y=y, rise=rise, turn=turn):
            return (
                y
                + down
                - rise * (0.5 + 0.5 * math.sin(x / 1200 * math.tau * 0.9 + turn))
            )

        s.fill(
            [*((x, at(x, 0)) for x in range(-20, 1240, 20)), (1240, 830), (-20, 830)],
            colour,
            rough=2.4,
            shade=0.14,
        )
        for k in range(1, 9):
            down = k * (18 + k * 1.6 + i * 3)
            s.stroke(
                [(x, at(x, down)) for x in range(-20, 1240, 30)],
                7 + i * 2.4,
                row,
                rough=2.2,
                alpha=0.72,
            )
    volunteer(s, 420, 640, 230, facing=1, right=POINTING)
    neighbour(
        s, 590, 660, 222, top="#e9e2d2", hair="#c98a3c", trousers="#5b7fa6", left=WAVING
    )
    neighbour(
        s, 700, 650, 214, top="#d8505f", trousers="#3b4468", long=True, right=HOLDING_UP
    )
    neighbour(s, 900, 540, 150, top="#3f74a8", hair="#e0b15a", trousers="#4a4a6b")
    volunteer(s, 980, 546, 154, facing=-1, left=WAVING)
    for x, foot, height in ((180, 452, 92), (262, 440, 90)):
        person = neighbour(
            s,
            x,
            foot,
            height,
            top="#f1ead8",
            trousers="#3b4468",
            left=OFFERING,
            hair="#2b1f45",
        )
        s.fill(
            [
                (x - height * 0.2, person.y(0.88)),
                (x, person.y(1.06)),
                (x + height * 0.2, person.y(0.88)),
            ],
            "#dba951",
        )


def lotus(s: Sheet):
    """One lotus, wide open, on dark leaves."""
    s.sky((0, "#1d4a3c"), (0.5, "#245a48"), (1, "#16392f"))
    for x, y, rx, ry, colour in (
        (180, 640, 330, 150, "#2f6f57"),
        (1020, 620, 340, 160, "#2a664f"),
        (600, 760, 420, 130, "#357a5f"),
        (180, 170, 260, 110, "#28604c"),
        (1040, 150, 250, 110, "#2b6650"),
    ):
        s.fill(circle(x, y, rx, ry), colour, rough=3, shade=0.18)
        for k in range(12):
            a = math.tau * k / 12
            s.stroke(
                [(x, y), (x + rx * 0.92 * math.cos(a), y + ry * 0.92 * math.sin(a))],
                3,
                "#4f937a",
                alpha=0.5,
            )
    s.glow(600, 400, 420, "#f4b6c4", 0.35)
    rings = (
        (11, 300, 96, "#e58aa4", 200),
        (9, 270, 92, "#ee9fb5", 190),
        (7, 236, 86, "#f5b9c8", 180),
        (5, 190, 74, "#f9d0da", 168),
    )
    for count, length, width, colour, spread in rings:
        order = sorted(range(count), key=lambda i, c=count: -abs(i - (c - 1) / 2))
        for i in order:
            a = math.radians(-90 + spread * (i / (count - 1) - 0.5))
            tip = (600 + length * math.cos(a) * 1.12, 520 + length * math.sin(a))
            nx, ny = -math.sin(a), math.cos(a)

            def beside(t, off, a=a, nx=nx, ny=ny, length=length):
                return (
                    600 + length * t * math.cos(a) * 1.12 + nx * off,
                    520 + length * t * math.sin(a) + ny * off,
                )

            s.fill(
                [
                    *curve(
                        (600, 520), beside(0.3, width), beside(0.75, width * 0.8), tip
                    ),
                    *curve(
                        tip, beside(0.75, -width * 0.8), beside(0.3, -width), (600, 520)
                    ),
                ],
                colour,
                rough=1.4,
                shade=0.12,
            )
            s.stroke(
                curve((600, 512), beside(0.5, 0), beside(0.92, 0)),
                2,
                "#d97795",
                alpha=0.6,
            )
    for across, length in ((-190, 96), (190, 96), (-100, 128), (100, 128), (0, 138)):
        tip = (600 + across * 1.5, 520 + length)
        s.fill(
            [
                *curve(
                    (600 + across * 0.3, 500),
                    (600 + across * 0.5 - 92, 540),
                    (600 + across - 52, 520 + length * 0.9),
                    tip,
                ),
                *curve(
                    tip,
                    (600 + across + 52, 520 + length * 0.9),
                    (600 + across * 0.5 + 92, 540),
                    (600 + across * 0.3, 500),
                ),
            ],
            "#f3b0c0" if across else "#f8cbd6",
            rough=1.4,
            shade=0.12,
        )
    s.fill(circle(600, 500, 92, 46), "#f0c04e")
    for k in range(9):
        a = math.tau * k / 9
        s.fill(
            circle(600 + 52 * math.cos(a), 496 + 24 * math.sin(a), 9, 7),
            "#a8742a",
            rough=0.8,
        )
    s.fill(circle(600, 496, 9, 7), "#a8742a", rough=0.8)


def tide(s: Sheet):
    """Sunset on the embankment: watching the tide, and watching out for people."""
    s.sky(
        (0, "#6d5a9a"),
        (0.3, "#c98aa4"),
        (0.5, "#f4c08a"),
        (0.56, "#dfa08c"),
        (1, "#4d6f8f"),
    )
    s.glow(330, 330, 320, "#ffe0a0", 0.7)
    s.fill(circle(330, 336, 70), "#ffe9a8", shade=0.04)
    for x, width, top in (
        (620, 60, 250),
        (676, 44, 180),
        (722, 70, 290),
        (800, 50, 210),
        (856, 84, 270),
        (946, 40, 160),
        (990, 70, 250),
        (1066, 56, 200),
        (1126, 90, 280),
    ):
        s.fill(box(x, top, x + width, 440), "#75628f", shade=0.08)
        for wy in range(top + 18, 420, 30):
            if s.rng.random() < 0.7:
                s.fill(box(x + 12, wy, x + 20, wy + 10), "#f6d28a", rough=0.7)
    s.fill(box(-10, 432, 1210, 820), "#6d8fae")
    for i in range(5):
        y = 470 + i * 44
        crest = [
            (x, y - (14 + i * 3) * math.sin(x / 58 + i * 1.3))
            for x in range(-20, 1240, 14)
        ]
        s.fill(
            [*crest, (1240, y + 70), (-20, y + 70)],
            ("#86a8c2", "#6f95b3", "#5b83a5", "#4c7397", "#416689")[i],
            rough=2,
        )
        s.stroke(crest, 5 + i, "#f3f1ea", rough=2, alpha=0.8)
    s.fill(box(-10, 676, 1210, 820), "#8d7f86")
    s.fill(box(-10, 676, 1210, 690), "#b0a3a6")
    for x in range(20, 1200, 110):
        s.fill(box(x, 596, x + 14, 684), "#4c3f57")
    for y in (602, 640):
        s.stroke([(-10, y), (1210, y)], 7, "#4c3f57")
    volunteer(s, 270, 800, 380, facing=1, right=((0.13, 0.0), (0.24, -0.1)))
    neighbour(s, 560, 800, 330, top="#f0b040", trousers="#3b4468")
    neighbour(s, 660, 804, 240, top="#d8505f", trousers="#4f7fa8", right=CHEERING)
    volunteer(s, 960, 800, 372, facing=-1, left=POINTING)


LANDSCAPES = {
    "bridge": Scene(LEVEL, bridge, 21),
    "tea": Scene(LEVEL, tea, 24),
    "lotus": Scene(LEVEL, lotus, 26),
    "tide": Scene(LEVEL, tide, 28),
}
