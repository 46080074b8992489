"""Telling people, in the transaction of what they are told of."""

import pytest

from notifications.kinds import Kind
from notifications.models import Message
from tests.factories.accounts import CitizenFactory
from tests.factories.notifications import tell
from tests.factories.submissions import make_contest

pytestmark = pytest.mark.django_db


def test_notify_writes_the_message_and_its_deliveries():
    contest = make_contest()
    citizen = CitizenFactory(email="wang@example.org")

    message = tell(citizen, Kind.ACCEPTED, contest=contest, work="Morning")

    assert Message.objects.get() == message
    assert message.params == {"work": "Morning"}
    deliveries = message.deliveries.order_by("channel")
    assert [(each.channel, each.state) for each in deliveries] == [
        ("email", "queued"),
        ("sms", "queued"),
    ]
