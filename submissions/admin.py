"""Raw records of works, for those who run their contest: to look at, never to write.

Two things can be done here: have files inspected or converted again, above all such as
failed on our side, and keep the holiday calendar, by which the days until an answer are
counted.
"""

from django.contrib import admin, messages
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import audit
from accounts.admin import RecordAdmin
from accounts.models import Role
from accounts.queries import contests_managed_by, contests_with_role
from contests import clock
from contests.admin import RuleBookAdmin
from contests.errors import RuleViolation
from contests.models import CalendarDay
from submissions import services
from submissions.models import (
    Conversion,
    Inspection,
    MediaFile,
    Screening,
    Submission,
    SubmissionEvent,
)
from submissions.states import LIVE, ConversionState, InspectionState, State


@admin.register(Submission)
class SubmissionAdmin(RecordAdmin):
    list_display = ["number", "title", "state", "unit", "track", "category"]
    list_filter = ["state", "unit", "track", "category", "channel"]
    list_select_related = ["unit", "track", "category"]
    search_fields = ["number", "title"]
    date_hierarchy = "submitted_at"
    exclude = ["author"]


@admin.register(MediaFile)
class MediaFileAdmin(RecordAdmin):
    path_to_contest = "submission__contest"
    list_display = ["submission", "position", "content_type", "size_bytes", "sha256"]
    list_select_related = ["submission"]
    list_filter = ["content_type"]
    search_fields = ["submission__number", "sha256"]
    exclude = ["file", "original_name"]


class JobAdmin(RecordAdmin):
    """What workers do with files, how far it is, and who does it."""

    path_to_contest = "media_file__submission__contest"
    list_select_related = ["media_file"]
    search_fields = ["media_file__submission__number", "worker"]
    date_hierarchy = "queued_at"

    def has_retry_permission(self, request):
        return contests_with_role(request.user, Role.ORGANISER).exists()

    def of_own_contests(self, request, jobs):
        organised = contests_with_role(request.user, Role.ORGANISER)
        return jobs.filter(
            media_file__submission__contest__in=organised
        ).select_related("media_file__submission")

    @admin.display(description=_("share done"))
    def percent(self, job):
        return f"{int(100 * job.share_done)} %"

    @admin.display(description=_("waits for"), ordering="queued_at")
    def age(self, job):
        return timesince(job.queued_at) if job.finished_at is None else None

    @admin.display(description=_("last sign of life"), ordering="seen_at")
    def seen(self, job):
        return job.seen_at

    @admin.display(description=_("took"))
    def took(self, job):
        total_s = job.timings.get("total_s")
        return None if total_s is None else f"{total_s:.1f} s"


@admin.register(Inspection)
class InspectionAdmin(JobAdmin):
    list_display = [
        *("media_file", "state", "verdict", "queue", "percent", "attempts"),
        *("age", "worker", "seen", "took"),
    ]
    list_filter = ["state", "queue", "verdict", "category_key"]
    actions = ["retry", "inspect_again"]

    @admin.action(
        description=_("Try again what failed on our side"), permissions=["retry"]
    )
    def retry(self, request, queryset):
        self._retry(request, queryset.filter(state=InspectionState.ERRORED))

    @admin.action(
        description=_("Inspect again, by the rules and tools of today"),
        permissions=["retry"],
    )
    def inspect_again(self, request, queryset):
        """Findings are made anew; a work that was sent on stays where it is."""
        kept = {State.DRAFT, *LIVE}
        self._retry(request, queryset.filter(media_file__submission__state__in=kept))

    def _retry(self, request, queryset):
        count = 0
        for inspection in self.of_own_contests(request, queryset):
            services.retry_inspection(
                inspection=inspection, by=request.user, at=clock.now()
            )
            count += 1
        text = ngettext(
            "%(count)s inspection is tried again.",
            "%(count)s inspections are tried again.",
            count,
        )
        messages.success(request, text % {"count": count})


@admin.register(Conversion)
class ConversionAdmin(JobAdmin):
    list_display = [
        *("media_file", "state", "percent", "attempts", "age", "worker", "seen"),
        "took",
    ]
    list_filter = ["state"]
    actions = ["retry"]

    @admin.action(
        description=_("Try again what failed on our side"), permissions=["retry"]
    )
    def retry(self, request, queryset):
        errored = queryset.filter(state=ConversionState.ERRORED)
        count = 0
        for failed in self.of_own_contests(request, errored):
            try:
                services.retry_conversion(
                    failed=failed, by=request.user, at=clock.now()
                )
            except RuleViolation as refusal:  # somebody else did it just now
                messages.warning(request, refusal.message)
            else:
                count += 1
        text = ngettext(
            "%(count)s conversion is tried again.",
            "%(count)s conversions are tried again.",
            count,
        )
        messages.success(request, text % {"count": count})


@admin.register(Screening)
class ScreeningAdmin(RecordAdmin):
    path_to_contest = "submission__contest"
    list_display = ["submission", "cycle", "level", "decision", "reviewer"]
    list_select_related = ["submission", "reviewer"]
    list_filter = ["level", "decision"]
    search_fields = ["submission__number"]


@admin.register(SubmissionEvent)
class SubmissionEventAdmin(RecordAdmin):
    path_to_contest = "submission__contest"
    list_display = ["submission", "at", "from_state", "to_state", "actor_label"]
    list_select_related = ["submission"]
    list_filter = ["to_state"]
    search_fields = ["submission__number"]


@admin.register(CalendarDay)
class CalendarDayAdmin(RuleBookAdmin):
    """Holidays and worked weekends, kept by those who run a contest."""

    list_display = ["day", "is_working", "note"]
    list_filter = ["is_working"]
    date_hierarchy = "day"
    search_fields = ["note"]
    ordering = ["-day"]

    def _is_kept_by(self, user):
        return contests_managed_by(user).exists()

    def has_module_permission(self, request):
        return self._is_kept_by(request.user)

    def has_view_permission(self, request, obj=None):
        return self._is_kept_by(request.user)

    def has_add_permission(self, request):
        return self._is_kept_by(request.user)

    def has_change_permission(self, request, obj=None):
        return self._is_kept_by(request.user)

    def has_delete_permission(self, request, obj=None):
        return self._is_kept_by(request.user)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self._note("calendar.changed", request, obj, is_working=obj.is_working)

    def delete_model(self, request, obj):
        self._note("calendar.day_removed", request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for day in queryset:
            self.delete_model(request, day)

    def _note(self, action, request, obj, **detail):
        audit.record(action, by=request.user, target=str(obj), **detail)
