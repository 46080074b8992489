"""Upright scenes, composed on 600 × 872: one for each kind of volunteering."""

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

UPRIGHT = (600, 872)


def stadium(s: Sheet):
    """Night at the stadium: petals of steel, the moon, volunteers in front."""
    s.sky((0, "#2a1a55"), (0.45, "#5b3a8c"), (0.72, "#9a6fb0"), (1, "#5a3a80"))
    s.glow(520, 232, 170, "#f6c869", 0.5)
    s.fill(circle(520, 232, 56), "#f6bb48", shade=0.05)
    for x, y in (
        (70, 90),
        (160, 170),
        (250, 70),
        (340, 150),
        (420, 60),
        (110, 290),
        (300, 250),
        (210, 330),
        (470, 380),
        (40, 210),
        (560, 120),
        (390, 290),
    ):
        s.fill(circle(x, y, s.rng.uniform(1.6, 3.2)), "#f4e3bd", rough=0.4)
    for x, y, size, colour in (
        (150, 205, 58, "#f0a5b6"),
        (330, 120, 44, "#f4cf83"),
        (245, 300, 34, "#8fd0b6"),
    ):
        for i in range(14):
            a = math.tau * i / 14
            s.stroke(
                [
                    (x + math.cos(a) * size * 0.36, y + math.sin(a) * size * 0.36),
                    (x + math.cos(a) * size, y + math.sin(a) * size),
                ],
                2.2,
                colour,
                rough=0.5,
                alpha=0.8,
            )
    s.glow(300, 640, 360, "#e9d3ee", 0.45)
    for i in (-5, 5, -4, 4, -3, 3, -2, 2, -1, 1, 0):
        x, lean = 300 + i * 56, i * 21
        tall = 296 - abs(i) * 13
        left = curve(
            (x - 26, 700),
            (x - 54 + lean * 0.5, 700 - tall * 0.55),
            (x + lean * 1.35, 700 - tall),
        )
        right = curve(
            (x + lean * 1.35, 700 - tall),
            (x + 46 + lean * 0.4, 700 - tall * 0.5),
            (x + 26, 700),
        )
        fold = curve(
            (x + lean * 1.35, 700 - tall),
            (x + 2 + lean * 0.45, 700 - tall * 0.52),
            (x, 700),
        )
        light, dark = ("#f6f0fa", "#cfbce0") if i % 2 == 0 else ("#ddcdea", "#b59fce")
        s.fill([*left, *right], light, shade=0.1)
        s.fill([*fold[::-1], *right], dark, shade=0.1)
    s.fill(box(-10, 676, 610, 730), "#4b2f78")
    for x in range(10, 600, 34):
        s.fill(box(x, 690, x + 16, 700, 3), "#f3c869", rough=0.8)
    s.fill(box(-10, 722, 610, 900), "#33204f")
    for x, foot, height, left, right, facing in (
        (92, 960, 330, CHEERING, None, 1),
        (232, 985, 352, None, WAVING, -1),
        (388, 975, 340, WAVING, None, 1),
        (520, 962, 336, None, CHEERING, -1),
    ):
        volunteer(s, x, foot, height, facing=facing, left=left, right=right)


def rain(s: Sheet):
    """Rain in an old quarter: a volunteer walks a neighbour home."""
    s.sky((0, "#5b6a94"), (0.5, "#8792b4"), (0.78, "#a9aec6"), (1, "#8b8fae"))
    for x, width, top, colour in (
        (-20, 150, 150, "#4d5a86"),
        (120, 120, 250, "#5c6994"),
        (250, 120, 200, "#6975a0"),
        (380, 110, 290, "#5c6994"),
        (470, 160, 120, "#4b5781"),
    ):
        s.fill(box(x, top, x + width, 700), colour)
        for wy in range(top + 34, 620, 62):
            for wx in range(x + 20, x + width - 26, 42):
                lit = s.rng.random() < 0.3
                s.fill(
                    box(wx, wy, wx + 20, wy + 28),
                    "#f2cd7f" if lit else "#3d4a76",
                    rough=0.9,
                )
    s.fill(box(-10, 668, 610, 900), "#767ca2")
    s.fill([(150, 690), (450, 690), (520, 890), (80, 890)], "#8d92b3")
    for x, y, rx in ((120, 800, 80), (470, 770, 70), (330, 850, 110)):
        s.fill(circle(x, y, rx, rx * 0.16), "#a9b2d0", alpha=0.8)
        s.stroke(circle(x, y, rx * 0.55, rx * 0.07), 2, "#dfe4f2", rough=0.4, alpha=0.7)
    volunteer(s, 232, 838, 392, facing=1, right=((0.06, 0.1), (0.13, -0.03)))
    elder = neighbour(
        s,
        372,
        838,
        348,
        top="#d8505f",
        hair="#d9d6de",
        trousers="#3b4468",
        right=((0.04, 0.16), (0.1, 0.24)),
    )
    s.stroke([(elder.x + 84, 676), (elder.x + 90, 836)], 7, "#4a3350")
    s.stroke([(297, 560), (297, 350)], 7, "#33204f")
    dome = [*curve((96, 470), (116, 268), (297, 262), (478, 268), (500, 470))]
    scallops = []
    for i in range(5):
        x1 = 500 - i * 80.8
        scallops += curve((x1, 470), (x1 - 40, 436), (x1 - 80.8, 470), steps=8)
    s.fill([*dome, *scallops], "#5f2c8e", shade=0.16)
    for x in (177, 258, 338, 419):
        s.stroke(
            curve((297, 268), ((x + 297) / 2 + (x - 297) * 0.3, 330), (x, 458)),
            2.4,
            "#452068",
            rough=0.5,
        )
    s.stroke([(297, 264), (297, 244)], 6, "#33204f")
    for _ in range(150):
        x, y = s.rng.uniform(-20, 620), s.rng.uniform(-20, 880)
        under = 100 < x < 500 and 300 < y < 840
        if not under:
            length = s.rng.uniform(22, 52)
            s.stroke(
                [(x, y), (x - length * 0.24, y + length)],
                1.8,
                "#dde4f4",
                rough=0.4,
                alpha=0.55,
            )


def tree(s: Sheet):
    """A lesson below an osmanthus tree: two languages meet over tea."""
    s.sky((0, "#f8ead0"), (0.55, "#f6e3c2"), (0.72, "#e7dcb8"), (1, "#cdd3a4"))
    s.glow(470, 200, 260, "#f9dc9c", 0.5)
    s.fill(
        [
            *curve((-20, 640), (120, 560), (300, 610), (620, 570)),
            (620, 700),
            (-20, 700),
        ],
        "#a9c39a",
    )
    s.fill(box(-10, 668, 610, 900), "#d8c99a")
    s.fill(
        [
            *curve((262, 720), (286, 560), (272, 420), (226, 300)),
            *curve((330, 300), (322, 430), (340, 560), (372, 720)),
        ],
        "#6e4a34",
    )
    s.stroke(curve((300, 470), (360, 400), (440, 360)), 26, "#6e4a34")
    s.stroke(curve((290, 440), (220, 380), (150, 350)), 24, "#6e4a34")
    greens = ("#4d8a55", "#5e9a5c", "#3f7a50", "#6fa964")
    for i, (x, y, r) in enumerate(
        (
            (90, 250, 120),
            (500, 260, 128),
            (200, 150, 140),
            (390, 140, 150),
            (300, 240, 130),
            (60, 110, 110),
            (550, 110, 110),
            (290, 50, 130),
            (150, 330, 70),
            (450, 340, 78),
        )
    ):
        wavy = [
            (
                x + (r + r * 0.12 * math.sin(7 * a + i)) * math.cos(a),
                y + (r * 0.84 + r * 0.1 * math.sin(5 * a)) * math.sin(a),
            )
            for a in [math.tau * k / 60 for k in range(60)]
        ]
        s.fill(wavy, greens[i % 4], rough=3.2, shade=0.16)
    for _ in range(150):
        a, r = s.rng.uniform(0, math.tau), s.rng.uniform(0, 1) ** 0.6
        s.fill(
            circle(
                300 + 290 * r * math.cos(a),
                190 + 190 * r * math.sin(a),
                s.rng.uniform(3, 6.5),
            ),
            "#f3b73f",
            rough=0.8,
        )
    for _ in range(26):
        s.fill(
            circle(
                s.rng.uniform(30, 570), s.rng.uniform(430, 860), s.rng.uniform(2.5, 4.5)
            ),
            "#f0b040",
            rough=0.6,
        )
    volunteer(s, 108, 852, 372, facing=1, right=OFFERING)
    neighbour(
        s,
        496,
        852,
        376,
        top="#3f74a8",
        hair="#c98a3c",
        trousers="#4a4a6b",
        left=OFFERING,
        right=None,
    )
    s.fill(box(214, 700, 392, 724, 6), "#8a5a3a")
    s.fill(box(236, 722, 254, 846), "#75492f")
    s.fill(box(352, 722, 370, 846), "#75492f")
    s.fill(box(262, 682, 336, 700), "#b3304a")
    s.fill(box(270, 668, 330, 684), "#f4efe2")
    s.fill(box(352, 676, 378, 700, 5), "#e9e2ee")
    s.fill([*box(40, 398, 218, 478, 26)], "#fdf8ec")
    s.fill([(120, 470), (156, 470), (122, 512)], "#fdf8ec")
    s.text("你好！", 131, 436, 44, "#2b1f45")
    s.fill([*box(372, 352, 566, 436, 28)], "#5f2c8e")
    s.fill([(470, 428), (510, 428), (508, 478)], "#5f2c8e")
    s.text("Hello!", 470, 392, 46, "#ffffff")


def crosswalk(s: Sheet):
    """Dusk at a crossing: a car stops, children pass, a volunteer holds the flag."""
    s.sky(
        (0, "#3c2763"),
        (0.3, "#7a4b86"),
        (0.52, "#d5857c"),
        (0.62, "#f0b07a"),
        (1, "#4a3a63"),
    )
    s.glow(400, 300, 260, "#ffd58a", 0.6)
    s.fill(circle(400, 262, 54), "#f6bb48", shade=0.05)
    for x, width, top, colour in (
        (-30, 130, 130, "#33225a"),
        (90, 96, 230, "#43306c"),
        (176, 110, 70, "#3a2862"),
        (278, 80, 270, "#4c3774"),
        (350, 100, 330, "#3d2b66"),
        (456, 160, 150, "#33225a"),
    ):
        s.fill(box(x, top, x + width, 560), colour)
        for wy in range(top + 26, 520, 44):
            for wx in range(x + 14, x + width - 16, 30):
                if s.rng.random() < 0.46:
                    s.fill(box(wx, wy, wx + 13, wy + 20), "#f4c667", rough=0.8)
    s.fill(box(-10, 540, 610, 900), "#453757")
    s.fill(box(-10, 540, 610, 556), "#6c5a7c")
    for i in range(6):
        top, foot = 96 + i * 78, -40 + i * 128
        s.fill(
            [(top, 640), (top + 44, 640), (foot + 74, 890), (foot, 890)],
            "#efe8dc",
            shade=0.06,
        )
    s.fill(
        [
            *curve((20, 560), (34, 496), (84, 484)),
            *curve((170, 484), (214, 496), (234, 560)),
            (244, 628),
            (10, 628),
        ],
        "#c8453f",
    )
    s.fill(
        [
            *curve((58, 552), (66, 506), (94, 502)),
            *curve((158, 502), (186, 506), (198, 552)),
        ],
        "#3b3058",
    )
    s.fill(box(8, 606, 246, 640, 8), "#a5342f")
    for x in (44, 210):
        s.fill(circle(x, 588, 16), "#fbe6a4")
        s.glow(x, 588, 70, "#ffe7a0", 0.5)
        s.fill(box(x - 22, 634, x + 22, 660, 6), "#241a38")
    s.fill(box(92, 594, 162, 612, 5), "#f3efe6")
    neighbour(
        s,
        250,
        826,
        250,
        top="#f0b040",
        trousers="#4f7fa8",
        right=((0.04, 0.14), (0.12, 0.2)),
    )
    neighbour(
        s,
        332,
        842,
        300,
        top="#6a3a9b",
        hair="#2b1f45",
        trousers="#d9d2e6",
        left=((0.04, 0.14), (0.1, 0.2)),
        right=((0.03, 0.14), (0.1, 0.22)),
        long=True,
    )
    neighbour(
        s,
        408,
        834,
        226,
        top="#e2697c",
        trousers="#3b4468",
        left=((0.04, 0.1), (0.1, 0.02)),
    )
    s.stroke([(562, 700), (562, 380)], 6, "#4a3350")
    s.fill([(560, 384), (484, 398), (500, 426), (480, 454), (560, 448)], "#f0b040")
    volunteer(
        s, 492, 868, 400, facing=-1, left=POINTING, right=HOLDING_UP, cap="#d8505f"
    )


PORTRAITS = {
    "stadium": Scene(UPRIGHT, stadium, 11),
    "rain": Scene(UPRIGHT, rain, 12),
    "tree": Scene(UPRIGHT, tree, 13, has_words=True),
    "crosswalk": Scene(UPRIGHT, crosswalk, 14),
}
