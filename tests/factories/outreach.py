"""Districts with their centres, tables, stations and activities, in the shipped contest
or a contest with rules of the test's own."""

import datetime as dt
from itertools import count

from django.core.files.base import ContentFile

from accounts.models import Organisation, Role
from contests import clock
from contests.rulebook import RuleBook
from outreach.models import Activity, Recommendation, Station
from outreach.states import ActivityState, RecommendationState
from tests.factories.accounts import WorkAccountFactory, make_worker
from tests.factories.contests import publish, shipped_rulebook

BEFORE_DUE = clock.start_of(dt.date(2023, 5, 15)) + dt.timedelta(hours=10)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

_numbers = count(1)


def make_contest(**outreach):
    """The shipped contest, its outreach rules changed where the test says so."""
    book = shipped_rulebook()
    if outreach:
        changed = book.model_dump()
        changed["outreach"] |= outreach
        book = RuleBook.model_validate(changed)
    return publish(book)


def district_of(contest, key="shangcheng"):
    return contest.districts.get(key=key)


def make_centre(district) -> Organisation:
    return Organisation.objects.create(
        contest=district.contest,
        key=f"{district.key}-centre",
        name=f"{district.name}新时代文明实践中心",
        kind=Organisation.Kind.PRACTICE_CENTRE,
        district=district,
    )


def make_centre_worker(centre, **fields):
    """Somebody who fills in the table of the centre's district."""
    return make_worker(
        centre.contest, Role.PRACTICE_CENTRE, organisation=centre, **fields
    )


def make_officer(district, **fields):
    """Somebody of the district's office, who only looks on."""
    number = next(_numbers)
    office = Organisation.objects.create(
        contest=district.contest,
        key=f"{district.key}-office-{number}",
        name=f"{district.name}文明办",
        kind=Organisation.Kind.DISTRICT,
        district=district,
    )
    return make_worker(
        district.contest, Role.DISTRICT_OFFICER, organisation=office, **fields
    )


def make_organiser(contest, **fields):
    return make_worker(contest, Role.ORGANISER, **fields)


def make_stranger():
    """Signed in, and nobody in any contest."""
    return WorkAccountFactory()


def station_fields(number=1, **fields) -> dict:
    """A row that lacks nothing, in the district's month."""
    return {
        "name": f"示例社区文明实践站{number}",
        "address": f"示例路 {number} 号",
        "wished_on": dt.date(2023, 5, 19 + number),
        "wished_from": dt.time(9, 30),
        "contact_name": f"示例联系人{number}",
        "contact_phone": f"1990000{number:04d}",
        "has_clue": True,
        "clue": "清晨的义务巡河队",
        "seats": 30,
        "has_projector": True,
        "has_microphone": True,
        "has_sound": True,
    } | fields


def make_table(
    district, *, stations=3, state=RecommendationState.DRAFT, stamped=True, **fields
) -> Recommendation:
    """A table in the state given, complete unless the test says otherwise."""
    centre = Organisation.objects.filter(
        district=district, kind=Organisation.Kind.PRACTICE_CENTRE
    ).first() or make_centre(district)
    defaults = {
        "contest": district.contest,
        "rulebook_version": district.contest.current_version,
        "district": district,
        "organisation": centre,
        "centre_name": centre.name,
        "helps_organise": True,
        "created_at": BEFORE_DUE,
        "rows_changed_at": BEFORE_DUE,
        "state": state,
    }
    if state != RecommendationState.DRAFT:
        defaults["handed_in_at"] = BEFORE_DUE
    table = Recommendation(**(defaults | fields))
    if stamped:
        stamp(table)
    table.save()
    for number in range(1, stations + 1):
        make_station(table, number)
    return table


def stamp(table, content=PDF, *, content_type="application/pdf", at=BEFORE_DUE):
    """Give the table a stamped copy, without saving the row."""
    table.scan.save("scan.pdf", ContentFile(content), save=False)
    table.scan_name, table.scan_content_type = "盖章件.pdf", content_type
    table.scan_uploaded_at = at


def make_station(table, number=1, **fields) -> Station:
    return Station.objects.create(
        recommendation=table, position=number, **station_fields(number, **fields)
    )


def make_activity(
    station, *, position=1, state=ActivityState.CONFIRMED, on=None, hour=14, **fields
) -> Activity:
    """Two hours at the station, on a day of the district's month."""
    district = station.recommendation.district
    day = on or dt.date(2023, district.month, 10 + position)
    starts_at = clock.start_of(day) + dt.timedelta(hours=hour)
    defaults = {
        "contest": district.contest,
        "district": district,
        "position": position,
        "station": station,
        "state": state,
        "title": f"手机拍摄入门课{position}",
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=2),
    }
    return Activity.objects.create(**(defaults | fields))
