"""Tables of works that organisations recommend: as read, and what became of them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Role
from accounts.queries import contests_with_role
from contests.models import Contest, Unit
from submissions.models.constraints import known
from submissions.models.works import Submission
from submissions.states import ImportState


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own tables; organisers see those of their contests."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(made_by_id=user.pk)
            | models.Q(contest__in=contests_with_role(user, Role.ORGANISER))
        )


class ImportBatch(models.Model):
    """One table, previewed before anything is written; kept with who, when and what."""

    contest = models.ForeignKey(
        Contest, models.PROTECT, related_name="imports", verbose_name=_("contest")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="imports",
        verbose_name=_("recommended by"),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="imports",
        verbose_name=_("imported by"),
    )
    unit = models.ForeignKey(  # of all rows, where the table has no column for it
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ImportState, default=ImportState.PREVIEWED
    )
    original_name = models.CharField(_("name as it came"), max_length=255)
    size_bytes = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    head = models.JSONField(_("lines above the table"), default=dict)
    problems = models.JSONField(_("what is said of the whole table"), default=list)
    made_at = models.DateTimeField(_("made at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported table")
        verbose_name_plural = _("imported tables")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organisation", "sha256"])]
        constraints = [
            known("state", ImportState, name="import_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state="confirmed", confirmed_at__isnull=False)
                | ~models.Q(state="confirmed") & models.Q(confirmed_at__isnull=True),
                name="confirmed_import_has_its_time",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.state}"

    def get_absolute_url(self):
        return reverse("submissions:import", args=[self.pk])


class ImportRow(models.Model):
    """One line of the table: what stood in it, how it was read, and its work."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line in the file"))
    cells = models.JSONField(_("as written"), default=dict)
    values = models.JSONField(_("as read"), default=dict)
    problems = models.JSONField(_("what is said of it"), default=list)
    is_left_out = models.BooleanField(_("left out"), default=False)
    submission = models.OneToOneField(
        Submission,
        models.SET_NULL,
        null=True,
        related_name="import_row",
        verbose_name=_("work"),
    )

    class Meta:
        verbose_name = _("row of an imported table")
        verbose_name_plural = _("rows of imported tables")
        ordering = ["batch", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "line"], name="line_stands_once_in_a_table"
            )
        ]

    def __str__(self):
        return f"#{self.pk} {self.line}"
