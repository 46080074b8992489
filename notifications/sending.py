"""Sends one delivery, at most once, and records how it went.

The row says "sending" before the gateway is called. A worker that dies in between
leaves it so; after a while it is unclear, and a person decides: nobody gets an SMS
twice because a machine was not sure. What was surely not sent is tried again, later
and later. Times here are real ones: people sleep by the real clock.
"""

from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation

from accounts import sms
from accounts.sms import SmsNotSent
from contests import clock
from notifications.models import Delivery, Message
from notifications.rendering import email_text, sender_of, sentences_of, sms_text
from notifications.states import Cause, Channel, DeliveryState

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)  # then 4, 16, 64, 256
STUCK_AFTER = timedelta(minutes=5)  # a task is ended after two
AT_ONCE = 200  # deliveries one sweep takes up
KEPT_FOR = timedelta(days=365)  # as the privacy texts say


class NotSent(Exception):
    """It surely did not go out; another try does no harm."""


class Unclear(Exception):
    """It may have gone out, or not."""


def send(delivery: Delivery, *, now: datetime | None = None) -> None:
    """Send a delivery that is due; does nothing when another worker has it."""
    delivery = _claim(delivery, now=now or timezone.now())
    if delivery is None:
        return
    try:
        with translation.override(settings.LANGUAGE_CODE):
            _BY[delivery.channel](delivery.message)
    except NotSent:
        _try_later(delivery)
    except Unclear:
        _end(delivery, DeliveryState.UNCLEAR, Cause.NO_ANSWER)
    else:
        _end(delivery, DeliveryState.SENT, sent_at=timezone.now())


@transaction.atomic
def _claim(delivery, *, now):
    """Mark it as being sent, unless it is not due or there is no address any more."""
    delivery = (
        Delivery.objects.select_for_update(of=["self"], skip_locked=True)
        .select_related("message__recipient", "message__contest__current_version")
        .defer("message__contest__current_version__document")
        .due(at=now)
        .filter(pk=delivery.pk)
        .first()
    )
    if delivery is None:
        return None
    if not _address(delivery):
        _end(delivery, DeliveryState.SKIPPED, Cause.NO_ADDRESS)
        return None
    if delivery.channel == Channel.SMS and is_quiet(now):
        delivery.not_before = end_of_quiet(now)
        delivery.save(update_fields=["not_before"])
        return None
    delivery.attempts += 1
    delivery.started_at = now
    _end(delivery, DeliveryState.SENDING)
    return delivery


def _address(delivery):
    recipient = delivery.message.recipient
    if not recipient.is_active:
        return ""
    return recipient.phone if delivery.channel == Channel.SMS else recipient.email


def _end(delivery, state, cause="", **with_it):
    delivery.state = state
    delivery.cause = cause
    for name, value in with_it.items():
        setattr(delivery, name, value)
    delivery.save()


def _try_later(delivery):
    if delivery.attempts >= MAX_ATTEMPTS:
        _end(delivery, DeliveryState.FAILED, Cause.GATEWAY)
        return
    pause = FIRST_PAUSE * 4 ** (delivery.attempts - 1)
    _end(
        delivery,
        DeliveryState.QUEUED,
        Cause.GATEWAY,
        not_before=timezone.now() + pause,
    )


# --- Channels ----------------------------------------------------------------
def _send_sms(message):
    text = sms_text(
        message.kind, message.params, sender=sender_of(message), link=message.link
    )
    try:
        sms.send(phone=message.recipient.phone, text=text)
    except SmsNotSent as error:
        raise (Unclear if error.may_have_gone else NotSent) from error


def _send_email(message):
    title = sentences_of(message.kind, message.params).title
    mail = EmailMessage(
        subject=" ".join(title.split()),  # a work's title may have several lines
        body=email_text(
            message.kind, message.params, sender=sender_of(message), link=message.link
        ),
        to=[message.recipient.email],
    )
    try:
        mail.send()
    except (SMTPException, OSError) as error:  # twice does less harm than never
        raise NotSent from error


_BY = {Channel.SMS: _send_sms, Channel.EMAIL: _send_email}


# --- Quiet hours -------------------------------------------------------------
def is_quiet(moment: datetime) -> bool:
    """Nobody's phone rings at night."""
    hour = timezone.localtime(moment).hour
    return hour >= settings.SMS_QUIET_FROM_HOUR or hour < settings.SMS_QUIET_UNTIL_HOUR


def end_of_quiet(moment: datetime) -> datetime:
    morning = timedelta(hours=settings.SMS_QUIET_UNTIL_HOUR)
    day = clock.day_of(moment)
    today = clock.start_of(day) + morning
    return today if moment < today else clock.end_of(day) + morning


# --- The sweep ---------------------------------------------------------------
def due_deliveries() -> list[int]:
    """What nobody has taken up, the oldest first."""
    due = Delivery.objects.due(at=timezone.now()).order_by("not_before", "pk")
    return list(due.values_list("pk", flat=True)[:AT_ONCE])


def give_up_on_stuck() -> int:
    """Deliveries whose worker is gone: a person decides whether they went out."""
    return Delivery.objects.filter(
        state=DeliveryState.SENDING, started_at__lt=timezone.now() - STUCK_AFTER
    ).update(state=DeliveryState.UNCLEAR, cause=Cause.WORKER_GONE)


def forget_old() -> None:
    """Messages of more than a year ago, and how they went out."""
    Message.objects.filter(written_at__lt=timezone.now() - KEPT_FOR).delete()
