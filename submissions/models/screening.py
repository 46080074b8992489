"""Who looks at a work, what was decided, and what was asked for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contests.models import RuleBookVersion
from submissions.models.constraints import known
from submissions.models.people import who
from submissions.models.works import Submission
from submissions.states import Decision, RequestState, ScreeningLevel


class Screening(models.Model):
    """One reviewer's decision at one level, for one handing-in of the work."""

    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        related_name="screenings",
        verbose_name=_("submission"),
    )
    cycle = models.PositiveSmallIntegerField(_("handing-in"))
    level = models.CharField(_("level"), max_length=8, choices=ScreeningLevel)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="screenings",
        verbose_name=_("reviewer"),
    )
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    reason_key = models.CharField(_("reason from the list"), max_length=48, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    rule = models.CharField(_("rule"), max_length=3, blank=True)
    clause = models.TextField(_("clause"), blank=True)
    checks = models.JSONField(  # of review_checks: {"key", "text", "rule", "clause"}
        _("looked at"), default=list, blank=True
    )
    suspects_ai = models.BooleanField(  # nobody says so, yet it looks generated
        _("generated content suspected"), default=False
    )
    rulebook_version = models.ForeignKey(
        RuleBookVersion,
        models.PROTECT,
        related_name="+",
        verbose_name=_("rule book version"),
    )
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ["pk"]
        constraints = [
            known("level", ScreeningLevel, name="screening_level_is_known"),
            known("decision", Decision, name="decision_is_known"),
            models.UniqueConstraint(
                fields=["submission", "cycle", "level"],
                name="one_screening_per_level",
            ),
            models.UniqueConstraint(
                fields=["submission", "cycle", "reviewer"],
                name="two_levels_by_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.PASS) | ~models.Q(reason=""),
                name="refusal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.PASS) | ~models.Q(clause=""),
                name="refusal_cites_a_clause",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.level} {self.decision}"


class ScreeningClaim(models.Model):
    """A reviewer has the work open; others are told until the time runs out."""

    submission = models.OneToOneField(
        Submission,
        models.CASCADE,
        related_name="screening_claim",
        verbose_name=_("submission"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="screening_claims",
        verbose_name=_("reviewer"),
    )
    claimed_at = models.DateTimeField(_("taken at"))
    expires_at = models.DateTimeField(_("taken until"))

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("claimed_at")),
                name="claim_ends_after_it_begins",
            )
        ]

    def __str__(self):
        return f"#{self.submission_id} {self.reviewer_id}"


class OriginalRequest(models.Model):
    """A reviewer asks for the original or RAW file of a photograph (B7)."""

    submission = models.ForeignKey(
        Submission,
        models.CASCADE,
        related_name="original_requests",
        verbose_name=_("submission"),
    )
    state = models.CharField(
        _("state"), max_length=16, choices=RequestState, default=RequestState.OPEN
    )
    reason = models.TextField(_("reason"))
    asked_by = who(_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("answer due"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for the original")
        verbose_name_plural = _("requests for originals")
        ordering = ["pk"]
        constraints = [
            known("state", RequestState, name="original_request_state_is_known"),
            models.UniqueConstraint(
                fields=["submission"],
                condition=models.Q(state="open"),
                name="one_open_original_request",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="answered")
                | models.Q(answered_at__isnull=False),
                name="answered_original_request_has_its_time",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.state}"
