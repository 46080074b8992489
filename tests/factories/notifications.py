"""Messages on their way."""

import datetime as dt

from contests import clock
from notifications.kinds import WORDINGS, Kind
from notifications.models import Delivery, Message
from notifications.services import notify
from notifications.states import Channel, DeliveryState
from tests.factories.submissions import COLLECTING

DAYTIME = clock.start_of(dt.date(2031, 4, 10)) + dt.timedelta(hours=12)
NIGHT = DAYTIME + dt.timedelta(hours=11)


def tell(recipient, kind=Kind.ACCEPTED, *, contest, at=COLLECTING, **fields) -> Message:
    """The person is told, in the kind's sample words unless others are given."""
    return notify(
        recipient=recipient,
        kind=kind,
        at=at,
        contest=contest,
        **(dict(WORDINGS[kind].sample) | fields),
    )


def make_delivery(message, *, channel=Channel.SMS, **fields) -> Delivery:
    """The delivery of a message, put into the state the fields say."""
    delivery = message.deliveries.get(channel=channel)
    moments = {}
    if fields.get("state") == DeliveryState.SENT:
        moments = {"sent_at": DAYTIME}
    if fields.get("state") == DeliveryState.SENDING:
        moments = {"started_at": DAYTIME}
    Delivery.objects.filter(pk=delivery.pk).update(**(moments | fields))
    delivery.refresh_from_db()
    return delivery
