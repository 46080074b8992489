"""Days and deadlines as people read them."""

import datetime as dt

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from contests.moments import deadline_words

MIDNIGHT = dt.datetime(2024, 1, 31, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("with_year", "words"),
    [(False, "30 January 24:00"), (True, "30 January 2024 24:00")],
)
def test_a_day_ends_at_24_with_its_year_where_years_differ(with_year, words):
    with translation.override("en"):
        assert deadline_words(MIDNIGHT, with_year=with_year) == words


@pytest.mark.parametrize(
    ("language", "words"), [("en", "January"), ("zh-hans", "1 月")]
)
def test_a_month_beside_a_day_is_written_as_in_a_date(language, words):
    with translation.override(language):
        assert date_format(MIDNIGHT, "MONTH_FORMAT") == words
