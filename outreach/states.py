"""The states of a recommendation and of an activity, with their legal moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecommendationState(models.TextChoices):
    DRAFT = "draft", _("Being filled in")
    HANDED_IN = "handed_in", _("Handed in")
    RETURNED = "returned", _("Returned for correction")
    ACCEPTED = "accepted", _("Accepted")


RECOMMENDATION_TRANSITIONS = {
    RecommendationState.DRAFT: {RecommendationState.HANDED_IN},
    RecommendationState.HANDED_IN: {
        RecommendationState.RETURNED,
        RecommendationState.ACCEPTED,
    },
    RecommendationState.RETURNED: {RecommendationState.HANDED_IN},
    RecommendationState.ACCEPTED: {RecommendationState.RETURNED},
}

EDITABLE = {RecommendationState.DRAFT, RecommendationState.RETURNED}


class ActivityState(models.TextChoices):
    PENDING = "pending", _("To be set")
    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("Held")


ACTIVITY_TRANSITIONS = {
    ActivityState.PENDING: {ActivityState.CONFIRMED},
    ActivityState.CONFIRMED: {ActivityState.PENDING, ActivityState.HELD},
    ActivityState.HELD: {ActivityState.CONFIRMED},
}
