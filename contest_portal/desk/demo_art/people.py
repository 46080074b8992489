"""People without faces: volunteers in green vests, neighbours, children."""

from contest_portal.desk.demo_art.gouache import box, circle, curve

SKIN = "#e8c39c"
HAIR = "#2b1f45"
CAP = "#f6f2e6"
VEST = "#1f8a63"
VEST_DARK = "#166a4c"
SLEEVE = "#f4f0e4"
TROUSERS = "#2b2140"


class Person:
    """A figure of `height` standing at (x, foot); arms end where they are told to."""

    def __init__(self, sheet, x, foot, height, *, top, trousers=TROUSERS):
        self.sheet, self.x, self.foot, self.h = sheet, x, foot, height
        self.top, self.trousers = top, trousers

    def y(self, share):
        return self.foot - self.h * share

    def legs(self):
        h = self.h
        for side in (-1, 1):
            middle = self.x + side * h * 0.058
            self.sheet.fill(
                box(middle - h * 0.047, self.y(0.46), middle + h * 0.047, self.foot),
                self.trousers,
            )
        return self

    def arm(self, side, elbow, hand, *, sleeve=None, width=0.068):
        """Both points in parts of the height, from the shoulder, outwards and down."""
        h = self.h
        shoulder = (self.x + side * h * 0.105, self.y(0.735))
        bend = (shoulder[0] + side * elbow[0] * h, shoulder[1] + elbow[1] * h)
        end = (shoulder[0] + side * hand[0] * h, shoulder[1] + hand[1] * h)
        self.sheet.stroke([shoulder, bend, end], h * width, sleeve or self.top)
        past = (end[0] + (end[0] - bend[0]) * 0.24, end[1] + (end[1] - bend[1]) * 0.24)
        self.sheet.fill(circle(*past, h * 0.034), SKIN)
        return self

    def torso(self):
        h, x = self.h, self.x
        self.sheet.fill(
            [
                *curve(
                    (x - h * 0.13, self.y(0.72)),
                    (x - h * 0.12, self.y(0.79)),
                    (x - h * 0.05, self.y(0.79)),
                ),
                *curve(
                    (x + h * 0.05, self.y(0.79)),
                    (x + h * 0.12, self.y(0.79)),
                    (x + h * 0.13, self.y(0.72)),
                ),
                (x + h * 0.122, self.y(0.43)),
                (x - h * 0.122, self.y(0.43)),
            ],
            self.top,
        )
        return self

    def head(self, hair=HAIR):
        h, x, y = self.h, self.x, self.y(0.875)
        self.sheet.fill(box(x - h * 0.026, y, x + h * 0.026, self.y(0.77)), "#d9ae85")
        self.sheet.fill(circle(x, y, h * 0.078, h * 0.086), SKIN)
        if hair:
            self.sheet.fill(
                [
                    *circle(x, y - h * 0.006, h * 0.086, h * 0.094, start=180, end=360),
                    *curve((x + h * 0.082, y), (x, y - h * 0.052), (x - h * 0.082, y)),
                ],
                hair,
            )
        return self

    def long_hair(self, colour=HAIR):
        h, x, y = self.h, self.x, self.y(0.875)
        self.sheet.fill(
            box(x - h * 0.09, y - h * 0.03, x + h * 0.09, y + h * 0.11, h * 0.03),
            colour,
        )
        return self

    def cap(self, facing=1, colour=CAP):
        h, x, y = self.h, self.x, self.y(0.895)
        self.sheet.fill(circle(x, y, h * 0.088, h * 0.082, start=180, end=360), colour)
        self.sheet.fill(
            box(
                min(x, x + facing * h * 0.15),
                y - h * 0.018,
                max(x, x + facing * h * 0.15),
                y + h * 0.006,
                h * 0.01,
            ),
            colour,
        )
        return self

    def vest(self):
        """The green vest with its white band over a light shirt."""
        h, x, s = self.h, self.x, self.sheet
        s.fill(
            [
                (x - h * 0.115, self.y(0.77)),
                (x - h * 0.04, self.y(0.785)),
                (x, self.y(0.72)),
                (x + h * 0.04, self.y(0.785)),
                (x + h * 0.115, self.y(0.77)),
                (x + h * 0.13, self.y(0.42)),
                (x - h * 0.13, self.y(0.42)),
            ],
            VEST,
        )
        s.fill(
            box(x - h * 0.128, self.y(0.588), x + h * 0.128, self.y(0.556)),
            CAP,
            rough=0.8,
        )
        s.stroke([(x, self.y(0.72)), (x, self.y(0.425))], h * 0.011, VEST_DARK)
        return self


def volunteer(
    sheet, x, foot, height, *, facing=1, left=None, right=None, cap=CAP, legs=True
):
    """A volunteer; left and right are (elbow, hand) of the arms, or hang down."""
    person = Person(sheet, x, foot, height, top=SLEEVE)
    if legs:
        person.legs()
    person.head(hair=HAIR)
    for side, pose in ((-1, left), (1, right)):
        person.arm(side, *(pose or HANGING))
    person.torso().vest().cap(facing, cap)
    return person


def neighbour(
    sheet,
    x,
    foot,
    height,
    *,
    top,
    hair=HAIR,
    trousers="#5b7fa6",
    left=None,
    right=None,
    long=False,
):
    person = Person(sheet, x, foot, height, top=top, trousers=trousers)
    person.legs()
    if long:
        person.long_hair(hair)
    for side, pose in ((-1, left), (1, right)):
        person.arm(side, *(pose or HANGING))
    return person.torso().head(hair)


HANGING = ((0.03, 0.15), (0.035, 0.3))
WAVING = ((0.1, -0.03), (0.14, -0.24))
CHEERING = ((0.05, -0.12), (0.03, -0.3))
POINTING = ((0.14, 0.05), (0.28, 0.04))
OFFERING = ((0.09, 0.13), (0.22, 0.1))
HOLDING_UP = ((0.06, 0.1), (0.07, -0.06))
