"""Level scenes in streets and stations, composed on 1200 × 800."""

from contest_portal.desk.demo_art.gouache import Scene, Sheet, box, circle, curve
from contest_portal.desk.demo_art.landscapes import LEVEL, hills
from contest_portal.desk.demo_art.people import (
    CHEERING,
    OFFERING,
    WAVING,
    neighbour,
    volunteer,
)


def alley(s: Sheet):
    """White walls and black tiles at six in the morning; somebody sweeps."""
    s.sky((0, "#cfdad9"), (0.45, "#e3e6dc"), (1, "#d8d4c4"))
    s.glow(600, 160, 330, "#fdf4da", 0.6)
    s.fill([(430, 120), (770, 120), (820, 520), (380, 520)], "#c3d2d0")
    s.fill([(470, 250), (730, 250), (744, 520), (456, 520)], "#eef0e9")
    s.fill([(440, 262), (600, 206), (760, 262)], "#4b4a5c")
    for side in (-1, 1):

        def at(x, side=side):
            return 600 + side * x

        s.fill(
            [(at(620), 40), (at(250), 170), (at(196), 560), (at(620), 700)],
            "#f3efe4",
            shade=0.07,
        )
        s.fill(
            [(at(640), -30), (at(640), 70), (at(236), 196), (at(216), 150)], "#3f3c4d"
        )
        for i in range(11):
            x = 260 + i * 36
            s.stroke([(at(x), 158 - i * 14), (at(x + 8), 196 - i * 12)], 6, "#59566a")
        s.fill(
            [(at(520), 300), (at(440), 312), (at(436), 470), (at(520), 482)], "#7a5138"
        )
        s.stroke([(at(480), 308), (at(478), 474)], 4, "#50331f")
        s.fill(
            [(at(340), 330), (at(296), 336), (at(294), 440), (at(340), 446)], "#6d4a35"
        )
        s.stroke([(at(268), 196), (at(268), 240)], 3, "#5a3a2a")
        s.fill(circle(at(268), 272, 30, 34), "#c9414c")
        s.fill(box(at(268) - 12, 236, at(268) + 12, 244), "#e7b24b")
        s.stroke([(at(268), 306), (at(268), 334)], 5, "#e7b24b")
    s.fill([(404, 552), (796, 552), (1260, 820), (-60, 820)], "#b9b3a8")
    for i in range(9):
        y = 566 + i * i * 3.6
        s.stroke(
            [(600 - (y - 440) * 1.7, y), (600 + (y - 440) * 1.7, y)],
            2.4,
            "#9b958c",
            alpha=0.7,
        )
    for i in range(-4, 5):
        s.stroke([(600 + i * 46, 554), (600 + i * 170, 810)], 2.2, "#9b958c", alpha=0.6)
    volunteer(
        s,
        520,
        740,
        330,
        facing=1,
        left=((0.02, 0.16), (-0.1, 0.22)),
        right=((0.08, 0.12), (0.1, 0.24)),
    )
    s.stroke([(590, 500), (700, 722)], 9, "#8a5a3a")
    s.fill([(690, 704), (724, 704), (778, 760), (690, 768)], "#c79a4e")
    neighbour(
        s, 856, 722, 296, top="#6a3a9b", hair="#d9d6de", left=WAVING, trousers="#3b4468"
    )
    for _ in range(26):
        x, y = s.rng.uniform(300, 980), s.rng.uniform(640, 790)
        s.fill(
            circle(x, y, 9, 5),
            s.rng.choice(("#e0a640", "#c97a3a", "#d9c065")),
            rough=0.8,
        )


def bins(s: Sheet):
    """Four bins, a volunteer and a child who knows which is which."""
    s.sky((0, "#cfe3d8"), (0.5, "#e4efe2"), (1, "#c9d3bd"))
    hills(s, 420, 180, "#a8cdb3", waves=2)
    hills(s, 470, 110, "#8bbb9d", waves=3)
    s.fill(box(-10, 640, 1210, 820), "#cdbb9d")
    s.fill(box(-10, 640, 1210, 652), "#b9a585")
    bins_of = (
        ("#3f76ae", "#2c5787", "可"),
        ("#1c7a55", "#125a3d", "厨"),
        ("#6f6683", "#534b66", "其"),
        ("#c9475a", "#9c3344", "害"),
    )
    for i, (colour, dark, word) in enumerate(bins_of):
        x = 190 + i * 274
        s.fill(
            [(x - 108, 392), (x + 108, 392), (x + 86, 716), (x - 86, 716)],
            colour,
            shade=0.12,
        )
        s.fill(box(x - 122, 352, x + 122, 402, 16), dark)
        s.fill(box(x - 56, 368, x + 56, 382, 6), mixed_dark(dark))
        s.fill(circle(x, 548, 56), "#f7f4ea")
        s.text(word, x, 546, 62, dark)
        for side in (-1, 1):
            s.fill(circle(x + side * 66, 716, 18), "#332b3d")
    volunteer(s, 548, 776, 420, facing=1, right=((0.1, 0.13), (0.26, 0.12)))
    s.fill([(676, 540), (766, 524), (790, 616), (700, 636)], "#f0ead8")
    s.stroke([(690, 560), (772, 546)], 4, "#c9bfa4")
    neighbour(
        s,
        846,
        782,
        290,
        top="#f0b040",
        trousers="#5b8fb9",
        right=CHEERING,
        left=OFFERING,
    )


def mixed_dark(colour):
    return "#" + "".join(
        f"{round(int(colour[i : i + 2], 16) * 0.62):02x}" for i in (1, 3, 5)
    )


def booth(s: Sheet):
    """A booth with a striped awning: water for whoever comes by."""
    s.sky((0, "#b9cfdc"), (0.5, "#e2ebe4"), (1, "#d4c6aa"))
    hills(s, 430, 190, "#a9c9b6", waves=2)
    hills(s, 500, 130, "#7fae95", waves=2.6)
    s.fill(box(-10, 560, 1210, 820), "#cbb692")
    for x in range(-20, 1200, 150):
        s.fill(box(x, 668, x + 84, 678), "#f3ead6")
    for x in (128, 640):
        s.fill(box(x, 300, x + 18, 650), "#35284c")
    for i, x in enumerate((222, 384, 546)):
        volunteer(
            s,
            x,
            800,
            420,
            facing=1,
            legs=False,
            right=(OFFERING, CHEERING, OFFERING)[i],
            left=(OFFERING, None, OFFERING)[i],
        )
    s.fill(box(120, 520, 668, 662, 8), "#f5f0e2")
    s.text("歇歇脚·请喝水", 394, 590, 64, "#14543c")
    for x in (180, 232, 500, 552, 604):
        s.fill([(x, 470), (x + 36, 470), (x + 31, 522), (x + 5, 522)], "#8fc4de")
        s.fill(box(x + 2, 466, x + 34, 476, 3), "#d5ebf4", rough=0.8)
    for i in range(9):
        left, right = 100 + i * 66, 166 + i * 66
        up, across = 190 + i * 48, 238 + i * 48
        s.fill(
            [
                (up, 176),
                (across, 176),
                *curve((right, 318), ((left + right) / 2, 342), (left, 318), steps=8),
            ],
            "#1f8a63" if i % 2 == 0 else "#f4f1e3",
            rough=1.2,
        )
    neighbour(
        s,
        836,
        806,
        420,
        top="#d8505f",
        left=((0.12, 0.08), (0.26, 0.04)),
        trousers="#4f7fa8",
    )
    neighbour(
        s, 1020, 812, 404, top="#5f2c8e", right=CHEERING, trousers="#6a6480", long=True
    )


def metro(s: Sheet):
    """The last train: a volunteer shows the way with an open hand."""
    s.sky((0, "#251748"), (0.5, "#3a2566"), (1, "#241640"))
    for y0, y1, colour in (
        (40, 300, "#8f83b8"),
        (160, 330, "#d9a23f"),
        (270, 352, "#7d9cc9"),
        (520, 420, "#8f83b8"),
        (640, 440, "#d9a23f"),
    ):
        s.stroke([(-20, y0), (500, y1)], 8, colour, alpha=0.75)
        s.stroke(
            [(1220, y0), (700, y1)],
            8,
            colour if colour != "#d9a23f" else "#d8505f",
            alpha=0.75,
        )
    s.fill([(470, 500), (730, 500), (1220, 820), (-20, 820)], "#cfc5de", shade=0.08)
    s.stroke([(468, 500), (-30, 812)], 16, "#f0b040")
    s.stroke([(732, 500), (1230, 812)], 16, "#f0b040")
    s.glow(600, 400, 300, "#d9c9f4", 0.5)
    s.fill(box(452, 250, 748, 500, 40), "#f1edf6")
    s.fill(box(482, 284, 718, 400, 22), "#2b1d4c")
    for x in (506, 694):
        s.fill(circle(x, 452, 20), "#fbe6a4")
        s.glow(x, 452, 60, "#fff0b8", 0.6)
    volunteer(s, 300, 780, 420, facing=1, right=((0.13, 0.02), (0.22, -0.14)))
    neighbour(
        s,
        930,
        780,
        410,
        top="#4f86b0",
        hair="#7a4a32",
        trousers="#2b2140",
        left=OFFERING,
    )
    s.fill(box(1010, 640, 1096, 780, 12), "#d8505f")
    s.stroke([(1030, 640), (1030, 566), (1076, 566), (1076, 640)], 7, "#332b3d")


STREETS = {
    "alley": Scene(LEVEL, alley, 22),
    "bins": Scene(LEVEL, bins, 23, has_words=True),
    "booth": Scene(LEVEL, booth, 25, has_words=True),
    "metro": Scene(LEVEL, metro, 27),
}
