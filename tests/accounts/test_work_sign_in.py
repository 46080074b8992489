import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.urls import reverse

from accounts.models import ROLES_OF_A_BODY, AuditEntry, Membership, Role
from tests.factories.accounts import (
    PASSWORD,
    CitizenFactory,
    WorkAccountFactory,
    app_code,
    give_second_factor,
    make_contest,
    make_worker,
)

pytestmark = pytest.mark.django_db

STAFF = "/accounts/staff/"
ENROL = "/accounts/2fa/totp/activate/"
AUTHENTICATE = "/accounts/2fa/authenticate/"
ME = "/accounts/me/"


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def later(monkeypatch):
    """Moves real time, by which sessions and authenticator codes live."""
    real = time.time

    def move(seconds):
        monkeypatch.setattr(time, "time", lambda: real() + seconds)

    return move


def make_unenrolled(contest, role=Role.JUDGE, **fields):
    user = WorkAccountFactory(**fields)
    Membership.objects.create(user=user, contest=contest, role=role)
    return user


def give_password(client, user, password=PASSWORD, to=STAFF, **more):
    return client.post(to, {"login": user.username, "password": password}, **more)


def secret_of(user):
    stored = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return decrypt(stored.data["secret"])


def form_codes(response, field="__all__"):
    errors = response.context["form"].errors.as_data().get(field, [])
    return [error.code for error in errors]


def is_signed_in(client):
    return "_auth_user_id" in client.session


# --- Password and authenticator ----------------------------------------------
def test_password_and_authenticator_open_the_desk_of_the_role(client, contest):
    user = make_worker(contest, Role.REVIEWER)

    first = give_password(client, user)
    before = is_signed_in(client)
    second = client.post(AUTHENTICATE, {"code": app_code(secret_of(user))})

    assert (first.url, before) == (AUTHENTICATE, False)
    assert second.url == reverse("submissions:screening-queue")
    assert is_signed_in(client)


def test_worker_returns_to_the_page_that_asked_to_sign_in(client, contest):
    user = make_worker(contest, Role.ORGANISER)

    give_password(client, user, to=f"{STAFF}?next={ME}")
    answer = client.post(AUTHENTICATE, {"code": app_code(secret_of(user))})

    assert answer.url == ME


def test_wrong_password_is_refused(client, contest):
    user = make_worker(contest, Role.JUDGE)

    answer = give_password(client, user, "something else")

    assert form_codes(answer) == ["username_password_mismatch"]
    assert not is_signed_in(client)


def test_unknown_username_gets_the_same_answer_as_a_wrong_password(client, contest):
    user = make_worker(contest, Role.JUDGE)

    wrong = give_password(client, user, "something else")
    unknown = client.post(STAFF, {"login": "nobody", "password": "something else"})

    assert form_codes(unknown) == form_codes(wrong)
    assert unknown.context["form"].errors == wrong.context["form"].errors


def test_sixth_wrong_password_within_twenty_minutes_locks(client, contest):
    user = make_worker(contest, Role.JUDGE)
    for _ in range(5):
        give_password(client, user, "something else")

    answer = give_password(client, user)

    assert form_codes(answer) == ["too_many_login_attempts"]


def test_citizen_has_no_password_to_come_in_with(client):
    citizen = CitizenFactory(username="both")

    answer = give_password(client, citizen, "")

    assert form_codes(answer, "password") == ["required"]


def test_closed_account_does_not_open(client, contest):
    user = make_worker(contest, Role.JUDGE, is_active=False)

    answer = give_password(client, user)

    assert answer.url == reverse("account_inactive")


def test_wrong_authenticator_code_is_refused(client, contest):
    user = make_worker(contest, Role.JUDGE)
    give_password(client, user)

    answer = client.post(AUTHENTICATE, {"code": app_code(secret_of(user), ahead=9)})

    assert form_codes(answer, "code") == ["incorrect_code"]
    assert not is_signed_in(client)


def test_authenticator_code_may_be_typed_with_a_space(client, contest):
    user = make_worker(contest, Role.JUDGE)
    give_password(client, user)
    code = app_code(secret_of(user))

    client.post(AUTHENTICATE, {"code": f"{code[:3]} {code[3:]}"})

    assert is_signed_in(client)


def test_authenticator_code_opens_once_however_long_it_is_right(client, contest, later):
    user = make_worker(contest, Role.JUDGE)
    code = app_code(secret_of(user))
    give_password(client, user)
    client.post(AUTHENTICATE, {"code": code})
    client.post("/accounts/logout/")
    give_password(client, user)
    later(31)

    answer = client.post(AUTHENTICATE, {"code": code})

    assert form_codes(answer, "code")[0] in {"code_used", "incorrect_code"}
    assert not is_signed_in(client)


def test_recovery_code_opens_once(client, contest):
    user = make_unenrolled(contest)
    enrol(client, user)
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    client.post("/accounts/logout/")

    give_password(client, user)
    client.post(AUTHENTICATE, {"code": codes[0]})
    opened = is_signed_in(client)
    client.post("/accounts/logout/")
    give_password(client, user)
    client.post(AUTHENTICATE, {"code": codes[0]})

    assert (len(codes), opened, is_signed_in(client)) == (10, True, False)


def test_authenticator_page_without_a_password_leads_back(client):
    assert client.get(AUTHENTICATE).url == reverse("account_login")


def test_staff_page_stays_open_after_a_phone_sign_in_was_begun(client, contest, outbox):
    client.post("/accounts/login/", {"phone": "19900001234", "agree_privacy": "on"})

    assert client.get(STAFF).status_code == 200


def test_every_page_at_the_door_shows_the_contests_name(client, contest):
    user = make_worker(contest, Role.JUDGE)
    staff = client.get(STAFF)
    give_password(client, user)

    pages = [staff, client.get(AUTHENTICATE), client.get("/accounts/inactive/")]

    for page in pages:
        assert page.context["site"].contest == contest


def test_phone_page_leads_staff_to_their_own_and_keeps_the_aim(client):
    page = client.get(f"/accounts/login/?next={ME}").content.decode()

    assert f'href="{STAFF}?next=%2Faccounts%2Fme%2F"' in page


# --- Setting up the authenticator --------------------------------------------
def enrol(client, user):
    give_password(client, user)
    secret = client.get(ENROL).context["form"].secret
    return client.post(ENROL, {"code": app_code(secret)})


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


# --- Sessions of work --------------------------------------------------------
def test_work_session_ends_after_half_an_hour_alone_and_says_so(client, contest, later):
    client.force_login(make_worker(contest, Role.JUDGE))
    client.get(ME)
    later(30 * 60 + 1)

    answer = client.get(ME)

    assert answer.url == f"{STAFF}?next=%2Faccounts%2Fme%2F"
    assert not is_signed_in(client)
    told = [message.level_tag for message in client.get(answer.url).context["messages"]]
    assert told == ["warning"]


def test_every_click_prolongs_the_work_session(client, contest, later):
    client.force_login(make_worker(contest, Role.JUDGE))
    for minutes in (0, 20, 40, 60, 80):
        later(minutes * 60)
        answer = client.get(ME)

    assert answer.status_code == 200


def test_no_work_session_outlasts_half_a_day(client, contest, later):
    client.force_login(make_worker(contest, Role.JUDGE))
    for minutes in range(0, 12 * 60 + 20, 20):
        later(minutes * 60)
        client.get(ME)

    assert not is_signed_in(client)


def test_form_sent_from_an_ended_session_changes_nothing(client, contest, later):
    user = make_worker(contest, Role.JUDGE, full_name="示例甲")
    client.force_login(user)
    client.get(ME)
    later(30 * 60 + 1)

    answer = client.post(ME, {"full_name": "示例乙"})

    user.refresh_from_db()
    assert (answer.status_code, user.full_name) == (302, "示例甲")


def test_citizen_stays_signed_in_for_days(client, later):
    client.force_login(CitizenFactory())
    client.get(ME)
    later(3 * 24 * 3600)

    assert client.get(ME).status_code == 200


# --- The admin pages ---------------------------------------------------------
def test_admin_leads_a_stranger_to_the_staff_page(client):
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == f"{STAFF}?next=%2Fadmin%2F"
    assert answer.status_code == 200


def test_admin_does_not_exist_for_a_citizen(client):
    client.force_login(CitizenFactory())

    assert client.get("/admin/", follow=True).status_code == 404


def test_admin_opens_to_a_judge_with_the_authenticator(client, contest):
    client.force_login(make_worker(contest, Role.JUDGE))

    assert client.get("/admin/").status_code == 200


def test_admin_of_somebody_without_it_leads_to_set_it_up(client, contest):
    client.force_login(make_unenrolled(contest, is_staff=True))

    assert client.get("/admin/").url == ENROL


def test_admins_own_form_lets_nobody_change_over_by_password(client, contest):
    judge = make_worker(contest, Role.JUDGE)
    organiser = make_worker(contest, Role.ORGANISER)
    client.force_login(judge)

    client.post("/admin/login/", {"username": organiser.username, "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(judge.pk)


# --- What does not exist -----------------------------------------------------
@pytest.mark.parametrize(
    "page",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/password/reset/",
        "/accounts/password/set/",
        "/accounts/password/change/",
        "/accounts/2fa/trust/",
        "/accounts/2fa/webauthn/",
        "/accounts/phone/change/",
    ],
)
def test_other_pages_of_the_library_do_not_exist(client, contest, page):
    client.force_login(make_worker(contest, Role.JUDGE))

    assert client.get(page).status_code == 404


# --- Password ----------------------------------------------------------------
def test_worker_changes_the_password_and_stays_signed_in(client, contest):
    user = make_worker(contest, Role.JUDGE)
    client.force_login(user)
    new = "plum-rain-and-tea-7"

    answer = client.post(
        "/accounts/password/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    user.refresh_from_db()
    assert (answer.url, user.check_password(new)) == (ME, True)
    assert client.get(ME).status_code == 200
    assert AuditEntry.objects.filter(action="password.changed").count() == 1


def test_short_password_is_refused(client, contest):
    client.force_login(make_worker(contest, Role.JUDGE))

    answer = client.post(
        "/accounts/password/",
        {"oldpassword": PASSWORD, "password1": "short-1", "password2": "short-1"},
    )

    assert form_codes(answer, "password1") == ["password_too_short"]


def test_citizen_has_no_password_page(client):
    client.force_login(CitizenFactory())

    assert client.get("/accounts/password/").status_code == 404


# --- Audit -------------------------------------------------------------------
def test_work_sign_in_is_in_the_audit_log(
    client, contest, django_capture_on_commit_callbacks
):
    user = make_unenrolled(contest, username="worker-a")

    give_password(client, user, "something else")
    client.post(STAFF, {"login": "a-password-by-mistake", "password": "x"})
    with django_capture_on_commit_callbacks(execute=True):
        enrol(client, user)
    client.post("/accounts/logout/")
    give_password(client, user)
    client.post(AUTHENTICATE, {"code": app_code(secret_of(user), ahead=9)})

    entries = AuditEntry.objects.order_by("pk")
    assert list(entries.values_list("action", "actor_label")) == [
        ("sign_in.failed", "worker-a"),
        ("sign_in.failed", ""),
        ("sign_in.done", "worker-a"),
        ("second_factor.added", "worker-a"),
        ("second_factor.added", "worker-a"),
        ("sign_out.done", "worker-a"),
        ("second_factor.wrong", "worker-a"),
    ]
    assert "mistake" not in str(list(entries.values()))
