"""The citizens' programme beside the contest: stations, their tables, activities."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from contests.models import Contest, District
from outreach.querysets import RecommendationQuerySet
from outreach.states import ActivityState, RecommendationState


def scan_path(recommendation, filename):
    return f"scans/{recommendation.scan_token.hex[:2]}/{recommendation.scan_token.hex}"


class Recommendation(models.Model):
    """A district's table of practice stations (Annex 3). Only lifecycle moves it."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="recommendations")
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
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)  # 逾期 (B13)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["district__position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RecommendationState.values),
                name="recommendation_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[RecommendationState.DRAFT, RecommendationState.RETURNED]
                )
                | (models.Q(handed_in_at__isnull=False) & ~models.Q(scan="")),
                name="handed_in_recommendation_is_stamped",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.centre_name}"

    def get_absolute_url(self):
        return reverse("outreach:recommendation-detail", args=[self.pk])


class Station(models.Model):
    """One row of the table: a practice station that offers its room."""

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="stations"
    )
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name of the station"), max_length=120)
    address = models.CharField(_("place"), max_length=200)
    wished_time = models.CharField(_("time asked for"), max_length=120)
    contact_name = models.CharField(_("contact person"), max_length=30)
    contact_phone = models.CharField(_("phone of the contact"), max_length=20)
    has_clue = models.BooleanField(_("shooting clue"), default=False)
    clue = models.TextField(_("what could be shot"), blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"))
    has_projector = models.BooleanField(_("projector"), default=False)
    has_microphone = models.BooleanField(_("microphone"), default=False)
    has_sound = models.BooleanField(_("sound system"), default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "position"],
                name="station_position_is_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=models.Q(has_clue=False) | ~models.Q(clue=""),
                name="station_with_a_clue_tells_it",
            ),
        ]

    def __str__(self):
        return self.name


class Activity(models.Model):
    """One of a district's activities, at one of its recommended stations."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="activities")
    district = models.ForeignKey(District, models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField()  # 1, 2, 3 in its district
    state = models.CharField(
        max_length=16, choices=ActivityState, default=ActivityState.PENDING
    )
    station = models.ForeignKey(
        Station, models.PROTECT, null=True, blank=True, related_name="activities"
    )
    title = models.CharField(_("title"), max_length=80, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["district__position", "position"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "position"], name="activity_position_is_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ActivityState.values),
                name="activity_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ActivityState.PENDING)
                | models.Q(
                    station__isnull=False,
                    starts_at__isnull=False,
                    ends_at__gt=models.F("starts_at"),
                ),
                name="confirmed_activity_has_place_and_time",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.title}"


class RecommendationEvent(models.Model):
    """One move of a recommendation, written with it."""

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="events"
    )
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80, blank=True)
    from_state = models.CharField(
        max_length=16, choices=RecommendationState, blank=True
    )
    to_state = models.CharField(max_length=16, choices=RecommendationState)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"#{self.recommendation_id} {self.from_state}→{self.to_state}"
