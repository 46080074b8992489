"""What outreach tells the apps below."""

from datetime import datetime

from contests.models import Contest
from outreach.models import Activity
from outreach.queries import next_activities
from submissions.coming import register_coming

SHOWN = 3


@register_coming
def next_few(at: datetime) -> list[Activity]:
    """The next activities of the current contest."""
    contest = Contest.objects.current()
    return list(next_activities(contest, at=at, limit=SHOWN)) if contest else []
