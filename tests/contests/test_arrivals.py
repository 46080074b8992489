"""A request counts from the moment at which the proxy got it."""

import time
from datetime import timedelta

import pytest
from django.test import RequestFactory

from contests import clock
from contests.arrivals import came_at

WAITED = timedelta(seconds=40)
SLACK = timedelta(seconds=5)
ROUNDING = timedelta(milliseconds=1)  # the proxy notes whole milliseconds


@pytest.fixture
def proxied(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def asked(seconds_ago=0.0, note="t={:.3f}"):
    noted = note.format(time.time() - seconds_ago)
    return RequestFactory().post("/", headers={"X-Request-Start": noted})


def waited(request) -> timedelta:
    return clock.now() - came_at(request)


def test_a_request_that_waited_for_us_counts_from_its_arrival(proxied):
    assert WAITED - ROUNDING <= waited(asked(40)) < WAITED + SLACK


@pytest.mark.parametrize("seconds_ago", [-60, 3600])
def test_a_note_that_makes_no_sense_counts_for_nothing(proxied, seconds_ago):
    assert waited(asked(seconds_ago)) < SLACK


@pytest.mark.parametrize("note", ["{:.3f}", "t=1e9", "yesterday", ""])
def test_a_note_in_another_form_counts_for_nothing(proxied, note):
    assert waited(asked(40, note)) < SLACK


def test_without_a_proxy_of_ours_nobody_chooses_a_moment(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    assert waited(asked(40)) < SLACK
