"""The two annexes as papers: the rule book's words, the district's rows.

Official papers speak the contest's language, whatever the reader's is.
"""

from collections.abc import Collection, Iterable
from itertools import groupby

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contests.models import Contest, District
from contests.rulebook import Outreach
from documents.tables import Column, Group, Sheet
from outreach.models import Activity, Recommendation, Station

# Widths of Annex 3 (rule 139) and Annex 2 (rule 138), in Latin characters.
RECOMMENDATION_WIDTHS = (6, 20, 20, 15, 17, 12)
SCHEDULE_WIDTHS = (10, 26, 14, 40)
STAMP_PLACE = "\u3000" * 4  # stays empty: here the seal goes (B14)


def recommendation_paper(recommendation: Recommendation) -> Sheet:
    """Annex 3 of one district, as it is printed, stamped and sent (rules 107–116)."""
    rules = recommendation.rules
    head = f"{rules.centre_label}：{recommendation.centre_name}"
    with translation.override(settings.LANGUAGE_CODE):
        rows = [_station_row(each, rules) for each in recommendation.stations.all()]
    return Sheet(
        annex=rules.recommendation_annex,
        title=rules.recommendation_title,
        lines=[f"{head}{STAMP_PLACE}{rules.stamp_label}"],
        columns=_columns(
            rules.recommendation_columns, RECOMMENDATION_WIDTHS, centred={0, 5}
        ),
        groups=[Group(rows)],
        notes=numbered(rules.recommendation_notes, label=rules.notes_label),
        name=recommendation.district.name,
    )


def schedule_paper(contest: Contest, *, contacts_of: Collection[int] = ()) -> Sheet:
    """Annex 2: every district in its month (rules 97–106).

    Contact people stand there only for the districts whose ids are given.
    """
    rules = contest.rulebook.outreach
    return Sheet(
        annex=rules.schedule_annex,
        title=rules.schedule_title,
        columns=_columns(
            rules.schedule_columns, SCHEDULE_WIDTHS, centred={0, 2}, merged={0}
        ),
        groups=_month_groups(contest, rules, contacts_of),
        notes=numbered(rules.schedule_notes, label=rules.notes_label),
    )


def stations_paper(contest: Contest, districts: Iterable[District]) -> Sheet:
    """Every station of these districts on one sheet, for planning."""
    rules = contest.rulebook.outreach
    with translation.override(settings.LANGUAGE_CODE):
        groups = [
            Group([_planning_row(each, district, rules) for each in stations])
            for district in districts
            if (stations := stations_of(district))
        ]
        columns = [
            Column(rules.schedule_columns[1], 14, merge_down=True),
            *_columns(
                rules.recommendation_columns, RECOMMENDATION_WIDTHS, centred={0, 5}
            ),
            Column(_("Seats"), 8, centred=True),
            *(Column(each.name, 8, centred=True) for each in rules.equipment),
        ]
    return Sheet(
        title=rules.recommendation_title,
        columns=columns,
        groups=groups,
        landscape=True,
    )


def stations_of(district: District) -> list[Station]:
    """Of a district whose table was prefetched; none while it has no table."""
    table = getattr(district, "recommendation", None)
    return list(table.stations.all()) if table else []


def _planning_row(station, district, rules):
    ticks = ["✓" if station.has(each.key) else "" for each in rules.equipment]
    return [district.name, *_station_row(station, rules), station.seats, *ticks]


def numbered(notes, *, label) -> list[str]:
    """备注：1. … and the next ones under the first."""
    if len(notes) < 2:
        return [f"{label}{note}" for note in notes]
    indent = "\u3000" * len(label)
    return [
        f"{label if number == 1 else indent}{number}. {note}"
        for number, note in enumerate(notes, start=1)
    ]


def _columns(titles, widths, *, centred, merged=()):
    return [
        Column(title, width, centred=index in centred, merge_down=index in merged)
        for index, (title, width) in enumerate(zip(titles, widths, strict=True))
    ]


def _station_row(station: Station, rules: Outreach):
    return [
        station.position,
        station.name,
        station.address,
        wished_time(station),
        "\n".join(filter(None, [station.contact_name, station.contact_phone])),
        clue_label(station, rules),
    ]


def wished_time(station: Station) -> str:
    """5 月 20 日 9:30; what is not known yet is left out."""
    day = (
        date_format(station.wished_on, "MONTH_DAY_FORMAT") if station.wished_on else ""
    )
    time = date_format(station.wished_from, "G:i") if station.wished_from else ""
    return " ".join(filter(None, [day, time]))


def clue_label(station: Station, rules: Outreach) -> str:
    """Exactly one of the two words of the table's head (rule 114)."""
    if station.has_clue is None:
        return ""
    return rules.clue_labels["yes" if station.has_clue else "no"]


def _month_groups(contest, rules, contacts_of):
    districts = contest.districts.order_by("month", "position")
    contacts = _contacts(contest, contacts_of)
    return [
        Group([_district_row(each, rules, contacts) for each in of_month])
        for _month, of_month in groupby(districts, key=lambda each: each.month)
    ]


def _district_row(district: District, rules, contacts):
    return [
        rules.month_label.format(month=district.month),
        district.name,
        district.activity_count,
        "\n".join(contacts.get(district.pk, [])),
    ]


def _contacts(contest, districts) -> dict[int, list[str]]:
    """The contact people of the stations where a district's activities are."""
    found: dict[int, list[str]] = {}
    activities = Activity.objects.filter(contest=contest, district__in=districts)
    for activity in activities.select_related("station").order_by("position"):
        station = activity.station
        line = f"{station.contact_name} {station.contact_phone}".strip()
        lines = found.setdefault(activity.district_id, [])
        if line and line not in lines:
            lines.append(line)
    return found
