"""Base of every admin page, and the rule book's rows to look at."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models.constants import LOOKUP_SEP
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from contests.errors import RuleViolation
from contests.models import (
    AwardKind,
    Category,
    Contest,
    Criterion,
    District,
    PrizeGroup,
    PrizeGroupCell,
    RuleBookVersion,
    Stage,
    Track,
    Unit,
)


class RuleBookAdmin(admin.ModelAdmin):
    """Shows a refusal of the rules as an error of the form, with what was typed kept.

    A refusal leaves the whole page: caught any deeper, Django would roll nothing back
    and still say that the change was made.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except RuleViolation as violation:
            request.refusal = violation
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return form if refusal is None else _refused(form, refusal)

    def delete_view(self, request, object_id, extra_context=None):
        """A refusal leads back to the question, with its sentence above."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except RuleViolation as violation:
            messages.error(request, violation.message, extra_tags=violation.code)
            return redirect(request.get_full_path())

    def lookup_allowed(self, lookup, value, request):
        """Only the filters beside the list: any other would let readers feel out,
        letter by letter, fields that they are not shown."""
        shown = [*self.get_list_filter(request), self.date_hierarchy]
        names = {getattr(each, "parameter_name", each) for each in shown}
        return lookup.partition(LOOKUP_SEP)[0] in names and super().lookup_allowed(
            lookup, value, request
        )

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """What one may not see does not exist; Django would lead to the index."""
        raise Http404


def _refused(form, refusal):
    """The form, never valid, with the refusal's sentence above it."""

    class Refused(form):
        def clean(self):
            cleaned_data = super().clean()
            self.add_error(None, ValidationError(refusal.message, code=refusal.code))
            return cleaned_data

    return Refused


class ReadOnlyAdmin(RuleBookAdmin):
    """Rows that other doors write: here they are only looked at."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class PublishedAdmin(ReadOnlyAdmin):
    """The rule book is public, so whoever reaches the admin site may read it."""

    def has_module_permission(self, request):
        return True

    def has_view_permission(self, request, obj=None):
        return True


class PartAdmin(PublishedAdmin):
    list_display = ["name", "key", "contest", "position"]
    list_filter = ["contest"]
    list_select_related = ["contest"]


@admin.register(Contest)
class ContestAdmin(PublishedAdmin):
    list_display = ["title_short", "key", "starts_on", "ends_on", "current_version"]
    list_select_related = ["current_version"]


@admin.register(RuleBookVersion)
class RuleBookVersionAdmin(PublishedAdmin):
    list_display = ["digest", "contest", "published_at"]
    list_select_related = ["contest"]
    ordering = ["-published_at"]


@admin.register(Unit, Category, Criterion)
class PlainPartAdmin(PartAdmin):
    pass


@admin.register(Track)
class TrackAdmin(PartAdmin):
    list_display = ["name", "key", "contest", "needs_school", "position"]


@admin.register(Stage)
class StageAdmin(PartAdmin):
    list_display = ["name", "kind", "contest", "starts_on", "ends_on"]
    list_filter = ["contest", "kind"]


@admin.register(District)
class DistrictAdmin(PartAdmin):
    list_display = ["name", "contest", "month", "activity_count"]


@admin.register(AwardKind)
class AwardKindAdmin(PartAdmin):
    list_display = ["name", "contest", "subject", "stage", "count"]
    list_select_related = ["contest", "stage"]


class CellInline(admin.TabularInline):
    model = PrizeGroupCell
    verbose_name_plural = _("cells")

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(PrizeGroup)
class PrizeGroupAdmin(PartAdmin):
    inlines = [CellInline]
