"""Tells people what happened in the apps below."""

from django.dispatch import receiver
from django.urls import reverse

from accounts.signals import export_ready
from contests import clock
from notifications.kinds import Kind
from notifications.services import notify


@receiver(export_ready)
def tell_of_export(export, **kwargs):
    notify(
        recipient=export.user,
        kind=Kind.EXPORT_READY,
        at=clock.now(),
        link=reverse("accounts:own-data"),
        until=export.expires_at,
    )
