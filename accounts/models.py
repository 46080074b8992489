"""People, the organisations they act for, and the roles they hold in a contest."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from accounts.managers import UserManager
from accounts.masking import mask_phone
from contests.models import Contest, District


class User(AbstractBaseUser, PermissionsMixin):
    """A citizen has a phone, staff have a username; nobody needs both."""

    phone = models.CharField(
        _("mobile number"), max_length=16, unique=True, null=True, blank=True
    )  # E.164
    phone_verified = models.BooleanField(_("number proved"), default=False)
    username = models.CharField(
        _("username"), max_length=64, unique=True, null=True, blank=True
    )
    full_name = models.CharField(_("name"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_staff = models.BooleanField(_("may see raw records"), default=False)
    is_active = models.BooleanField(_("open"), default=True)
    created_at = models.DateTimeField(
        _("made at"), default=timezone.now, editable=False
    )

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phone__isnull=True)
                | models.Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"),
                name="phone_is_e164",
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=False)
                | models.Q(phone__isnull=False)
                | models.Q(username__isnull=False),
                name="active_user_can_sign_in",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.label}"

    @property
    def label(self):
        """A name fit for logs and lists: never the whole phone number."""
        if self.full_name or self.username:
            return self.full_name or self.username
        return self.masked_phone or "—"

    @property
    def masked_phone(self):
        return mask_phone(self.phone) if self.phone else ""

    @property
    def audit_label(self):
        """What the audit log may keep for ever: a post, never a citizen's name."""
        return self.username or ""

    def get_full_name(self):
        return self.label

    def get_short_name(self):
        return self.label


class Organisation(models.Model):
    """A body of the contest's tree, from the city down to the community."""

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        DISTRICT = "district", _("District office")
        STREET = "street", _("Street or town")
        COMMUNITY = "community", _("Community or village")
        DEPARTMENT = "department", _("Department")
        MEDIA = "media", _("Media")
        UNIVERSITY = "university", _("University")
        PRACTICE_CENTRE = "practice_centre", _("Practice centre")

    KINDS_OF_A_DISTRICT = (Kind.DISTRICT, Kind.PRACTICE_CENTRE)

    contest = models.ForeignKey(
        Contest,
        models.CASCADE,
        related_name="organisations",
        verbose_name=_("contest"),
    )
    key = models.SlugField(_("key"), max_length=64)
    name = models.CharField(_("organisation name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("district"),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["contest", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "key"], name="organisation_key_is_unique_in_contest"
            ),
            models.CheckConstraint(
                condition=models.Q(district__isnull=False)
                | ~models.Q(kind__in=["district", "practice_centre"]),
                name="district_bodies_name_their_district",
            ),
        ]

    def __str__(self):
        return self.name


class Role(models.TextChoices):
    ORGANISER = "organiser", _("Organiser")
    REVIEWER = "reviewer", _("Reviewer")
    JUDGE = "judge", _("Judge")
    DISTRICT_OFFICER = "district_officer", _("District officer")
    PRACTICE_CENTRE = "practice_centre", _("Practice centre")
    RECOMMENDER = "recommender", _("Recommending organisation")
    SUPERVISOR = "supervisor", _("Supervisor")


ROLES_IN_ADMIN = frozenset({Role.ORGANISER, Role.JUDGE, Role.SUPERVISOR})
ORGANISATION_KIND_OF_ROLE = {
    Role.DISTRICT_OFFICER: Organisation.Kind.DISTRICT,
    Role.PRACTICE_CENTRE: Organisation.Kind.PRACTICE_CENTRE,
}
ROLES_OF_A_BODY = frozenset({*ORGANISATION_KIND_OF_ROLE, Role.RECOMMENDER})


class Membership(models.Model):
    """A role a person holds in a contest, for an organisation where it needs one."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    contest = models.ForeignKey(
        Contest,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("contest"),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("organisation"),
    )

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "contest", "role", "organisation"],
                name="role_is_held_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False)
                | ~models.Q(role__in=["district_officer", "practice_centre"]),
                name="district_roles_name_their_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False)
                | ~models.Q(role="recommender"),
                name="recommender_names_its_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="role_is_known"
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.role}"


class Consent(models.Model):
    """Who agreed to which text, in which version, when and from where. Never edited."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="consents", verbose_name=_("person")
    )
    contest = models.ForeignKey(
        Contest, models.PROTECT, related_name="+", verbose_name=_("contest")
    )
    key = models.CharField(_("text agreed to"), max_length=48)
    version = models.PositiveSmallIntegerField(_("version"))
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    given_at = models.DateTimeField(_("given at"))
    ip_address = models.GenericIPAddressField(_("IP address"), null=True)
    channel = models.CharField(_("channel"), max_length=32, default="web")

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "contest", "key", "version"],
                name="consent_is_given_once_per_version",
            )
        ]

    def __str__(self):
        return f"{self.key} v{self.version}"


class AccessToken(AbstractAuthToken):
    """Lets one program act for one person for a time; only its digest is kept."""

    class Channel(models.TextChoices):
        """Programs that sign people in; what they hand in carries the same word."""

        WECHAT_MINI_PROGRAM = "wechat_mini_program", _("WeChat mini-program")
        ALIPAY_MINI_PROGRAM = "alipay_mini_program", _("Alipay mini-program")

    public_id = models.UUIDField(  # names it where the token itself must not stand
        _("address"), default=uuid.uuid4, unique=True, editable=False
    )
    channel = models.CharField(_("channel"), max_length=24, choices=Channel)

    class Meta:
        verbose_name = _("sign-in of a program")
        verbose_name_plural = _("sign-ins of programs")
        ordering = ["-created", "digest"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    channel__in=["wechat_mini_program", "alipay_mini_program"]
                ),
                name="token_channel_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(expiry__isnull=False), name="token_runs_out"
            ),
        ]

    def __str__(self):
        return f"{self.public_id} {self.channel}"


class AuditEntry(models.Model):
    """One line of the audit log: append-only by a trigger, bound to no other row."""

    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    actor_id = models.BigIntegerField(_("actor number"), null=True)
    actor_label = models.CharField(_("actor"), max_length=80, blank=True)
    action = models.CharField(_("action"), max_length=64)
    target = models.CharField(_("object"), max_length=120, blank=True)
    contest_key = models.CharField(_("contest"), max_length=48, blank=True)
    ip_address = models.GenericIPAddressField(_("IP address"), null=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest_first"),
            models.Index(fields=["contest_key", "action"], name="audit_by_contest"),
        ]

    def __str__(self):
        return f"{self.action} {self.target}"


def export_path(export, filename):
    """An address nobody can guess."""
    return f"exports/{export.token.hex[:2]}/{export.token.hex}"


class DataExport(models.Model):
    """Everything about one person in one file, for a few days. Lives by real time."""

    class State(models.TextChoices):
        ASKED = "asked", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")
        GONE = "gone", _("Deleted")

    user = models.ForeignKey(
        User, models.CASCADE, related_name="exports", verbose_name=_("person")
    )
    token = models.UUIDField(
        _("address"), default=uuid.uuid4, unique=True, editable=False
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.ASKED
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("in work until"), null=True)
    ready_at = models.DateTimeField(_("ready at"), null=True)
    expires_at = models.DateTimeField(_("kept until"), null=True)
    file = models.FileField(
        _("file"), upload_to=export_path, max_length=255, blank=True
    )
    size_bytes = models.BigIntegerField(_("size in bytes"), default=0)

    class Meta:
        verbose_name = _("export of own data")
        verbose_name_plural = _("exports of own data")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "ready", "failed", "gone"]),
                name="export_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(state="asked"),
                name="one_export_is_being_made",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready")
                | (models.Q(expires_at__isnull=False) & ~models.Q(file="")),
                name="ready_export_has_its_file",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.state}"


class Erasure(models.Model):
    """Somebody left: which number the account had, and the files still to delete."""

    user = models.OneToOneField(
        User, models.PROTECT, related_name="erasure", verbose_name=_("person")
    )
    at = models.DateTimeField(_("time"))
    files_left = models.JSONField(_("files still to delete"), default=list)
    files_gone_at = models.DateTimeField(_("all files deleted at"), null=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self):
        return f"#{self.pk}"
