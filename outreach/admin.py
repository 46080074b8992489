"""Raw records of the programme, for those who run its contest: to look at only.

The stamped copies and the contact people are on the pages of the desk, not here.
"""

from django.contrib import admin

from accounts.queries import contests_run_by
from contests.admin import ReadOnlyAdmin
from outreach.models import (
    Activity,
    ActivityEvent,
    Recommendation,
    RecommendationEvent,
    Station,
)


class RecordAdmin(ReadOnlyAdmin):
    """Rows of the contests that the reader runs or watches; others do not exist."""

    path_to_contest = "contest"

    def get_queryset(self, request):
        contests = contests_run_by(request.user)
        rows = super().get_queryset(request)
        return rows.filter(**{f"{self.path_to_contest}__in": contests})

    def has_module_permission(self, request):
        return contests_run_by(request.user).exists()

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)


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
