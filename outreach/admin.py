"""Raw records of the programme, for those who run its contest: to look at only.

The stamped copies and the contact people are on the pages of the desk, not here.
"""

from django.contrib import admin

from accounts.admin import RecordAdmin
from outreach.models import (
    Activity,
    ActivityEvent,
    Recommendation,
    RecommendationEvent,
    Station,
)


@admin.register(Recommendation)
class RecommendationAdmin(RecordAdmin):
    list_display = ["district", "centre_name", "state", "is_late", "handed_in_at"]
    list_filter = ["state", "is_late"]
    list_select_related = ["district"]
    search_fields = ["district__name", "centre_name"]
    exclude = ["scan", "scan_preview", "scan_name"]


@admin.register(Station)
class StationAdmin(RecordAdmin):
    path_to_contest = "recommendation__contest"
    list_display = ["name", "recommendation", "position", "seats", "wished_on"]
    list_select_related = ["recommendation"]
    search_fields = ["name", "recommendation__district__name"]
    exclude = ["contact_name", "contact_phone"]


@admin.register(Activity)
class ActivityAdmin(RecordAdmin):
    list_display = ["district", "position", "title", "station", "starts_at", "state"]
    list_filter = ["state", "district"]
    list_select_related = ["district", "station"]
    search_fields = ["title", "station__name"]
    date_hierarchy = "starts_at"


class MoveAdmin(RecordAdmin):
    list_display = ["at", "__str__", "actor_label", "reason"]
    list_filter = ["to_state"]
    date_hierarchy = "at"


@admin.register(RecommendationEvent)
class RecommendationEventAdmin(MoveAdmin):
    path_to_contest = "recommendation__contest"


@admin.register(ActivityEvent)
class ActivityEventAdmin(MoveAdmin):
    path_to_contest = "activity__contest"
