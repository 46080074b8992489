"""People, as those see them who watch a contest: by role, never by `is_staff`."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts import permissions, queries, services
from accounts.admin_forms import AppointmentForm, WorkAccountForm
from accounts.audit_words import words_of
from accounts.masking import mask_name
from accounts.models import AuditEntry, Consent, Membership, Organisation, User
from accounts.requests import client_ip
from contests.admin import ReadOnlyAdmin, RuleBookAdmin


class ByRole:
    """Seen by those who watch a contest, whatever Django's own permissions say."""

    def has_module_permission(self, request):
        if not hasattr(request, "watches_a_contest"):  # asked once for each model
            request.watches_a_contest = permissions.watches_a_contest(request.user)
        return request.watches_a_contest

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)


class RecordAdmin(ReadOnlyAdmin):
    """Rows of the contests that the reader runs or watches; others do not exist.

    For the apps above this one.
    """

    path_to_contest = "contest"

    def get_queryset(self, request):
        contests = queries.contests_run_by(request.user)
        rows = super().get_queryset(request)
        return rows.filter(**{f"{self.path_to_contest}__in": contests})

    def has_module_permission(self, request):
        return queries.contests_run_by(request.user).exists()

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)


@admin.register(Organisation)
class OrganisationAdmin(ByRole, ReadOnlyAdmin):
    """The tree comes from `loadorganisations`, so it is only looked at here."""

    list_display = ["name", "kind", "parent", "district", "contest"]
    list_filter = ["kind"]
    list_select_related = ["parent", "district", "contest"]
    search_fields = ["name", "key"]

    def get_queryset(self, request):
        contests = queries.contests_watched_by(request.user)
        return super().get_queryset(request).filter(contest__in=contests)


@admin.register(Membership)
class MembershipAdmin(ByRole, RuleBookAdmin):
    """A role is given or taken, never changed into another."""

    form = AppointmentForm
    list_display = ["user", "role", "organisation", "contest"]
    list_filter = ["role"]
    list_select_related = ["user", "organisation", "contest"]
    search_fields = ["user__username", "user__full_name", "organisation__name"]

    def get_queryset(self, request):
        contests = queries.contests_watched_by(request.user)
        return super().get_queryset(request).filter(contest__in=contests)

    def get_fields(self, request, obj=None):
        if obj is not None:
            return ["user", "contest", "role", "organisation"]
        return [
            "username",
            "full_name",
            "password",
            "contest",
            "role",
            "organisation",
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        contests = queries.contests_managed_by(request.user)
        if db_field.name == "contest":
            kwargs["queryset"] = contests
        if db_field.name == "organisation":
            kwargs["queryset"] = Organisation.objects.filter(contest__in=contests)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request):
        return queries.contests_managed_by(request.user).exists()

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return self.has_add_permission(request)
        return permissions.can_manage_roles(request.user, obj.contest)

    def get_actions(self, request):
        """Roles are taken one by one, each with its own page to think."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(self, request, obj, form, change):
        given = form.cleaned_data
        membership = services.appoint(
            username=given["username"],
            full_name=given["full_name"],
            password=given["password"],
            contest=given["contest"],
            role=given["role"],
            organisation=given["organisation"],
            by=request.user,
            ip=client_ip(request),
        )
        obj.pk, obj.user = membership.pk, membership.user

    def delete_model(self, request, obj):
        services.revoke_role(membership=obj, by=request.user, ip=client_ip(request))


@admin.register(User)
class UserAdmin(ByRole, RuleBookAdmin):
    """Work accounts are opened by giving a role; citizens open their own."""

    form = WorkAccountForm
    list_display = ["username", "shown_name", "masked_phone", "roles", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["username", "full_name"]
    ordering = ["username", "pk"]
    readonly_fields = ["username", "masked_phone", "roles", "last_login"]
    fields = [
        "username",
        "masked_phone",
        "roles",
        "last_login",
        "full_name",
        "is_active",
        "new_password",
        "forget_second_factor",
    ]

    def get_queryset(self, request):
        return queries.work_accounts_visible_to(request.user).prefetch_related(
            "memberships__contest"
        )

    def get_fields(self, request, obj=None):
        if self.has_change_permission(request, obj):
            return self.fields
        return [
            "username",
            "masked_phone",
            "roles",
            "last_login",
            "shown_name",
            "is_active",
        ]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "shown_name"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return obj is not None and permissions.can_manage_account(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        given = form.cleaned_data
        services.change_work_account(
            user=obj,
            by=request.user,
            full_name=given["full_name"],
            is_active=given["is_active"],
            new_password=given["new_password"],
            forget_second_factor=given["forget_second_factor"],
            ip=client_ip(request),
        )

    @admin.display(description=_("name"))
    def shown_name(self, user):
        """Colleagues are called by their names, citizens are not."""
        return user.full_name if user.username else mask_name(user.full_name)

    @admin.display(description=_("mobile number"))
    def masked_phone(self, user):
        return user.masked_phone

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(
            f"{held.get_role_display()} ({held.contest})"
            for held in user.memberships.all()
        )


@admin.register(Consent)
class ConsentAdmin(ByRole, ReadOnlyAdmin):
    list_display = ["key", "version", "user", "given_at", "channel", "contest"]
    list_filter = ["key", "version"]
    list_select_related = ["user", "contest"]
    fields = [
        "user",
        "contest",
        "key",
        "version",
        "text_sha256",
        "given_at",
        "ip_address",
        "channel",
    ]

    def get_queryset(self, request):
        return queries.consents_visible_to(request.user)


class ActionFilter(admin.SimpleListFilter):
    """What the reader's part of the log tells of, in words."""

    title = _("action")
    parameter_name = "what"

    def lookups(self, request, model_admin):
        codes = model_admin.get_queryset(request).order_by("action")
        return [
            (code, words_of(code))
            for code in codes.values_list("action", flat=True).distinct()
        ]

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ByRole, ReadOnlyAdmin):
    list_display = [
        "at",
        "what",
        "actor_label",
        "actor_id",
        "target",
        "contest_key",
        "ip_address",
    ]
    list_filter = [ActionFilter, "contest_key"]
    search_fields = ["actor_label", "target", "action"]
    date_hierarchy = "at"
    show_full_result_count = False
    fields = [
        "at",
        "what",
        "action",
        "actor_label",
        "actor_id",
        "target",
        "contest_key",
        "ip_address",
        "detail",
    ]
    readonly_fields = ["what"]

    @admin.display(description=_("what happened"), ordering="action")
    def what(self, entry):
        return words_of(entry.action)

    def get_queryset(self, request):
        return queries.audit_entries_visible_to(request.user)
