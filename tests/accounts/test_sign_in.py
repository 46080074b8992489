from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Consent, User
from contests import clock
from tests.accounts.desk_door import form_codes
from tests.accounts.door import (
    CONFIRM,
    NUMBER,
    SIGN_IN,
    ask_for_code,
    enter,
    sign_in,
    wrong,
)
from tests.factories.accounts import (
    PRIVACY,
    PRIVACY_PAGE,
    CitizenFactory,
    make_contest,
    make_worker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def contest(outbox):
    return make_contest(declarations=[PRIVACY])


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
        form_codes(second, "code"),
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

    assert form_codes(answer, "phone") == ["phone_malformed"]
    assert 'value="1990000123"' in answer.content.decode()
    assert outbox == []


def test_tick_shows_its_clause_and_leads_to_the_page_in_full(client):
    page = client.get(SIGN_IN).content.decode()

    assert PRIVACY.text in page
    assert f'href="{reverse("contests:text", args=["privacy"])}"' in page


def test_missing_number_is_refused(client, outbox):
    answer = ask_for_code(client, "")

    assert form_codes(answer, "phone") == ["required"]


def test_missing_tick_is_refused_and_nothing_is_lost(client, outbox):
    answer = client.post(SIGN_IN, {"phone": "199 0000 1234"})

    assert form_codes(answer, "agree_privacy") == ["consent_missing"]
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


def test_consent_to_a_version_is_stored_once(client, outbox, later):
    sign_in(client, outbox)
    client.post("/accounts/logout/")
    later(61)
    sign_in(client, outbox)

    assert Consent.objects.count() == 1


def test_without_a_rule_book_nothing_needs_a_tick(client, outbox, contest):
    contest.current_version = None
    contest.save()

    client.post(SIGN_IN, {"phone": NUMBER})
    enter(client, outbox[-1]["code"])

    assert User.objects.get().phone == NUMBER
    assert list(Consent.objects.all()) == []


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
