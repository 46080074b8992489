"""Working days: the holiday calendar where it says something, else Monday to Friday.

A promise of n working days counts from the day after; it ends at 24:00 of the n-th.
"""

import datetime as dt

from contests import clock
from contests.models import CalendarDay

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


class WorkCalendar:
    """The calendar read once, for a page that asks about many days."""

    def __init__(self):
        self._exceptions = dict(CalendarDay.objects.values_list("day", "is_working"))

    @property
    def known_until(self) -> dt.date | None:
        """The last day somebody has said something about; later ones are guessed."""
        return max(self._exceptions, default=None)

    def is_working_day(self, day: dt.date) -> bool:
        return self._exceptions.get(day, day.weekday() < SATURDAY)

    def after(self, day: dt.date, *, days: int) -> dt.date:
        """The n-th working day after a day."""
        return self._walk(day, days, ONE_DAY)

    def before(self, day: dt.date, *, days: int) -> dt.date:
        """The n-th working day before a day."""
        return self._walk(day, days, -ONE_DAY)

    def _walk(self, day, days, step):
        while days:
            day += step
            days -= self.is_working_day(day)
        return day

    def between(self, first: dt.date, last: dt.date) -> int:
        """How many working days lie after the first day, the last one counted."""
        span = max((last - first).days, 0)
        following = (first + ONE_DAY * number for number in range(1, span + 1))
        return sum(map(self.is_working_day, following))

    def due(self, moment: dt.datetime, *, days: int) -> dt.datetime:
        """When n working days after a moment are over."""
        return clock.end_of(self.after(clock.day_of(moment), days=days))

    def waited(self, since: dt.datetime, *, at: dt.datetime) -> int:
        """For how many working days something has waited, today counted."""
        return self.between(clock.day_of(since), clock.day_of(at))

    def overdue_before(self, at: dt.datetime, *, days: int) -> dt.datetime:
        """What came before this moment has waited for more than n working days."""
        return clock.start_of(self.before(clock.day_of(at), days=days))
