"""What the pages of the programme show: centres, tables, the board, what comes next."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import Organisation, Role
from accounts.queries import contests_run_by, contests_with_role
from contests.models import Contest, District
from outreach.models import Activity, Recommendation
from outreach.querysets import OF_A_DISTRICT
from outreach.states import ActivityState, RecommendationState


def centres_of(user):
    """The practice centres the user acts for, those of the newest contest first."""
    return (
        Organisation.objects.filter(
            memberships__user_id=user.pk, memberships__role=Role.PRACTICE_CENTRE
        )
        .select_related("contest__current_version", "district")
        .order_by("-contest__starts_on", "district__position")
        .distinct()
    )


def contest_of(user) -> Contest | None:
    """The newest contest whose programme the user organises, watches or belongs to."""
    own = contests_with_role(user, *OF_A_DISTRICT) | contests_run_by(user)
    return own.select_related("current_version").order_by("-starts_on", "key").first()


def districts_with_tables(contest: Contest, *, user):
    """Districts the user may see, each with its table, stations and activities."""
    tables = Recommendation.objects.select_related("rulebook_version").prefetch_related(
        "stations"
    )
    return visible_districts(contest, user=user).prefetch_related(
        Prefetch("recommendation", tables),
        Prefetch("activities", Activity.objects.order_by("position")),
    )


def visible_districts(contest: Contest, *, user):
    """All of them for those who run the contest, their own for a district's people."""
    districts = contest.districts.order_by("month", "position")
    if contests_run_by(user).filter(pk=contest.pk).exists():
        return districts
    return districts.filter(
        organisations__memberships__user_id=user.pk,
        organisations__memberships__contest=contest,
        organisations__memberships__role__in=OF_A_DISTRICT,
    ).distinct()


def next_activities(contest: Contest, *, at: dt.datetime, limit: int | None = None):
    """Confirmed activities that are not over, the next first; no contacts."""
    coming = (
        Activity.objects.filter(contest=contest)
        .coming(at=at)
        .select_related("district", "station")
    )
    return list(coming[:limit])


# --- The board ---------------------------------------------------------------
@dataclass(frozen=True)
class Dot:
    """One activity of a district: held, confirmed or open."""

    position: int
    state: str
    label: str
    activity: Activity | None


@dataclass(frozen=True)
class BoardDistrict:
    district: District
    dots: list[Dot]

    def count(self, state: str) -> int:
        return sum(dot.state == state for dot in self.dots)


@dataclass(frozen=True)
class BoardMonth:
    month: int
    districts: list[BoardDistrict]

    @property
    def total(self) -> int:
        return sum(len(each.dots) for each in self.districts)

    @property
    def held(self) -> int:
        return sum(each.count(HELD) for each in self.districts)

    @property
    def fixed(self) -> int:
        """Held or confirmed: what no longer needs a date."""
        return self.total - sum(each.count(OPEN) for each in self.districts)


HELD, CONFIRMED, OPEN = "held", "confirmed", "open"
DOT_STATES = {ActivityState.HELD: HELD, ActivityState.CONFIRMED: CONFIRMED}


def activity_board(contest: Contest) -> list[BoardMonth]:
    """Months with their districts, each with as many dots as it has activities."""
    districts = contest.districts.order_by("month", "position").prefetch_related(
        Prefetch("activities", Activity.objects.select_related("station"))
    )
    months: dict[int, list[BoardDistrict]] = {}
    for district in districts:
        months.setdefault(district.month, []).append(
            BoardDistrict(district, dots_of(district))
        )
    return [BoardMonth(month, months[month]) for month in sorted(months)]


def dots_of(district: District) -> list[Dot]:
    """By position, planned or not; reads the prefetched activities."""
    planned = {activity.position: activity for activity in district.activities.all()}
    return [
        _dot(district, position, planned.get(position))
        for position in range(1, district.activity_count + 1)
    ]


def _dot(district, position, activity):
    state = DOT_STATES.get(activity.state, OPEN) if activity else OPEN
    words = {
        HELD: _("%(district)s, no. %(number)d: held"),
        CONFIRMED: _("%(district)s, no. %(number)d: confirmed"),
        OPEN: _("%(district)s, no. %(number)d: still open"),
    }
    label = words[state] % {"district": district.name, "number": position}
    return Dot(position, state, label, activity)


# --- Numbers for the overview ------------------------------------------------
def tables_waiting(contest: Contest):
    """Tables handed in and not yet decided, the longest waiting first."""
    return (
        Recommendation.objects.filter(
            contest=contest, state=RecommendationState.HANDED_IN
        )
        .select_related("district")
        .order_by("handed_in_at")
    )


def districts_without_table(contest: Contest):
    """Districts that have not handed in yet, or must correct what they handed in."""
    return contest.districts.exclude(
        recommendation__state__in=[
            RecommendationState.HANDED_IN,
            RecommendationState.ACCEPTED,
        ]
    ).order_by("position")
