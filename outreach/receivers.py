"""What outreach tells the apps below."""

from datetime import datetime

from django.db.models import Count, Q

from contests.models import Contest
from contests.rulebook import Duty
from outreach.models import Activity, Recommendation
from outreach.queries import next_activities
from outreach.states import RecommendationState
from submissions.coming import register_coming
from submissions.duties import Done, Tally, register_counter

SHOWN = 3


@register_coming
def next_few(at: datetime) -> list[Activity]:
    """The next activities of the current contest."""
    contest = Contest.objects.current()
    return list(next_activities(contest, at=at, limit=SHOWN)) if contest else []


def count_stations(contest: Contest, duties: list[Duty]) -> Tally:
    """Stations in tables that were handed in; a late table is late as a whole."""
    handed_in = Q(
        state__in=[RecommendationState.HANDED_IN, RecommendationState.ACCEPTED]
    )
    tables = (
        Recommendation.objects.filter(handed_in, contest=contest)
        .order_by()
        .values("organisation", "state", "is_late")
        .annotate(stations=Count("stations"))
    )
    return {
        (table["organisation"], duty.key): Done(
            handed_in=table["stations"],
            in_time=0 if table["is_late"] else table["stations"],
            accepted=table["stations"]
            if table["state"] == RecommendationState.ACCEPTED
            else 0,
        )
        for table in tables
        for duty in duties
    }


register_counter("station", count_stations)
