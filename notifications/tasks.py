"""Celery entry points: ids in, one call. Each may run twice."""

import structlog
from celery import shared_task

from notifications import sending
from notifications.models import Delivery

log = structlog.get_logger(__name__)


@shared_task(soft_time_limit=60, time_limit=90)
def send_delivery(*, delivery_id):
    """Send one message by its channel, if it is due and nobody else does."""
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    if delivery is None:
        log.info("delivery is gone", delivery_id=delivery_id)
        return
    sending.send(delivery)


@shared_task(soft_time_limit=600, time_limit=660)
def forget_old_messages():
    """Delete what was told long ago."""
    sending.forget_old()


@shared_task(soft_time_limit=60, time_limit=90)
def sweep_outbox():
    """Take up what is due, whose queue message was lost or whose worker died."""
    sending.give_up_on_stuck()
    for delivery_id in sending.due_deliveries():
        send_delivery.delay(delivery_id=delivery_id)
