"""The month of today as a grid of days, with the activities that stand on them."""

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from outreach.models import Activity
from outreach.queries import CONFIRMED, HELD, BoardMonth, Dot

WEEKDAYS = (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))


@dataclass(frozen=True)
class Day:
    date: dt.date
    is_in_month: bool
    is_today: bool
    dots: list[Dot]

    @property
    def state(self) -> str:
        """Of the day's activities: one still to come outweighs those held."""
        states = {dot.state for dot in self.dots}
        return next((state for state in (CONFIRMED, HELD) if state in states), "")


class MonthGrid:
    """Weeks from Monday on; the days before and after the month fill them up."""

    def __init__(self, board: list[BoardMonth], *, today: dt.date):
        self._board = board
        self.today = today

    @property
    def weekdays(self):
        return WEEKDAYS

    @property
    def districts(self) -> list[str]:
        """Whose month it is."""
        return [
            each.district.name
            for month in self._board
            if month.month == self.today.month
            for each in month.districts
        ]

    @cached_property
    def _by_day(self) -> dict[dt.date, list[Dot]]:
        found: dict[dt.date, list[Dot]] = {}
        for month in self._board:
            for district in month.districts:
                for dot in district.dots:
                    if dot.state in {HELD, CONFIRMED}:
                        found.setdefault(_day_of(dot.activity), []).append(dot)
        return found

    @property
    def weeks(self) -> list[list[Day]]:
        weeks = calendar.Calendar().monthdatescalendar(
            self.today.year, self.today.month
        )
        return [[self._day(date) for date in week] for week in weeks]

    def _day(self, date):
        return Day(
            date=date,
            is_in_month=date.month == self.today.month,
            is_today=date == self.today,
            dots=self._by_day.get(date, []),
        )


def _day_of(activity: Activity) -> dt.date:
    return localdate(activity.starts_at)
