"""The demonstration's stations and activities, district by district."""

import datetime as dt
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership, Organisation, Role, User
from accounts.services import grant_role
from contest_portal.desk import demo_media
from contest_portal.desk.scenario import Activity, Scenario, Station, at_noon
from contests import clock
from contests.models import Contest, District
from outreach import services as outreach
from outreach.models import Recommendation

PHONE = "1990000{:04d}"  # a range no network gives out


def tell_outreach(contest: Contest, scenario: Scenario) -> None:
    """Every district has handed in, but for the one whose centre has an account.

    That one waits for whoever tries the demonstration, its table half filled in.
    """
    rules = contest.rulebook.outreach
    if rules is None or not scenario.stations:
        return
    organiser = _holder(contest, Role.ORGANISER)
    for district in contest.districts.order_by("position"):
        centre = contest.organisations.get(
            kind=Organisation.Kind.PRACTICE_CENTRE, district=district
        )
        own = Membership.objects.filter(
            organisation=centre, role=Role.PRACTICE_CENTRE
        ).first()
        at = at_noon(rules.due_on - dt.timedelta(days=3))
        if own is not None:
            fill_in(centre, own.user, scenario.stations[:2], at=at)
            continue
        table = recommend(centre, scenario.stations, at=at)
        outreach.accept(recommendation=table, by=organiser, at=at, compared=True)
        plan(table, scenario, by=organiser, year=rules.year)


def _holder(contest, role) -> User:
    return Membership.objects.filter(contest=contest, role=role).first().user


def centre_user(centre: Organisation) -> User:
    """Somebody at the centre; without a password, so nobody can sign in as them."""
    user, _is_new = User.objects.get_or_create(
        username=f"story-{centre.key}", defaults={"full_name": "示例联络员"}
    )
    grant_role(
        user=user,
        contest=centre.contest,
        role=Role.PRACTICE_CENTRE,
        by=None,
        organisation=centre,
    )
    return user


def recommend(
    centre: Organisation, stations: list[Station], *, at: dt.datetime
) -> Recommendation:
    """The centre's table, filled in, stamped and handed in."""
    user = centre_user(centre)
    table = fill_in(centre, user, stations, at=at)
    with tempfile.TemporaryDirectory(prefix="scan-") as folder:
        scan = demo_media.make_scan(Path(folder) / "scan.jpg").read_bytes()
    table = outreach.attach_scan(
        recommendation=table,
        upload=SimpleUploadedFile("盖章件.jpg", scan, "image/jpeg"),
        by=user,
        at=at,
    )
    return outreach.hand_in(recommendation=table, by=user, at=at)


def fill_in(centre, user, stations, *, at) -> Recommendation:
    table = outreach.begin_recommendation(organisation=centre, by=user, at=at)
    month = dt.date(table.rules.year, centre.district.month, 1)
    return outreach.save_draft(
        recommendation=table,
        by=user,
        at=at,
        centre_name=centre.name,
        helps_organise=True,
        stations=[row_of(each, month, n) for n, each in enumerate(stations, start=1)],
    )


def row_of(station: Station, month: dt.date, number: int) -> dict:
    return {
        "name": station.name,
        "address": station.address,
        "wished_on": month + dt.timedelta(days=5 * number),
        "wished_from": dt.time(14),
        "contact_name": "示例联系人",
        "contact_phone": PHONE.format(1000 + number),
        "has_clue": bool(station.clue),
        "clue": station.clue,
        "seats": station.seats,
        "has_projector": True,
        "has_microphone": True,
        "has_sound": True,
    }


def plan(table: Recommendation, scenario: Scenario, *, by: User, year: int) -> None:
    """The district's activities in its month; on the story's day the past is held."""
    district = table.district
    now = at_noon(scenario.today)
    for position, activity in enumerate(scenario.activities, start=1):
        starts_at, ends_at = times_of(activity, district, position, year=year)
        planned = outreach.set_activity(
            district=district,
            position=position,
            station=table.stations.order_by("position")[position - 1],
            starts_at=starts_at,
            ends_at=ends_at,
            title=activity.title,
            by=by,
            at=now,
        )
        is_last_to_come = district.pk == _last_district(district) and position == 3
        if is_last_to_come and starts_at > now:
            continue
        outreach.confirm_activity(activity=planned, by=by, at=now)
        if starts_at < now:
            outreach.mark_held(activity=planned, by=by, at=now)


def _last_district(district: District) -> int:
    return district.contest.districts.order_by("-position").first().pk


def times_of(activity: Activity, district: District, position: int, *, year: int):
    """Spread over the second half of the month, one day apart from its neighbours."""
    day = dt.date(year, district.month, 14 + 4 * position + district.position % 3)
    midnight = clock.start_of(day)
    return tuple(
        midnight + dt.timedelta(hours=each.hour, minutes=each.minute)
        for each in (activity.starts, activity.ends)
    )
