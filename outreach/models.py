"""The citizens' programme beside the contest: stations, their tables, activities."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from contests.models import Contest, District, RuleBookVersion
from outreach.querysets import ActivityQuerySet, OfDistrictQuerySet
from outreach.states import EDITABLE, ActivityState, RecommendationState


def scan_path(recommendation, filename):
    """Never the centre's own file name: an address nobody can guess."""
    return f"scans/{recommendation.scan_token.hex[:2]}/{recommendation.scan_token.hex}"


def preview_path(recommendation, filename):
    return f"{scan_path(recommendation, filename)}-preview"


class Recommendation(models.Model):
    """A district's table of practice stations (Annex 3). Only lifecycle moves it."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="recommendations")
    rulebook_version = models.ForeignKey(
        RuleBookVersion, models.PROTECT, related_name="recommendations"
    )  # the rules it was last saved or handed in under
    district = models.OneToOneField(
        District, models.PROTECT, related_name="recommendation"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="recommendations"
    )
    state = models.CharField(
        max_length=16,
        choices=RecommendationState,
        default=RecommendationState.DRAFT,
    )
    centre_name = models.CharField(_("name of the practice centre"), max_length=120)
    helps_organise = models.BooleanField(default=False)  # rule 117
    scan = models.FileField(upload_to=scan_path, max_length=255, blank=True)
    scan_token = models.UUIDField(default=uuid.uuid4, editable=False)
    scan_name = models.CharField(max_length=255, blank=True)
    scan_content_type = models.CharField(max_length=64, blank=True)
    scan_preview = models.FileField(
        upload_to=preview_path, max_length=255, blank=True
    )  # its first page as a JPEG, by the worker
    scan_uploaded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    rows_changed_at = models.DateTimeField()  # what is printed, not the rest
    handed_in_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)  # 逾期 (B13), by the first handing in

    objects = OfDistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["district__position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RecommendationState.values),
                name="recommendation_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=EDITABLE)
                | (models.Q(handed_in_at__isnull=False) & ~models.Q(scan="")),
                name="handed_in_recommendation_is_stamped",
            ),
            models.CheckConstraint(
                condition=models.Q(scan="") | models.Q(scan_uploaded_at__isnull=False),
                name="scan_has_a_time",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.centre_name}"

    def get_absolute_url(self):
        return reverse("outreach:recommendation-detail", args=[self.pk])

    @property
    def is_editable(self):
        return self.state in EDITABLE

    @property
    def rules(self):
        """The outreach part of the rule book it is filled in under."""
        return self.rulebook_version.rulebook.outreach

    @property
    def scan_is_outdated(self):
        """The rows were changed after the stamped copy was uploaded."""
        return bool(self.scan) and self.scan_uploaded_at < self.rows_changed_at


class Station(models.Model):
    """One row of the table: a practice station that offers its room.

    A draft may lack anything; `remarks` says what must be there to hand it in.
    """

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="stations"
    )
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name of the station"), max_length=120, blank=True)
    address = models.CharField(_("place"), max_length=200, blank=True)
    wished_on = models.DateField(_("day asked for"), null=True, blank=True)
    wished_from = models.TimeField(_("time asked for"), null=True, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=30, blank=True)
    contact_phone = models.CharField(
        _("phone of the contact"), max_length=20, blank=True
    )
    has_clue = models.BooleanField(_("shooting clue"), null=True, blank=True)
    clue = models.TextField(_("what could be shot"), max_length=500, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    has_projector = models.BooleanField(_("projector"), default=False)
    has_microphone = models.BooleanField(_("microphone"), default=False)
    has_sound = models.BooleanField(_("sound system"), default=False)

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "position"],
                name="station_position_is_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=models.Q(clue="") | models.Q(has_clue=True),
                name="clue_is_told_where_there_is_one",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.name}"

    def has(self, equipment: str) -> bool:
        """Whether it has the equipment that the rule book calls by this key."""
        return getattr(self, f"has_{equipment}")


class Activity(models.Model):
    """One of a district's activities, at one of its recommended stations."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="activities")
    district = models.ForeignKey(District, models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField()  # 1, 2, 3 in its district
    state = models.CharField(
        max_length=16, choices=ActivityState, default=ActivityState.PENDING
    )
    station = models.ForeignKey(Station, models.PROTECT, related_name="activities")
    title = models.CharField(_("title"), max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["district__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "position"], name="activity_position_is_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ActivityState.values),
                name="activity_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="activity_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.title}"


class Move(models.Model):
    """One move of a state, written with it. Holds no personal fields."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]  # as written: the contest's clock can be set back


class RecommendationEvent(Move):
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="events"
    )
    from_state = models.CharField(
        max_length=16, choices=RecommendationState, blank=True
    )
    to_state = models.CharField(max_length=16, choices=RecommendationState)

    class Meta(Move.Meta):
        verbose_name = _("event of a recommendation")
        verbose_name_plural = _("events of a recommendation")

    def __str__(self):
        return f"#{self.recommendation_id} {self.from_state}→{self.to_state}"


class ActivityEvent(Move):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="events")
    from_state = models.CharField(max_length=16, choices=ActivityState, blank=True)
    to_state = models.CharField(max_length=16, choices=ActivityState)

    class Meta(Move.Meta):
        verbose_name = _("event of an activity")
        verbose_name_plural = _("events of an activity")

    def __str__(self):
        return f"#{self.activity_id} {self.from_state}→{self.to_state}"
