"""Works handed in week by week, stacked by unit: the picture and its table."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from django.utils.formats import date_format

from contests import clock
from contests.models import Contest
from submissions.models import Submission

WIDTH, HEIGHT, LEFT, FOOT = 640, 230, 34, 200
RIGHT = 520  # of the drawing; unit names stand beyond it
MIN_GAP = 18  # between two names


@dataclass(frozen=True)
class Band:
    """One unit's share of the picture."""

    name: str
    number: int  # from 1, for its colour
    path: str
    label_y: float


@dataclass(frozen=True)
class Week:
    begins_on: dt.date
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    weeks: list[Week]
    units: list[str]
    bands: list[Band]
    levels: list[Tick]
    months: list[Tick]
    nodes: list[Tick]  # the countdown days that have passed
    last_y: float

    @property
    def last(self) -> int:
        return self.weeks[-1].total if self.weeks else 0


def weekly_chart(contest: Contest, *, today: dt.date) -> Chart:
    """From the contest's first week to this one."""
    book = contest.rulebook
    units = [unit.short_name for unit in book.units]
    weeks = _weeks(contest, [unit.key for unit in book.units], today)
    ceiling = _ceiling(max((week.total for week in weeks), default=0))
    lines = [[0.0] * len(weeks)]
    for number in range(len(units)):
        lines.append(
            [
                below + week.counts[number]
                for below, week in zip(lines[-1], weeks, strict=True)
            ]
        )
    drawn = [[FOOT - (FOOT - 20) * y / ceiling for y in line] for line in lines]
    bands = [
        _band(name, number, lower, upper, weeks)
        for number, (name, (lower, upper)) in enumerate(
            zip(units, pairwise(drawn), strict=True), start=1
        )
    ]
    return Chart(
        weeks=weeks,
        units=units,
        bands=_apart(bands),
        levels=[
            Tick(round(FOOT - (FOOT - 20) * share / 2, 1), str(ceiling * share // 2))
            for share in (0, 1, 2)
        ],
        months=_months(weeks),
        nodes=_nodes(book.publication, weeks),
        last_y=round(drawn[-1][-1], 1) if weeks else FOOT,
    )


def _weeks(contest, keys, today):
    first = contest.starts_on - dt.timedelta(days=contest.starts_on.weekday())
    counted = Counter()
    handed_in = Submission.objects.filter(contest=contest).live()
    for key, moment in handed_in.values_list("unit__key", "first_submitted_at"):
        day = moment.astimezone(clock.now().tzinfo).date()
        counted[key, (day - first).days // 7] += 1
    number = max((today - first).days // 7 + 1, 1)
    return [
        Week(first + dt.timedelta(days=7 * i), [counted[key, i] for key in keys])
        for i in range(number)
    ]


def _ceiling(most):
    """A round even number not below the highest week."""
    step = 10 ** max(len(str(most)) - 1, 0)
    return next(n * step for n in (2, 4, 6, 8, 10) if n * step >= most)


def _x(i, weeks):
    return LEFT + (RIGHT - LEFT) * i / max(len(weeks) - 1, 1)


def _band(name, number, lower, upper, weeks):
    there = [(_x(i, weeks), y) for i, y in enumerate(upper)]
    back = [(_x(i, weeks), y) for i, y in enumerate(lower)][::-1]
    path = f"M{_spot(there[0])}{_through(there)}L{_spot(back[0])}{_through(back)}Z"
    return Band(name, number, path, round((lower[-1] + upper[-1]) / 2, 1))


def _through(points):
    """Level at every week, so that a band never swings below its neighbour."""
    parts = []
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) / 2
        parts.append(f"C{_spot((middle, y0))} {_spot((middle, y1))} {_spot((x1, y1))}")
    return "".join(parts)


def _spot(point):
    return f"{round(point[0], 1):g} {round(point[1], 1):g}"


def _apart(bands):
    """Names that would run into each other are moved up, from the lowest on."""
    placed, limit = [], FOOT + MIN_GAP
    for band in bands:
        y = min(band.label_y, limit - MIN_GAP)
        placed.append(Band(band.name, band.number, band.path, y))
        limit = y
    return placed


def _months(weeks):
    ticks, seen = [], None
    for i, week in enumerate(weeks):
        last_day = week.begins_on + dt.timedelta(days=6)
        if last_day.month != seen:
            seen = last_day.month
            ticks.append(Tick(round(_x(i, weeks), 1), date_format(last_day, "M")))
    return ticks


def _nodes(publication, weeks):
    """Days of publication before this week, where they fall between two weeks."""
    if publication is None:
        return []
    first, this_week = weeks[0].begins_on, weeks[-1].begins_on
    days = sorted((publication.day_of(node), node.name) for node in publication.nodes)
    return [
        Tick(round(_x((day - first).days / 7, weeks), 1), name)
        for day, name in days
        if first <= day < this_week
    ]
