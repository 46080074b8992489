"""Adjectives of recommendations."""

from django.db import models

from accounts.models import Membership, Role
from accounts.queries import contests_run_by


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A district's own people, and those who run the contest."""
        own = Membership.objects.filter(
            user_id=user.pk, role__in=[Role.PRACTICE_CENTRE, Role.DISTRICT_OFFICER]
        )
        return self.filter(
            models.Q(district__in=own.values("organisation__district"))
            | models.Q(contest__in=contests_run_by(user))
        )
