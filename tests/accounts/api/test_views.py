"""Signing programs in: the website's way and limits, a token at the end."""

import datetime as dt
import time

import pytest
from django.utils import timezone

from accounts.models import AccessToken, AuditEntry, Consent, Role, User
from accounts.tokens import issue_token
from tests.factories.accounts import (
    PRIVACY,
    CitizenFactory,
    make_contest,
    make_worker,
)

pytestmark = pytest.mark.django_db

API = "/api/v1/"
NUMBER = "+8619900001234"
AGREED = [{"key": "privacy", "version": 3}]
CHANNEL = "wechat_mini_program"


@pytest.fixture(autouse=True)
def contest(outbox):
    return make_contest(declarations=[PRIVACY])


@pytest.fixture
def call(client):
    """`call("me/", token=…)` reads, `call("auth/codes/", {…})` changes; in English."""

    def call(address, body=None, *, token=None):
        headers = {"accept-language": "en"}
        if token:
            headers["authorization"] = f"Token {token}"
        if body is None:
            return client.get(API + address, headers=headers)
        return client.post(
            API + address, body, content_type="application/json", headers=headers
        )

    return call


@pytest.fixture
def ask(call):
    def ask(phone="199 0000 1234", **changes):
        body = {"phone": phone, "channel": CHANNEL, "agreements": AGREED} | changes
        return call("auth/codes/", body)

    return ask


@pytest.fixture
def sign_in(call, ask, outbox):
    """The token of a number that goes through all of it."""

    def sign_in(phone="199 0000 1234", **changes):
        handle = ask(phone, **changes).json()["sign_in"]
        entered = {"sign_in": handle, "code": outbox[-1]["code"]}
        return call("auth/sign-in/", entered).json()["token"]

    return sign_in


def wrong(outbox):
    return f"{(int(outbox[-1]['code']) + 1) % 1_000_000:06d}"


# --- The usual way -----------------------------------------------------------
def test_a_stranger_signs_up_with_number_and_code(call, ask, outbox):
    asked = ask()
    entered = {"sign_in": asked.json()["sign_in"], "code": outbox[-1]["code"]}
    signed_in = call("auth/sign-in/", entered)
    me = call("me/", token=signed_in.json()["token"])

    assert (asked.status_code, signed_in.status_code) == (202, 201)
    assert signed_in.json()["channel"] == CHANNEL
    assert me.json() == {"phone": "199****1234", "name": ""}
    assert User.objects.get().phone == NUMBER


def test_the_database_holds_only_a_digest(sign_in):
    token = sign_in()

    stored = AccessToken.objects.get()
    assert token not in {stored.digest, stored.token_key, str(stored.public_id)}


def test_consent_is_recorded_with_version_and_channel(sign_in, contest):
    sign_in()

    consent = Consent.objects.get()
    assert (consent.key, consent.version, consent.channel) == ("privacy", 3, CHANNEL)


def test_the_texts_to_agree_to_are_told(call):
    assert call("auth/agreements/").json() == [
        {
            "key": "privacy",
            "version": 3,
            "label": PRIVACY.label,
            "text": PRIVACY.text,
            "required": True,
            "page": "http://testserver/texts/privacy/",
        }
    ]


def test_signing_in_is_in_the_audit_log_without_the_number(sign_in):
    sign_in()

    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == [
        "sign_in.code_sent",
        "account.signed_up",
        "consent.given",
        "token.issued",
    ]
    assert not AuditEntry.objects.filter(target__contains="1234").exists()


# --- The same for every number ------------------------------------------------
def test_known_and_unknown_numbers_get_the_same_answer(ask):
    CitizenFactory(phone=NUMBER)

    known, unknown = ask(), ask("199 0000 9999")

    assert known.status_code == unknown.status_code == 202
    assert {**known.json(), "sign_in": ""} == {**unknown.json(), "sign_in": ""}


def test_a_second_code_within_a_minute_is_refused(ask, outbox):
    ask()

    again = ask()

    assert (again.status_code, again.json()["code"]) == (409, "code_too_soon")
    assert len(outbox) == 1


def test_the_website_and_programs_share_one_allowance(client, ask, outbox):
    client.post("/accounts/login/", {"phone": NUMBER, "agree_privacy": "on"})

    assert ask().json()["code"] == "code_too_soon"
    assert len(outbox) == 1


def test_a_code_can_be_asked_for_again_after_a_minute(call, ask, outbox, monkeypatch):
    handle = ask().json()["sign_in"]
    first, now = outbox[-1]["code"], time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61)

    again = call("auth/codes/again/", {"sign_in": handle})
    old = call("auth/sign-in/", {"sign_in": handle, "code": first})
    new = call("auth/sign-in/", {"sign_in": handle, "code": outbox[-1]["code"]})

    assert again.status_code == 202
    assert len(outbox) == 2
    assert first == outbox[-1]["code"] or old.json()["code"] == "code_wrong"
    assert new.status_code == 201


def test_five_wrong_codes_void_it(call, ask, outbox):
    handle = ask().json()["sign_in"]
    right, guess = outbox[-1]["code"], wrong(outbox)

    answers = [
        call("auth/sign-in/", {"sign_in": handle, "code": guess}).json()["code"]
        for _try in range(5)
    ]
    late = call("auth/sign-in/", {"sign_in": handle, "code": right})

    assert answers == ["code_wrong"] * 4 + ["code_void"]
    assert (late.status_code, late.json()["code"]) == (409, "code_void")
    assert not User.objects.exists()


def test_a_code_opens_once(call, ask, outbox):
    entered = {"sign_in": ask().json()["sign_in"], "code": outbox[-1]["code"]}
    call("auth/sign-in/", entered)

    again = call("auth/sign-in/", entered)

    assert (again.status_code, again.json()["code"]) == (409, "sign_in_unknown")
    assert AccessToken.objects.count() == 1


# --- Refusals ------------------------------------------------------------------
@pytest.mark.parametrize(
    "changes",
    [
        {"channel": "web"},
        {"channel": "official_account"},
        {"channel": "staff"},
        {"channel": "telegram"},
        {"phone": "12345"},
        {"agreements": []},
        {"agreements": [{"key": "privacy", "version": 2}]},
        {"agreements": "yes"},
    ],
)
def test_what_is_wrong_sends_no_code(ask, outbox, changes):
    answer = ask(**changes)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert set(answer.json()["fields"]) == set(changes)
    assert outbox == []


def test_whoever_holds_a_role_gets_no_token(call, ask, outbox, contest):
    worker = make_worker(contest, Role.REVIEWER, phone=NUMBER)
    handle = ask().json()["sign_in"]

    answer = call("auth/sign-in/", {"sign_in": handle, "code": outbox[-1]["code"]})

    assert (answer.status_code, answer.json()["code"]) == (409, "work_account")
    assert not AccessToken.objects.filter(user=worker).exists()


def test_a_token_opens_nothing_once_its_owner_holds_a_role(call, sign_in):
    token = sign_in()
    User.objects.update(is_staff=True)

    assert call("me/", token=token).status_code == 401


def test_a_closed_account_gets_no_token(call, ask, outbox):
    CitizenFactory(phone=NUMBER, is_active=False)
    handle = ask().json()["sign_in"]

    answer = call("auth/sign-in/", {"sign_in": handle, "code": outbox[-1]["code"]})

    assert (answer.status_code, answer.json()["code"]) == (409, "account_closed")


@pytest.mark.parametrize("token", ["", "wrong", "a" * 64, "ÿÿ", "a b", "0\0"])
def test_a_wrong_token_opens_nothing(call, token):
    answer = call("me/", token=token or " ")

    assert answer.status_code == 401
    assert answer.json()["detail"] in {
        "You are not signed in any more. Please sign in again.",
        "Please sign in first.",
    }


def test_a_token_runs_out_after_thirty_days(call, sign_in):
    token = sign_in()
    stored = AccessToken.objects.get()
    assert stored.expiry - stored.created > dt.timedelta(days=29)

    AccessToken.objects.update(expiry=timezone.now() - dt.timedelta(seconds=1))

    assert call("me/", token=token).status_code == 401
    assert not AccessToken.objects.exists()


# --- Signing out -----------------------------------------------------------------
def test_signing_out_ends_this_token_alone(call, sign_in):
    first, second = sign_in(), sign_in("199 0000 5678")

    answer = call("auth/sign-out/", {}, token=first)

    assert answer.status_code == 204
    assert call("me/", token=first).status_code == 401
    assert call("me/", token=second).status_code == 200


def test_one_sees_and_ends_ones_own_tokens_only(call, sign_in):
    own, other = sign_in(), sign_in("199 0000 5678")
    [told] = call("auth/tokens/", token=own).json()
    [foreign] = call("auth/tokens/", token=other).json()

    stranger = call(f"auth/tokens/{foreign['id']}/revoke/", {}, token=own)
    answer = call(f"auth/tokens/{told['id']}/revoke/", {}, token=own)

    assert (told["channel"], told["is_this_one"]) == (CHANNEL, True)
    assert (stranger.status_code, answer.status_code) == (404, 204)
    assert AccessToken.objects.get().user.phone == "+8619900005678"


def test_one_token_too_many_ends_the_oldest(settings):
    settings.TOKENS_PER_PERSON = 2
    citizen = CitizenFactory()

    made = [
        issue_token(user=citizen, channel=AccessToken.Channel(CHANNEL))[0]
        for _sign_in in range(3)
    ]

    assert set(AccessToken.objects.all()) == set(made[1:])
