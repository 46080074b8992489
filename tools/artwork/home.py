"""The picture of the first view: an ink wash of a lake at evening.

    python tools/artwork/home.py contests/rulebooks/hangzhou-2023/pictures

    python tools/artwork/home.py static/img --neutral

Draws home-wide and home-narrow as AVIF and JPEG. Own work of this repository.
"""

import sys
from pathlib import Path

from figures import Lake
from ink import cover, picture, smooth
from lake import PAPER
from PIL import Image


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
    if plain:  # and one for units without a picture
        unit = neutral(360, 523, 2.0, 400)
        unit.save(folder / "unit.jpg", quality=78, optimize=True, progressive=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), plain="--neutral" in sys.argv)
