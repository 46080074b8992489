"""The ways a message leaves the portal, and how far it has come on each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")


class DeliveryState(models.TextChoices):
    """Sending is written down before the gateway is called, so nobody is told twice.

    A delivery whose worker died in between stays unclear until a person decides.
    """

    HELD = "held", _("Held back")
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent out")
    UNCLEAR = "unclear", _("Perhaps sent")
    FAILED = "failed", _("Could not be sent")
    SKIPPED = "skipped", _("Not sent on purpose")


class Cause(models.TextChoices):
    """Why a delivery stands where it stands. Says nothing about the person."""

    NO_ADDRESS = "no_address", _("There is no number or address to send it to.")
    SWITCHED_OFF = "switched_off", _("The person switched this channel off.")
    TOO_OLD = "too_old", _("It tells of something too long ago.")
    NEEDS_APPROVAL = "needs_approval", _("An organiser releases SMS of this contest.")
    HELD_BY_STAFF = "held_by_staff", _("An organiser holds it back.")
    GATEWAY = "gateway", _("The gateway did not take it.")
    NO_ANSWER = "no_answer", _("The gateway gave no answer; it may have been sent.")
    WORKER_GONE = "worker_gone", _("The worker stopped while it was being sent.")
    DROPPED = "dropped", _("An organiser decided not to send it.")
