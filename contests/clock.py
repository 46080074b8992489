"""The contest's clock. Rules, deadlines and stages ask here, never the system clock.

`DEMO_TODAY` moves the calendar day and keeps the time of day, so the demonstration
can live weeks before a deadline. Cookies, upload expiry, rate limits and logs use real
time. `preview` gives an organiser the site as it will be on another day.
"""

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import timezone

_previewed_day: ContextVar[dt.date | None] = ContextVar("previewed_day", default=None)


def now() -> dt.datetime:
    """The present moment of the contest, aware, in the contest's time zone."""
    real = timezone.localtime()
    day = _previewed_day.get() or settings.DEMO_TODAY
    if day is None:
        return real
    return timezone.make_aware(dt.datetime.combine(day, real.time()))


def today() -> dt.date:
    return now().date()


def day_of(moment: dt.datetime) -> dt.date:
    """The day on which a moment falls in the contest's time zone."""
    return timezone.localdate(moment)


def previewed_day() -> dt.date | None:
    """The day an organiser looks at, where it is not the contest's own."""
    return _previewed_day.get()


@contextmanager
def preview(day: dt.date | None):
    """Inside the block the contest lives on `day`; None leaves the clock alone."""
    token = _previewed_day.set(day)
    try:
        yield
    finally:
        _previewed_day.reset(token)


def start_of(day: dt.date) -> dt.datetime:
    """00:00 of a day in the contest's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def end_of(day: dt.date) -> dt.datetime:
    """24:00 of a day: the first moment that no longer belongs to it (rule 15)."""
    return start_of(day + dt.timedelta(days=1))
