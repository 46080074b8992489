"""Setting the authenticator up: who must, how, and moving it to another phone."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.urls import reverse

from accounts.models import ROLES_OF_A_BODY, Membership, Role
from tests.accounts.desk_door import (
    ENROL,
    ME,
    enrol,
    form_codes,
    give_password,
    make_unenrolled,
    secret_of,
)
from tests.factories.accounts import (
    CitizenFactory,
    WorkAccountFactory,
    app_code,
    give_second_factor,
    make_contest,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


@pytest.mark.parametrize("role", Role.values)
def test_every_role_must_set_up_the_authenticator(client, contest, role):
    user = WorkAccountFactory()
    organisation = None
    if role in ROLES_OF_A_BODY:
        organisation = contest.organisations.create(key="m", name="M", kind="media")
    Membership.objects.create(
        user=user, contest=contest, role=role, organisation=organisation
    )

    give_password(client, user)

    assert client.get(ME).url == ENROL
    assert client.get("/").url == ENROL


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_who_may_look_behind_the_pages_must_set_it_up_too(client, flag):
    user = WorkAccountFactory(**{flag: True})

    give_password(client, user)

    assert client.get(ME).url == ENROL


def test_citizen_is_never_asked_to_set_it_up(client):
    client.force_login(CitizenFactory())

    assert client.get(ME).status_code == 200


def test_role_given_in_the_middle_of_a_session_asks_for_it_at_once(client, contest):
    user = WorkAccountFactory()
    client.force_login(user)
    before = client.get(ME).status_code

    Membership.objects.create(user=user, contest=contest, role=Role.REVIEWER)

    assert (before, client.get(ME).url) == (200, ENROL)


def test_forms_and_the_api_stay_shut_until_it_is_set_up(client, contest):
    client.force_login(make_unenrolled(contest))

    posted = client.post(ME, {"full_name": "示例"})
    called = client.get("/api/v1/schema/")

    assert posted.url == ENROL
    assert (called.status_code, called.json()["code"]) == (403, "second_factor_missing")


def test_signing_out_and_the_language_stay_open(client, contest):
    client.force_login(make_unenrolled(contest))

    language = client.post(reverse("set_language"), {"language": "en", "next": ENROL})
    out = client.get("/accounts/logout/")

    assert (language.url, out.status_code) == (ENROL, 200)


def test_enrolment_shows_a_picture_and_the_key(client, contest):
    give_password(client, make_unenrolled(contest))

    page = client.get(ENROL)

    text = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in text
    assert page.context["form"].secret in text
    assert "<style" not in text
    assert "style=" not in text


def test_right_code_sets_it_up_and_shows_the_recovery_codes(client, contest):
    user = make_unenrolled(contest)

    answer = enrol(client, user)

    assert answer.url == "/accounts/2fa/recovery-codes/"
    assert client.get(answer.url).status_code == 200
    assert client.get(ME).status_code == 200


def test_wrong_code_does_not_set_it_up(client, contest):
    user = make_unenrolled(contest)
    give_password(client, user)
    secret = client.get(ENROL).context["form"].secret

    answer = client.post(ENROL, {"code": app_code(secret, ahead=9)})

    assert form_codes(answer, "code") == ["incorrect_code"]
    assert list(Authenticator.objects.all()) == []


def test_phone_code_alone_cannot_set_it_up(client, contest, outbox):
    user = make_unenrolled(contest, phone="+8619900001234")
    client.post("/accounts/login/", {"phone": user.phone, "agree_privacy": "on"})
    client.post("/accounts/login/code/", {"code": outbox[-1]["code"]})

    answer = client.get(ENROL)

    assert answer.url.startswith("/accounts/reauthenticate/")
    assert client.get(answer.url).status_code == 200


def test_secret_is_not_readable_in_the_database(contest):
    user = WorkAccountFactory()

    secret = give_second_factor(user)

    stored = Authenticator.objects.get(user=user).data["secret"]
    assert secret not in stored
    assert decrypt(stored) == secret


def test_secret_of_a_former_key_can_still_be_read(contest, settings):
    user = WorkAccountFactory()
    secret = give_second_factor(user)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-" + "1" * 50

    assert secret_of(user) == secret


def test_moving_to_another_phone_sets_it_up_anew(client, contest):
    user = make_unenrolled(contest)
    enrol(client, user)

    client.post("/accounts/2fa/totp/deactivate/")

    assert client.get(ME).url == ENROL
    assert list(Authenticator.objects.all()) == []


def test_moving_asks_again_who_one_is_after_five_minutes(client, contest, later):
    user = make_unenrolled(contest)
    enrol(client, user)
    later(301)

    answer = client.get("/accounts/2fa/totp/deactivate/")

    assert answer.url.startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/recovery-codes/download/",
        "/accounts/2fa/reauthenticate/",
        "/accounts/reauthenticate/",
        "/accounts/password/",
        "/accounts/logout/",
    ],
)
def test_pages_about_ones_safety_open(client, contest, page):
    enrol(client, make_unenrolled(contest))

    answer = client.get(page)

    assert answer.status_code == 200
    assert "style=" not in answer.content.decode()
