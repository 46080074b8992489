"""The first filling of the holiday calendar; from then on people keep it."""

import datetime as dt

from chinese_calendar.constants import Holiday, holidays, workdays
from django.apps import apps as installed

SATURDAY = 5


def seed_calendar(*, using, apps=installed, **kwargs):
    """After each migrate or flush: the published days of every year that has none yet.

    A year somebody has corrected stays as it is.
    """
    try:
        days = apps.get_model("contests", "CalendarDay").objects.using(using)
    except LookupError:  # migrated back to before the table
        return
    known = set(days.values_list("day__year", flat=True).distinct())
    days.bulk_create(
        days.model(day=day, is_working=is_working, note=note)
        for day, is_working, note in published_days()
        if day.year not in known
    )


def published_days() -> list[tuple[dt.date, bool, str]]:
    """(day, worked or not, which holiday) where the weekday would mislead."""
    free = [
        (day, False, Holiday(name).chinese)
        for day, name in holidays.items()
        if day.weekday() < SATURDAY
    ]
    worked = [
        (day, True, Holiday(name).chinese)
        for day, name in workdays.items()
        if day.weekday() >= SATURDAY
    ]
    return sorted(free + worked)
