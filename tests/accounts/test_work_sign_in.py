import pytest
from django.urls import reverse

from accounts.models import AuditEntry, Role
from tests.accounts.desk_door import (
    AUTHENTICATE,
    ENROL,
    ME,
    STAFF,
    enrol,
    form_codes,
    give_password,
    is_signed_in,
    make_unenrolled,
    secret_of,
)
from tests.factories.accounts import (
    PASSWORD,
    CitizenFactory,
    app_code,
    make_contest,
    make_worker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


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
