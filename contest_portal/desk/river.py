"""The time plan as a river: what is past, what flows now, what comes next."""

import datetime as dt
import itertools
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contests import clock
from contests.rulebook import RuleBook

HEIGHTS = ("high", "low", "high", "middle", "low")
DEPTH = {
    "high": 24,
    "middle": 50,
    "low": 76,
}  # px below the frame's top, as in river.css
WIDTH = 1200  # of the drawing, stretched to the frame
BLEED = 1400  # how far the water runs on beyond either side


@dataclass(frozen=True)
class Point:
    """A stage on the river; `state` is done, now or next."""

    name: str
    display: str
    state: str
    height: str
    is_here: bool  # the water has come so far
    flow: str  # of the stretch to the next point: past, arriving or nothing yet


@dataclass(frozen=True)
class Countdown:
    """One big numeral: how long until `moment`, the end or the start of a stage."""

    number: int
    unit: str
    title: str
    moment: dt.datetime
    last_day: dt.date | None = None  # the moment is 24:00 of this day


def points(book: RuleBook, *, today: dt.date) -> list[Point]:
    stages = [stage for stage in book.stages if stage.on_timeline]
    states = [state_of(stage, today=today) for stage in stages]
    here = max((i for i, state in enumerate(states) if state != "next"), default=-1)
    return [
        Point(
            name=stage.timeline_name or stage.name,
            display=stage.timeline_display or stage.display,
            state=states[i],
            height=HEIGHTS[i % len(HEIGHTS)],
            is_here=i == here and states[i] == "now",
            flow=_flow(i, here=here, states=states),
        )
        for i, stage in enumerate(stages)
    ]


def _flow(i, *, here, states) -> str:
    if i >= here:
        return ""
    return "arriving" if i == here - 1 and states[here] == "now" else "past"


def state_of(stage, *, today: dt.date) -> str:
    """A stage that stands at its start is done with on the day after."""
    last = stage.starts_on if stage.timeline_at_start else stage.ends_on
    if last < today:
        return "done"
    return "now" if stage.starts_on <= today else "next"


def course(stages: list[Point]) -> dict:
    """SVG paths through the points: the whole river, and the water travelled so far.

    `turn` and `here` are where the colour begins to change and where the water is.
    """
    if not stages:
        return {}
    step = WIDTH / len(stages)
    spots = [(-BLEED, 60), (-BLEED / 3, 76)]
    spots += [(round(step * (i + 0.5)), DEPTH[p.height]) for i, p in enumerate(stages)]
    spots += [(WIDTH + BLEED / 3, 30), (WIDTH + BLEED, 60)]
    here = max((i for i, p in enumerate(stages) if p.state != "next"), default=-1)
    flowing = here >= 0 and stages[here].state == "now"
    green_until = max(here if not flowing else here - 1, -1)
    return {
        "whole": curve(spots),
        "past": curve(spots[: 3 + green_until]) if here >= 0 else "",
        "now": curve(spots[2 + green_until : 3 + here]) if flowing else "",
        "turn": max(spots[2 + green_until][0], -120),
        "here": spots[2 + here][0],
    }


def curve(spots: list[tuple[float, float]]) -> str:
    """A path that lies flat at every spot, as water does between two bends."""
    if len(spots) < 2:
        return ""
    path = [f"M{spots[0][0]:g} {spots[0][1]:g}"]
    for (x0, y0), (x1, y1) in itertools.pairwise(spots):
        reach = (x1 - x0) * 0.45
        path.append(f"C{x0 + reach:g} {y0:g} {x1 - reach:g} {y1:g} {x1:g} {y1:g}")
    return "".join(path)


def countdown(book: RuleBook, *, at: dt.datetime) -> Countdown | None:
    """To the next deadline for works; after the last, to the next date of the plan."""
    upcoming = [date for date in (*deadlines(book), *dates(book)) if date[1] > at]
    works = [date for date in deadlines(book) if date[1] > at]
    opens = clock.start_of(book.collection.starts_on)
    if at < opens:
        title = _("Until works can be handed in")
        return _counted(title, opens, None, at=at)
    if works:
        return _counted(*min(works, key=lambda date: date[1]), at=at)
    if upcoming:
        return _counted(*min(upcoming, key=lambda date: date[1]), at=at)
    return None


def deadlines(book: RuleBook):
    """(title, moment, last day) of each day until which works are taken."""
    for stage in book.stages:
        if stage.kind == "selection":
            title = _("Until works for %(stage)s close") % {"stage": stage.name}
            yield title, clock.end_of(stage.works_until), stage.works_until
    last = book.collection.ends_on
    yield _("Until works can no longer be handed in"), clock.end_of(last), last


def dates(book: RuleBook):
    """(title, moment, last day) of each beginning and end in the plan."""
    for stage in book.stages:
        names = {"stage": stage.name}
        start = clock.start_of(stage.starts_on)
        yield _("Until %(stage)s begins") % names, start, None
        yield (
            _("Until %(stage)s ends") % names,
            clock.end_of(stage.ends_on),
            stage.ends_on,
        )


def _counted(title, moment, last_day, *, at) -> Countdown:
    left = moment - at
    if left.days:
        number, unit = left.days, _("days")
    elif left >= dt.timedelta(hours=1):
        number, unit = left.seconds // 3600, _("hours")
    else:
        number, unit = left.seconds // 60, _("minutes")
    return Countdown(number, unit, title, moment, last_day)
