"""A contest, somebody who takes part, and gateways that keep what they are given."""

import pytest

from accounts.sms import SmsNotSent
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import make_contest, make_organiser

PHONE = "+8619900001234"


class Gateway:
    """Keeps what it is given; `refusals` are what it raises instead, one per call."""

    sent = []
    refusals = []

    def send(self, *, phone, text, code):
        if self.refusals:
            raise self.refusals.pop(0)
        self.sent.append((phone, text))


@pytest.fixture
def gateway(settings):
    settings.SMS_BACKEND = "tests.notifications.conftest.Gateway"
    Gateway.sent, Gateway.refusals = [], []
    return Gateway


@pytest.fixture
def refusal():
    return SmsNotSent("no", may_have_gone=False)


@pytest.fixture
def silence():
    return SmsNotSent("?", may_have_gone=True)


@pytest.fixture
def contest(db):
    return make_contest()


@pytest.fixture
def citizen(db):
    return CitizenFactory(phone=PHONE)


@pytest.fixture
def organiser(contest):
    return make_organiser(contest)
