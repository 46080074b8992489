"""What people were told, and how it went out."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.masking import mask_email
from contests.models import Contest
from notifications.kinds import Kind
from notifications.querysets import DeliveryQuerySet, MessageQuerySet
from notifications.states import Cause, Channel, DeliveryState


class Message(models.Model):
    """Something a person was told: a row of the outbox, written with the fact itself.

    Holds no sentence: kinds.py has the words, `params` what they speak of.
    """

    contest = models.ForeignKey(
        Contest,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("contest"),
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="messages",
        verbose_name=_("recipient"),
    )
    kind = models.CharField(_("kind"), max_length=32)  # of kinds.Kind
    params = models.JSONField(_("what it speaks of"), default=dict)
    submission_id = models.BigIntegerField(_("work"), null=True)
    link = models.CharField(_("where it leads"), max_length=200, blank=True)
    at = models.DateTimeField(_("time"))
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read at"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="messages_of_a_person"),
            models.Index(
                fields=["recipient"],
                condition=models.Q(read_at__isnull=True),
                name="unread_messages",
            ),
            models.Index(fields=["submission_id"], name="messages_about_a_work"),
        ]

    def __str__(self):
        return f"#{self.pk} {self.kind}"

    @property
    def kind_label(self):
        return Kind(self.kind).label


class Delivery(models.Model):
    """A message on its way by SMS or e-mail. Only sending.py and services move it."""

    message = models.ForeignKey(
        Message, models.CASCADE, related_name="deliveries", verbose_name=_("message")
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=DeliveryState,
        default=DeliveryState.QUEUED,
    )
    cause = models.CharField(_("why"), max_length=16, choices=Cause, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    started_at = models.DateTimeField(_("begun at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"])]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel"], name="one_delivery_per_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values),
                name="delivery_channel_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DeliveryState.values),
                name="delivery_state_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=DeliveryState.SENT)
                | models.Q(sent_at__isnull=False),
                name="sent_delivery_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=DeliveryState.SENDING)
                | models.Q(started_at__isnull=False),
                name="delivery_under_way_has_its_time",
            ),
        ]

    def __str__(self):
        return f"#{self.message_id} {self.channel} {self.state}"

    @property
    def masked_address(self) -> str:
        """Whom it goes to, as staff may see it."""
        recipient = self.message.recipient
        if self.channel == Channel.SMS:
            return recipient.masked_phone
        return mask_email(recipient.email)


class Preference(models.Model):
    """Which channels a person wants; without a row, all of them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    by_sms = models.BooleanField(_("by SMS"), default=True)
    by_email = models.BooleanField(_("by e-mail"), default=True)

    class Meta:
        verbose_name = _("wish about notifications")
        verbose_name_plural = _("wishes about notifications")

    def __str__(self):
        return f"#{self.user_id}"

    def wants(self, channel) -> bool:
        return self.by_sms if channel == Channel.SMS else self.by_email


class SmsPolicy(models.Model):
    """How a contest sends SMS; without a row, at once."""

    contest = models.OneToOneField(Contest, models.CASCADE, related_name="+")
    needs_approval = models.BooleanField(_("SMS only after approval"), default=False)

    class Meta:
        verbose_name = _("rule about SMS")
        verbose_name_plural = _("rules about SMS")

    def __str__(self):
        return f"#{self.contest_id}"
