"""Codes that are refused, and how many are sent."""

import time

import pytest

from accounts.models import User
from tests.accounts.desk_door import form_codes
from tests.accounts.door import AGAIN, CONFIRM, SIGN_IN, ask_for_code, enter, wrong
from tests.factories.accounts import PRIVACY, make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def contest(outbox):
    return make_contest(declarations=[PRIVACY])


# --- Codes that are refused --------------------------------------------------
def test_wrong_code_is_refused_and_says_how_often_one_may_try(client, outbox):
    ask_for_code(client)

    answer = enter(client, wrong(outbox))

    assert form_codes(answer, "code") == ["code_wrong"]
    assert "4" in answer.context["form"].errors["code"][0]


def test_code_after_five_minutes_is_refused(client, outbox, later):
    ask_for_code(client)
    later(301)

    answer = enter(client, outbox[-1]["code"])

    assert form_codes(answer, "code") == ["code_expired"]


def test_code_within_five_minutes_is_right(client, outbox, later):
    ask_for_code(client)
    later(299)

    assert enter(client, outbox[-1]["code"]).status_code == 302


def test_fifth_wrong_try_voids_the_code(client, outbox):
    ask_for_code(client)

    found = [form_codes(enter(client, wrong(outbox)), "code") for _ in range(5)]
    at_last = enter(client, outbox[-1]["code"])

    assert found == [["code_wrong"]] * 4 + [["code_void"]]
    assert form_codes(at_last, "code") == ["code_void"]
    assert list(User.objects.all()) == []


def test_fifth_try_may_still_be_right(client, outbox):
    ask_for_code(client)
    for _ in range(4):
        enter(client, wrong(outbox))

    assert enter(client, outbox[-1]["code"]).status_code == 302


def test_tries_are_counted_even_if_the_session_forgets_them(client, outbox):
    ask_for_code(client)
    before = dict(client.session["account_login"])
    for _ in range(5):
        enter(client, wrong(outbox))
        session = client.session
        session["account_login"] = before
        session.save()

    answer = enter(client, outbox[-1]["code"])

    assert form_codes(answer, "code") == ["code_void"]


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef"])
def test_what_is_no_code_costs_no_try(client, outbox, typed):
    ask_for_code(client)

    found = [form_codes(enter(client, typed), "code") for _ in range(6)]

    assert found == [["code_malformed"]] * 6
    assert enter(client, outbox[-1]["code"]).status_code == 302


def test_code_page_without_a_number_leads_back(client):
    answer = client.get(CONFIRM)

    assert answer.url == SIGN_IN


def test_sign_in_left_for_a_quarter_of_an_hour_begins_anew(client, outbox, later):
    ask_for_code(client)
    later(15 * 60 + 1)

    answer = enter(client, outbox[-1]["code"])

    assert answer.url == SIGN_IN


def test_code_is_not_kept_in_the_session(client, outbox):
    ask_for_code(client)

    assert outbox[-1]["code"] not in str(dict(client.session))


# --- Limits of sending -------------------------------------------------------
def test_second_code_within_a_minute_is_refused(client, outbox):
    ask_for_code(client)

    answer = ask_for_code(client)

    assert form_codes(answer, "phone") == ["code_too_soon"]
    assert len(outbox) == 1


def test_another_code_after_a_minute_replaces_the_first(client, outbox, later):
    ask_for_code(client)
    first = outbox[-1]["code"]
    later(61)
    client.post(AGAIN)

    answer = enter(client, first)

    assert len(outbox) == 2
    assert form_codes(answer, "code") == ["code_wrong"]
    assert enter(client, outbox[-1]["code"]).status_code == 302


def test_another_code_within_a_minute_is_refused_politely(client, outbox):
    ask_for_code(client)

    answer = client.post(AGAIN, follow=True)

    assert [message.extra_tags for message in answer.context["messages"]] == [
        "code_too_soon"
    ]
    assert len(outbox) == 1
    assert enter(client, outbox[-1]["code"]).status_code == 302


def test_another_code_without_a_number_leads_back(client):
    assert client.post(AGAIN).url == SIGN_IN


def test_another_code_is_asked_for_by_post_alone(client):
    assert client.get(AGAIN).status_code == 405


def test_number_gets_ten_codes_a_day(client, outbox, monkeypatch):
    now = time.time()
    for minute in range(10):
        monkeypatch.setattr(time, "time", lambda at=now + 120 * minute: at)
        ask_for_code(client, REMOTE_ADDR=f"192.0.2.{minute}")
    monkeypatch.setattr(time, "time", lambda: now + 120 * 10)

    refused = ask_for_code(client, REMOTE_ADDR="192.0.2.99")
    monkeypatch.setattr(time, "time", lambda: now + 86401)
    ask_for_code(client)

    assert form_codes(refused, "phone") == ["code_too_many_today"]
    assert len(outbox) == 11


def test_address_gets_twenty_codes_an_hour(client, outbox):
    for number in range(20):
        ask_for_code(client, f"199000000{number:02d}")

    refused = ask_for_code(client, "19900009999")
    ask_for_code(client, "19900008888", REMOTE_ADDR="192.0.2.7")

    assert form_codes(refused, "phone") == ["code_too_many_here"]
    assert len(outbox) == 21


def test_flood_of_requests_is_answered_with_429(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}

    answers = [ask_for_code(client, "1").status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]


def test_gateway_that_fails_is_told_and_the_number_stays(client, settings):
    settings.SMS_BACKEND = "accounts.sms.HttpBackend"
    settings.SMS_HTTP_URL = "http://127.0.0.1:9/"  # nobody listens there

    answer = ask_for_code(client)

    assert form_codes(answer, "phone") == ["sms_not_sent"]
    assert 'value="199 0000 1234"' in answer.content.decode()
