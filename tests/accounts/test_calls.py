"""Pages that may be asked for so often and no more."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpResponse

from accounts.calls import calls_limited
from tests.factories.accounts import CitizenFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    cache.clear()
    settings.PAGE_CALLS = {"tea": "2/min", "milk": "1/min"}


@calls_limited("tea")
def tea(request):
    return HttpResponse("tea")


@calls_limited("milk")
def milk(request):
    return HttpResponse("milk")


def asked(rf, view, user=None, address="192.0.2.1"):
    request = rf.get("/", REMOTE_ADDR=address)
    request.user = user or AnonymousUser()
    return view(request)


def test_beyond_the_rate_a_page_asks_for_patience(rf):
    answers = [asked(rf, tea) for _call in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60


def test_people_addresses_and_pages_are_counted_apart(rf):
    one, other = CitizenFactory.create_batch(2)
    calls = [
        asked(rf, milk, one),
        asked(rf, milk, other),
        asked(rf, milk),
        asked(rf, milk, address="192.0.2.2"),
        asked(rf, tea, one),
        asked(rf, milk, one),
    ]

    assert [answer.status_code for answer in calls] == [200] * 5 + [429]
