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


def deadline_words(moment: dt.datetime) -> str:
    """A moment that ends a day is 24:00 of that day, as the notice writes it."""
    local = timezone.localtime(moment)
    if local.time() == dt.time.min:
        day = day_words(local.date() - dt.timedelta(days=1))
        return _("%(day)s 24:00") % {"day": day}
    return date_format(local, "DATETIME_FORMAT")
