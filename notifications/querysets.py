"""Adjectives of messages and deliveries."""

from django.db import models

from accounts.queries import contests_managed_by
from notifications.states import DeliveryState


class MessageQuerySet(models.QuerySet):
    def addressed_to(self, user):
        return self.filter(recipient_id=user.pk)

    def unread(self):
        return self.filter(read_at__isnull=True)


class DeliveryQuerySet(models.QuerySet):
    def managed_by(self, user):
        """Those of contests the user runs as an organiser."""
        return self.filter(message__contest__in=contests_managed_by(user))

    def due(self, *, at):
        return self.filter(state=DeliveryState.QUEUED, not_before__lte=at)
