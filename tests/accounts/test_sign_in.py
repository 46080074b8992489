import time
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Consent, User
from contests import clock
from tests.factories.accounts import (
    PRIVACY,
    PRIVACY_PAGE,
    CitizenFactory,
    make_contest,
    make_worker,
)

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
CONFIRM = "/accounts/login/code/"
AGAIN = "/accounts/login/again/"
NUMBER = "+8619900001234"


@pytest.fixture(autouse=True)
def contest(outbox):
    return make_contest(declarations=[PRIVACY])


@pytest.fixture
def on(monkeypatch):
    """Moves real time, by which codes and limits live."""

    def move(seconds):
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + seconds)

    return move


def ask_for_code(client, phone="199 0000 1234", **more):
    return client.post(SIGN_IN, {"phone": phone, "agree_privacy": "on"}, **more)


def enter(client, code):
    return client.post(CONFIRM, {"code": code})


def sign_in(client, outbox, phone="199 0000 1234"):
    ask_for_code(client, phone)
    return enter(client, outbox[-1]["code"])


def wrong(outbox):
    return f"{(int(outbox[-1]['code']) + 1) % 1_000_000:06d}"


def codes_of(response, field):
    errors = response.context["form"].errors.as_data().get(field, [])
    return [error.code for error in errors]


# --- The usual way -----------------------------------------------------------
def test_stranger_signs_up_with_number_and_code(client, outbox, contest):
    answer = sign_in(client, outbox)

    user = User.objects.get(phone=NUMBER)
    assert answer.status_code == 302
    assert (user.phone_verified, user.username, user.is_staff) == (True, None, False)
    assert not user.has_usable_password()
    assert client.session["_auth_user_id"] == str(user.pk)


def test_nobody_gets_an_account_before_the_code_is_right(client, outbox):
    ask_for_code(client)
    enter(client, wrong(outbox))

    assert list(User.objects.all()) == []


def test_owner_of_an_account_signs_in_to_it(client, outbox):
    citizen = CitizenFactory(phone=NUMBER, full_name="王小荷")

    sign_in(client, outbox)

    assert client.session["_auth_user_id"] == str(citizen.pk)
    assert User.objects.get() == citizen


def test_citizen_returns_to_the_page_that_asked_to_sign_in(client, outbox):
    client.post(
        f"{SIGN_IN}?next=/accounts/me/", {"phone": NUMBER, "agree_privacy": "on"}
    )

    answer = enter(client, outbox[-1]["code"])

    assert answer.url == "/accounts/me/"


def test_nobody_is_sent_to_a_foreign_site_after_signing_in(client, outbox):
    client.post(
        f"{SIGN_IN}?next=https://example.org/", {"phone": NUMBER, "agree_privacy": "on"}
    )

    answer = enter(client, outbox[-1]["code"])

    assert answer.url == reverse("submissions:mine")


def test_message_names_the_contest_the_code_and_its_time(client, outbox, contest):
    ask_for_code(client)

    [message] = outbox
    assert message["phone"] == NUMBER
    assert len(message["code"]) == 6
    for part in (contest.title_short, message["code"], "5"):
        assert part in message["text"]


@pytest.mark.parametrize(
    "typed",
    ["{0}", " {0} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "您的验证码：{0}。"],
)
def test_code_may_be_pasted_with_what_stands_around_it(client, outbox, typed):
    ask_for_code(client)

    answer = enter(client, typed.format(outbox[-1]["code"]))

    assert answer.status_code == 302


def test_code_in_full_width_digits_is_the_same_code(client, outbox):
    ask_for_code(client)
    code = outbox[-1]["code"].translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )

    assert enter(client, code).status_code == 302


def test_code_field_takes_autofill_and_the_number_pad(client, outbox):
    ask_for_code(client)

    page = client.get(CONFIRM).content.decode()

    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert "199\N{NO-BREAK SPACE}0000\N{NO-BREAK SPACE}1234" in page


def test_who_is_signed_in_is_led_on(client):
    client.force_login(CitizenFactory())

    for address in (SIGN_IN, CONFIRM):
        assert client.get(address).url == reverse("submissions:mine")


# --- Known and unknown numbers -----------------------------------------------
def answer_to(client, phone, outbox):
    first = ask_for_code(client, phone)
    page = client.get(first.url)
    text = page.content.decode().replace(phone[-11:-8] + " " + phone[-8:-4], "")
    second = enter(client, wrong(outbox))
    return (
        first.status_code,
        first.url,
        sorted(first.headers),
        page.status_code,
        len(text),
        len(outbox[-1]["text"]),
        codes_of(second, "code"),
        second.context["form"].errors["code"],
    )


def test_known_and_unknown_numbers_get_the_same_answer(outbox):
    CitizenFactory(phone="+8619900001111")
    CitizenFactory(phone="+8619900002222", is_active=False)

    known = answer_to(Client(), "+8619900001111", outbox)
    closed = answer_to(Client(), "+8619900002222", outbox)
    unknown = answer_to(Client(), "+8619900003333", outbox)

    assert known == unknown == closed


# --- Numbers and ticks that are refused --------------------------------------
def test_wrong_number_is_refused_and_stays_in_the_field(client, outbox):
    answer = ask_for_code(client, "1990000123")

    assert codes_of(answer, "phone") == ["phone_malformed"]
    assert 'value="1990000123"' in answer.content.decode()
    assert outbox == []


def test_tick_shows_its_clause_and_leads_to_the_page_in_full(client):
    page = client.get(SIGN_IN).content.decode()

    assert PRIVACY.text in page
    assert f'href="{reverse("contests:text", args=["privacy"])}"' in page


def test_missing_number_is_refused(client, outbox):
    answer = ask_for_code(client, "")

    assert codes_of(answer, "phone") == ["required"]


def test_missing_tick_is_refused_and_nothing_is_lost(client, outbox):
    answer = client.post(SIGN_IN, {"phone": "199 0000 1234"})

    assert codes_of(answer, "agree_privacy") == ["consent_missing"]
    assert 'value="199 0000 1234"' in answer.content.decode()
    assert outbox == []


def test_consent_is_stored_with_text_version_time_and_address(client, outbox, contest):
    sign_in(client, outbox)

    consent = Consent.objects.get()
    assert (
        consent.user.phone,
        consent.contest,
        consent.key,
        consent.version,
        consent.text_sha256,
        consent.ip_address,
        consent.channel,
    ) == (
        NUMBER,
        contest,
        "privacy",
        3,
        sha256(f"{PRIVACY.text}\n{PRIVACY_PAGE}".encode()).hexdigest(),
        "127.0.0.1",
        "web",
    )
    assert clock.day_of(consent.given_at) == clock.today()


def test_consent_to_a_version_is_stored_once(client, outbox, on):
    sign_in(client, outbox)
    client.post("/accounts/logout/")
    on(61)
    sign_in(client, outbox)

    assert Consent.objects.count() == 1


def test_without_a_rule_book_nothing_needs_a_tick(client, outbox, contest):
    contest.current_version = None
    contest.save()

    client.post(SIGN_IN, {"phone": NUMBER})
    enter(client, outbox[-1]["code"])

    assert User.objects.get().phone == NUMBER
    assert list(Consent.objects.all()) == []


# --- Codes that are refused --------------------------------------------------
def test_wrong_code_is_refused_and_says_how_often_one_may_try(client, outbox):
    ask_for_code(client)

    answer = enter(client, wrong(outbox))

    assert codes_of(answer, "code") == ["code_wrong"]
    assert "4" in answer.context["form"].errors["code"][0]


def test_code_after_five_minutes_is_refused(client, outbox, on):
    ask_for_code(client)
    on(301)

    answer = enter(client, outbox[-1]["code"])

    assert codes_of(answer, "code") == ["code_expired"]


def test_code_within_five_minutes_is_right(client, outbox, on):
    ask_for_code(client)
    on(299)

    assert enter(client, outbox[-1]["code"]).status_code == 302


def test_fifth_wrong_try_voids_the_code(client, outbox):
    ask_for_code(client)

    found = [codes_of(enter(client, wrong(outbox)), "code") for _ in range(5)]
    at_last = enter(client, outbox[-1]["code"])

    assert found == [["code_wrong"]] * 4 + [["code_void"]]
    assert codes_of(at_last, "code") == ["code_void"]
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

    assert codes_of(answer, "code") == ["code_void"]


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef"])
def test_what_is_no_code_costs_no_try(client, outbox, typed):
    ask_for_code(client)

    found = [codes_of(enter(client, typed), "code") for _ in range(6)]

    assert found == [["code_malformed"]] * 6
    assert enter(client, outbox[-1]["code"]).status_code == 302


def test_code_page_without_a_number_leads_back(client):
    answer = client.get(CONFIRM)

    assert answer.url == SIGN_IN


def test_sign_in_left_for_a_quarter_of_an_hour_begins_anew(client, outbox, on):
    ask_for_code(client)
    on(15 * 60 + 1)

    answer = enter(client, outbox[-1]["code"])

    assert answer.url == SIGN_IN


def test_code_is_not_kept_in_the_session(client, outbox):
    ask_for_code(client)

    assert outbox[-1]["code"] not in str(dict(client.session))


# --- Limits of sending -------------------------------------------------------
def test_second_code_within_a_minute_is_refused(client, outbox):
    ask_for_code(client)

    answer = ask_for_code(client)

    assert codes_of(answer, "phone") == ["code_too_soon"]
    assert len(outbox) == 1


def test_another_code_after_a_minute_replaces_the_first(client, outbox, on):
    ask_for_code(client)
    first = outbox[-1]["code"]
    on(61)
    client.post(AGAIN)

    answer = enter(client, first)

    assert len(outbox) == 2
    assert codes_of(answer, "code") == ["code_wrong"]
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

    assert codes_of(refused, "phone") == ["code_too_many_today"]
    assert len(outbox) == 11


def test_address_gets_twenty_codes_an_hour(client, outbox):
    for number in range(20):
        ask_for_code(client, f"199000000{number:02d}")

    refused = ask_for_code(client, "19900009999")
    ask_for_code(client, "19900008888", REMOTE_ADDR="192.0.2.7")

    assert codes_of(refused, "phone") == ["code_too_many_here"]
    assert len(outbox) == 21


def test_flood_of_requests_is_answered_with_429(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}

    answers = [ask_for_code(client, "1").status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]


def test_gateway_that_fails_is_told_and_the_number_stays(client, settings):
    settings.SMS_BACKEND = "accounts.sms.HttpBackend"
    settings.SMS_HTTP_URL = "http://127.0.0.1:9/"  # nobody listens there

    answer = ask_for_code(client)

    assert codes_of(answer, "phone") == ["sms_not_sent"]
    assert 'value="199 0000 1234"' in answer.content.decode()


# --- Others ------------------------------------------------------------------
def test_closed_account_does_not_open(client, outbox):
    CitizenFactory(phone=NUMBER, is_active=False)

    answer = sign_in(client, outbox)

    assert answer.url == reverse("account_inactive")
    assert client.get(answer.url).status_code == 200
    assert "_auth_user_id" not in client.session


def test_role_holder_with_a_phone_is_asked_for_the_authenticator(
    client, outbox, contest
):
    make_worker(contest, "judge", phone=NUMBER)

    answer = sign_in(client, outbox)

    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_what_happens_at_the_door_is_in_the_audit_log(client, outbox):
    ask_for_code(client)
    enter(client, wrong(outbox))
    enter(client, outbox[-1]["code"])
    client.post("/accounts/logout/")

    user = User.objects.get()
    entries = AuditEntry.objects.order_by("pk")
    assert list(entries.values_list("action", "actor_id", "ip_address")) == [
        ("sign_in.code_sent", None, "127.0.0.1"),
        ("sign_in.code_wrong", None, "127.0.0.1"),
        ("account.signed_up", user.pk, "127.0.0.1"),
        ("consent.given", user.pk, "127.0.0.1"),
        ("sign_in.done", user.pk, "127.0.0.1"),
        ("sign_out.done", user.pk, "127.0.0.1"),
    ]
    assert "19900001234" not in str(list(entries.values()))
