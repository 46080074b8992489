"""Days and deadlines in words."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_words(day: dt.date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def last_day_before(end: dt.datetime) -> dt.date:
    """The day whose 24:00 a moment is."""
    return timezone.localdate(end - dt.timedelta(microseconds=1))


def deadline_words(moment: dt.datetime, *, with_year: bool = False) -> str:
    """A moment that ends a day is 24:00 of that day, as the notice writes it."""
    local = timezone.localtime(moment)
    if local.time() == dt.time.min:
        last = local.date() - dt.timedelta(days=1)
        day = date_format(last, "DATE_FORMAT") if with_year else day_words(last)
        return _("%(day)s 24:00") % {"day": day}
    return date_format(local, "DATETIME_FORMAT")
