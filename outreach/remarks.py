"""What is to be said about a district's table and its activities, by the rule book.

An error keeps the table from being handed in; a warning travels with it, and a person
decides. Each remark has a stable code and a sentence, and cites the clause it rests on.
"""

import datetime as dt
import enum
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contests.rulebook import Clause, Outreach, RuleBook
from outreach.models import Activity, Recommendation, Station


class Code(enum.StrEnum):
    TOO_FEW_STATIONS = "too_few_stations"
    TOO_MANY_STATIONS = "too_many_stations"
    CENTRE_NAME_MISSING = "centre_name_missing"
    HELP_NOT_PROMISED = "help_not_promised"
    NAME_MISSING = "station_name_missing"
    ADDRESS_MISSING = "station_address_missing"
    WISHED_TIME_MISSING = "wished_time_missing"
    CONTACT_MISSING = "contact_missing"
    CLUE_MISSING = "clue_missing"
    SEATS_MISSING = "seats_missing"
    EQUIPMENT_MISSING = "equipment_missing"
    SCAN_MISSING = "scan_missing"
    FEW_SEATS = "few_seats"
    VERY_FEW_SEATS = "very_few_seats"
    OUTSIDE_MONTH = "outside_month"
    SAME_TIME = "same_time"
    SCAN_OUTDATED = "scan_outdated"
    STATION_TAKEN = "station_taken"
    STATION_WITHOUT_ACTIVITY = "station_without_activity"


WARNINGS = {
    Code.FEW_SEATS,
    Code.VERY_FEW_SEATS,
    Code.OUTSIDE_MONTH,
    Code.SAME_TIME,
    Code.SCAN_OUTDATED,
    Code.STATION_TAKEN,
    Code.STATION_WITHOUT_ACTIVITY,
}


@dataclass(frozen=True)
class Remark:
    code: Code
    message: str
    station: int = 0  # the row it is about, counted from 1; 0 is the whole table
    clause: Clause | None = None

    @property
    def is_error(self) -> bool:
        return self.code not in WARNINGS

    @property
    def is_strong(self) -> bool:
        return self.is_error or self.code == Code.VERY_FEW_SEATS


def remarks_on(recommendation: Recommendation) -> list[Remark]:
    """Everything there is to say before the table is handed in, in the page's order."""
    book = recommendation.rulebook_version.rulebook
    stations = list(recommendation.stations.all())
    return [
        *_on_count(len(stations), book),
        *_on_head(recommendation),
        *itertools.chain.from_iterable(
            _on_station(station, book, recommendation.district) for station in stations
        ),
        *_on_same_time(stations),
        *_on_scan(recommendation),
    ]


def errors_of(recommendation: Recommendation) -> list[Remark]:
    return [remark for remark in remarks_on(recommendation) if remark.is_error]


def _clause(book: RuleBook, rule: str | None) -> Clause | None:
    return book.clause(rule) if rule else None


def _on_count(count: int, book: RuleBook) -> Iterator[Remark]:
    rules = book.outreach
    clause = _clause(book, rules.stations_rule)
    limits = {"count": count, "min": rules.min_stations, "max": rules.max_stations}
    if count < rules.min_stations:
        message = ngettext(
            "The table names %(count)d station so far; %(min)d to %(max)d are needed. "
            "Please add more.",
            "The table names %(count)d stations so far; %(min)d to %(max)d are needed. "
            "Please add more.",
            count,
        )
        yield Remark(Code.TOO_FEW_STATIONS, message % limits, clause=clause)
    elif count > rules.max_stations:
        message = _(
            "The table names %(count)d stations; no more than %(max)d fit in. "
            "Please take some out."
        )
        yield Remark(Code.TOO_MANY_STATIONS, message % limits, clause=clause)


def _on_head(recommendation) -> Iterator[Remark]:
    if not recommendation.centre_name:
        yield Remark(
            Code.CENTRE_NAME_MISSING, _("Please write the name of the practice centre.")
        )
    if not recommendation.helps_organise:
        yield Remark(
            Code.HELP_NOT_PROMISED,
            _("Please tick that the stations help to bring people together."),
        )


def _on_station(station: Station, book: RuleBook, district) -> Iterator[Remark]:
    for code, is_missing, message in _entries_of(station):
        if is_missing:
            yield Remark(code, message, station.position)
    yield from _on_equipment(station, book)
    yield from _on_seats(station, book)
    yield from _on_month(station, book.outreach, district)


def _entries_of(station):
    """What each row must hold: code, whether it is missing, what to do."""
    return (
        (Code.NAME_MISSING, not station.name, _("Please write the station's name.")),
        (Code.ADDRESS_MISSING, not station.address, _("Please write the place.")),
        (
            Code.WISHED_TIME_MISSING,
            station.wished_on is None or station.wished_from is None,
            _("Please choose the day and the time asked for."),
        ),
        (
            Code.CONTACT_MISSING,
            not (station.contact_name and station.contact_phone),
            _("Please write the contact person and the phone number."),
        ),
        (
            Code.CLUE_MISSING,
            station.has_clue is None,
            _("Please say whether there is a shooting clue."),
        ),
        (
            Code.CLUE_MISSING,
            station.has_clue and not station.clue,
            _("Please tell in a sentence what could be shot."),
        ),
        (
            Code.SEATS_MISSING,
            station.seats is None,
            _("Please write how many people the room seats."),
        ),
    )


def _on_equipment(station, book) -> Iterator[Remark]:
    rules = book.outreach
    missing = [each.name for each in rules.equipment if not station.has(each.key)]
    if missing:
        message = _(
            "Not ticked: %(equipment)s. The room must have it; if it has, please tick."
        )
        yield Remark(
            Code.EQUIPMENT_MISSING,
            message % {"equipment": "、".join(missing)},
            station.position,
            _clause(book, rules.equipment_rule),
        )


def _on_seats(station, book) -> Iterator[Remark]:
    """B23: a small room is never an error."""
    rules = book.outreach
    if station.seats is None or station.seats >= rules.seats_warn_below:
        return
    code = Code.FEW_SEATS
    message = _(
        "%(seats)d seats are a little fewer than about %(about)d. "
        "You may hand it in; the organisers decide."
    )
    if station.seats < rules.seats_warn_strongly_below:
        code = Code.VERY_FEW_SEATS
        message = _(
            "%(seats)d seats are far fewer than about %(about)d. You may hand it in; "
            "please look for a larger room if there is one."
        )
    figures = {"seats": station.seats, "about": rules.seats_about}
    clause = _clause(book, rules.seats_rule)
    yield Remark(code, message % figures, station.position, clause)


def _on_month(station, rules, district) -> Iterator[Remark]:
    if station.wished_on and not in_month(station.wished_on, rules, district):
        message = _(
            "The day asked for lies outside this district's month (%(month)s). "
            "The organisers will get in touch about it."
        )
        yield Remark(
            Code.OUTSIDE_MONTH,
            message % {"month": rules.month_label.format(month=district.month)},
            station.position,
        )


def in_month(day: dt.date, rules: Outreach, district) -> bool:
    return (day.year, day.month) == (rules.year, district.month)


def _on_same_time(stations) -> Iterator[Remark]:
    """Two stations cannot be served by one crew at one time."""
    seen = {}
    for station in stations:
        wished = (station.wished_on, station.wished_from)
        if None in wished:
            continue
        if wished in seen:
            message = _(
                "Stations %(first)d and %(second)d ask for the same time. "
                "Another time for one of them is easier to arrange."
            )
            figures = {"first": seen[wished], "second": station.position}
            yield Remark(Code.SAME_TIME, message % figures, station.position)
        else:
            seen[wished] = station.position


def _on_scan(recommendation) -> Iterator[Remark]:
    if not recommendation.scan:
        yield Remark(
            Code.SCAN_MISSING,
            _(
                "The stamped copy is missing. Please print the table, stamp it, "
                "and upload a scan or a photo."
            ),
        )
    elif recommendation.scan_is_outdated:
        yield Remark(
            Code.SCAN_OUTDATED,
            _(
                "The table was changed after the stamped copy was uploaded. If what "
                "is printed has changed, please print, stamp and upload it again."
            ),
        )


def remarks_on_activity(activity: Activity, book: RuleBook) -> list[Remark]:
    """What to look at before the activity is confirmed."""
    return [*_on_activity_month(activity, book.outreach), *_on_overlap(activity)]


def _on_activity_month(activity, rules):
    day = timezone.localtime(activity.starts_at).date()
    if not in_month(day, rules, activity.district):
        message = _("This lies outside the district's month (%(month)s).")
        month = rules.month_label.format(month=activity.district.month)
        yield Remark(Code.OUTSIDE_MONTH, message % {"month": month})


def _on_overlap(activity):
    for other in Activity.objects.overlapping(activity):
        message = _("At this time the station also has: %(title)s (no. %(number)d).")
        yield Remark(
            Code.STATION_TAKEN,
            message % {"title": other.title, "number": other.position},
        )


def stations_without_activity(stations, activities, *, wanted: int) -> list[Remark]:
    """Once all activities of a district are set: recommended, yet none is there."""
    if len(activities) < wanted:
        return []
    used = {activity.station_id for activity in activities}
    message = _("No activity is planned at “%(station)s”.")
    return [
        Remark(
            Code.STATION_WITHOUT_ACTIVITY,
            message % {"station": station.name},
            station.position,
        )
        for station in stations
        if station.pk not in used
    ]
