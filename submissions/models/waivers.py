"""What the committee allows one work beyond the rules (rules 53 and 160, B9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models.constraints import known
from submissions.models.people import who
from submissions.models.works import Submission
from submissions.states import WaiverState


class Waiver(models.Model):
    """A request before handing in, its answer, and the one limit it opens."""

    class Kind(models.TextChoices):
        DURATION = "duration", _("A longer film")
        LATE_ENTRY = "late_entry", _("Handing in after the deadline")
        LABEL = "label", _("A picture labelled as made with AI")

    submission = models.ForeignKey(
        Submission,
        models.CASCADE,
        related_name="waivers",
        verbose_name=_("submission"),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    state = models.CharField(
        _("state"), max_length=16, choices=WaiverState, default=WaiverState.ASKED
    )
    reason = models.TextField(_("reason"))
    asked_duration_s = models.PositiveIntegerField(
        _("length asked for in seconds"), null=True, blank=True
    )
    genre = models.CharField(_("genre"), max_length=40, blank=True)
    sample_url = models.URLField(_("link to a sample"), max_length=500, blank=True)
    asked_by = who(_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    granted_duration_s = models.PositiveIntegerField(
        _("length granted in seconds"), null=True, blank=True
    )
    granted_until = models.DateTimeField(_("granted until"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = who(_("answered by"), optional=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["pk"]
        constraints = [
            known("state", WaiverState, name="waiver_state_is_known"),
            models.UniqueConstraint(
                fields=["submission", "kind"],
                condition=models.Q(state__in=["asked", "granted"]),
                name="one_standing_waiver_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="duration")
                | models.Q(asked_duration_s__isnull=False),
                name="duration_waiver_asks_for_a_length",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="granted")
                | models.Q(kind="duration", granted_duration_s__isnull=False)
                | models.Q(kind="late_entry", granted_until__isnull=False)
                | models.Q(kind="label"),
                name="granted_waiver_says_what_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "withdrawn"])
                | models.Q(answered_by__isnull=False, answered_at__isnull=False),
                name="answered_waiver_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.kind} {self.state}"
