"""Adjectives of recommendations and activities."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Membership, Role
from accounts.queries import contests_run_by
from outreach.states import ActivityState

OF_A_DISTRICT = {Role.PRACTICE_CENTRE, Role.DISTRICT_OFFICER}


class OfDistrictQuerySet(models.QuerySet):
    """Rows with a `district` and a `contest`."""

    def visible_to(self, user):
        """A district's own people, and those who run or supervise the contest."""
        own = Membership.objects.filter(
            user_id=user.pk,
            role__in=OF_A_DISTRICT,
            contest=OuterRef("contest"),
            organisation__district=OuterRef("district"),
        )
        return self.filter(Exists(own) | Q(contest__in=contests_run_by(user)))


class ActivityQuerySet(OfDistrictQuerySet):
    def public(self):
        """What everybody may know: activities that stand."""
        return self.exclude(state=ActivityState.PENDING)

    def coming(self, *, at):
        """Confirmed and not over yet, the next first."""
        return self.filter(state=ActivityState.CONFIRMED, ends_at__gt=at).order_by(
            "starts_at", "pk"
        )

    def overlapping(self, activity):
        """Others at the same station at the same time."""
        return self.filter(
            station=activity.station,
            starts_at__lt=activity.ends_at,
            ends_at__gt=activity.starts_at,
        ).exclude(pk=activity.pk)
