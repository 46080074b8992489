"""Adjectives of submissions: whose, in which state, waiting for whom."""

from django.db import models

from accounts.queries import contests_reviewed_by, contests_run_by
from submissions.states import ERASED, LIVE, State


class SubmissionQuerySet(models.QuerySet):
    def owned_by(self, user):
        return self.filter(author_id=user.pk)

    def visible_to(self, user):
        """Own works, and those of contests in which one is organiser or reviewer."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(author_id=user.pk)
            | models.Q(contest__in=contests_run_by(user))
            | (
                models.Q(contest__in=contests_reviewed_by(user))
                & ~models.Q(state=State.DRAFT)
            )
        )

    def public(self):
        """Works everybody may see: nothing before both screenings (先审后播), nor of
        which only the number is left."""
        return self.filter(state=State.ACCEPTED).exclude(title=ERASED, entrant_name="")

    def awaiting_screening(self):
        return self.filter(state=State.SCREENING)

    def live(self):
        return self.filter(state__in=LIVE)
