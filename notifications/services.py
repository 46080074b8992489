"""Telling people something, and what staff do with what is on its way."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from contests import clock
from contests.errors import RuleViolation
from contests.models import Contest
from notifications.kinds import Kind, wording_of
from notifications.models import Delivery, Message, Preference, SmsPolicy
from notifications.rendering import pack
from notifications.states import Cause, Channel, DeliveryState
from notifications.tasks import send_delivery

TOLD_WITHIN = timedelta(days=1)  # what is told of older days stays in the portal
MOVABLE = {
    "hold": {DeliveryState.QUEUED},
    "release": {DeliveryState.HELD},
    "send_again": {
        DeliveryState.UNCLEAR,
        DeliveryState.FAILED,
        DeliveryState.SKIPPED,
    },
    "drop": {DeliveryState.HELD, DeliveryState.QUEUED, DeliveryState.UNCLEAR},
}


class DeliveryMoved(RuleViolation):
    code = "delivery_moved"


# --- Telling -----------------------------------------------------------------
@transaction.atomic
def notify(
    *,
    recipient: User,
    kind: Kind,
    at: datetime,
    submission_id: int | None = None,
    link: str = "",
    contest: Contest | None = None,
    **params,
) -> Message | None:
    """Tell a person something, in the caller's transaction: both happen or neither.

    `at` is the contest's time. SMS and e-mail follow once the transaction commits.
    Whoever has left the portal is told nothing; then the answer is None. `contest` is
    the current one unless given. `params` fill the kind's sentences.
    """
    wording = wording_of(kind)
    missing = wording.placeholders - params.keys()
    if missing:
        raise TypeError(f"{kind} needs {', '.join(sorted(missing))}")
    if not recipient.is_active:
        return None
    message = Message.objects.create(
        contest=contest or Contest.objects.current(),
        recipient=recipient,
        kind=kind,
        params=pack(params),
        submission_id=submission_id,
        link=link,
        at=at,
    )
    for delivery in _deliveries(message, wording):
        delivery.save()
        _queue(delivery)
    return message


def _deliveries(message, wording):
    preference = Preference.objects.filter(user=message.recipient_id).first()
    for channel in wording.ways:
        if channel == Channel.EMAIL and not message.recipient.email:
            continue
        delivery = Delivery(message=message, channel=channel)
        if channel == Channel.SMS and not message.recipient.phone:
            _set(delivery, DeliveryState.SKIPPED, Cause.NO_ADDRESS)
        elif message.at < clock.now() - TOLD_WITHIN:
            _set(delivery, DeliveryState.SKIPPED, Cause.TOO_OLD)
        elif preference and not (wording.must_be_told or preference.wants(channel)):
            _set(delivery, DeliveryState.SKIPPED, Cause.SWITCHED_OFF)
        elif channel == Channel.SMS and sms_needs_approval(message.contest_id):
            _set(delivery, DeliveryState.HELD, Cause.NEEDS_APPROVAL)
        yield delivery


def _set(delivery, state, cause=""):
    delivery.state = state
    delivery.cause = cause


def _queue(delivery):
    """A broker that is away delays a message, never what it tells of: beat sweeps."""
    if delivery.state == DeliveryState.QUEUED:
        transaction.on_commit(
            lambda: send_delivery.delay(delivery_id=delivery.pk), robust=True
        )


def sms_needs_approval(contest_id) -> bool:
    return SmsPolicy.objects.filter(contest=contest_id, needs_approval=True).exists()


def forget_about(submission_ids: Iterable[int]) -> None:
    """Take back what anybody was told of works that are no longer known."""
    Message.objects.filter(submission_id__in=list(submission_ids)).delete()


# --- Reading -----------------------------------------------------------------
def mark_read(message: Message) -> None:
    """Once read, a message stays read, with the time it was first."""
    Message.objects.filter(pk=message.pk).unread().update(read_at=timezone.now())


def mark_all_read(user: User) -> int:
    messages = Message.objects.addressed_to(user).unread()
    return messages.update(read_at=timezone.now())


def choose_channels(*, user: User, by_sms: bool, by_email: bool) -> Preference:
    preference, _made = Preference.objects.update_or_create(
        user=user, defaults={"by_sms": by_sms, "by_email": by_email}
    )
    return preference


# --- The outbox --------------------------------------------------------------
@transaction.atomic
def set_sms_policy(
    *, contest: Contest, needs_approval: bool, by: User, ip: str | None = None
) -> None:
    """From now on SMS of this contest wait for an organiser, or go out at once."""
    SmsPolicy.objects.update_or_create(
        contest=contest, defaults={"needs_approval": needs_approval}
    )
    audit.record(
        "sms.policy_set",
        by=by,
        target=contest,
        contest=contest,
        ip=ip,
        needs_approval=needs_approval,
    )


@transaction.atomic
def hold(*, delivery: Delivery, by: User) -> Delivery:
    return _move(delivery, "hold", DeliveryState.HELD, by=by, cause=Cause.HELD_BY_STAFF)


@transaction.atomic
def release(*, delivery: Delivery, by: User) -> Delivery:
    return _move(delivery, "release", DeliveryState.QUEUED, by=by)


@transaction.atomic
def release_all(*, deliveries: QuerySet[Delivery], by: User) -> int:
    """Release what is still held of these; how many that were."""
    held = deliveries.filter(state=DeliveryState.HELD).order_by("pk")
    for delivery in (found := list(held.select_for_update(of=["self"]))):
        release(delivery=delivery, by=by)
    return len(found)


@transaction.atomic
def send_again(*, delivery: Delivery, by: User) -> Delivery:
    """A person takes it on themselves that somebody may be told twice."""
    return _move(delivery, "send_again", DeliveryState.QUEUED, by=by)


@transaction.atomic
def drop(*, delivery: Delivery, by: User) -> Delivery:
    return _move(delivery, "drop", DeliveryState.SKIPPED, by=by, cause=Cause.DROPPED)


def _move(delivery, verb, state, *, by, cause=""):
    delivery = (
        Delivery.objects.select_for_update(of=["self"])
        .select_related("message__contest")
        .get(pk=delivery.pk)
    )
    if delivery.state not in MOVABLE[verb]:
        raise DeliveryMoved(
            _("This message has moved on meanwhile: it is now “%(state)s”.")
            % {"state": delivery.get_state_display()}
        )
    _set(delivery, state, cause)
    delivery.attempts = 0
    delivery.not_before = timezone.now()
    delivery.save()
    audit.record(
        f"message.{verb}",
        by=by,
        target=delivery,
        contest=delivery.message.contest,
        channel=delivery.channel,
    )
    _queue(delivery)
    return delivery
