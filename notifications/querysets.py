"""Adjectives of messages and deliveries."""

from django.db import models

from notifications.states import DeliveryState


class MessageQuerySet(models.QuerySet):
    def addressed_to(self, user):
        return self.filter(recipient_id=user.pk)

    def unread(self):
        return self.filter(read_at__isnull=True)


class DeliveryQuerySet(models.QuerySet):
    def due(self, *, at):
        return self.filter(state=DeliveryState.QUEUED, not_before__lte=at)
