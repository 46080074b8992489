"""Adjectives of rounds and assignments."""

from django.db import models

from accounts.models import Membership, Role
from accounts.queries import contests_run_by
from judging.states import RoundState


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rounds of the contests the user runs or supervises."""
        return self.filter(contest__in=contests_run_by(user))

    def published(self):
        return self.filter(state=RoundState.PUBLISHED)


class AssignmentQuerySet(models.QuerySet):
    def of_judge(self, user):
        """A judge's own, while the judge still holds the role."""
        judged = Membership.objects.filter(user_id=user.pk, role=Role.JUDGE)
        return self.filter(
            judge_id=user.pk,
            candidate__round__contest__in=judged.values("contest"),
        )

    def open(self):
        return self.filter(candidate__round__state=RoundState.JUDGING)
