import pytest
from django.urls import reverse

from accounts import services
from accounts.models import AccessToken, Role
from accounts.tokens import issue_token
from contests import clock
from tests.factories.accounts import (
    PRIVACY,
    CitizenFactory,
    make_contest,
    make_worker,
)

pytestmark = pytest.mark.django_db

ME = "/accounts/me/"


@pytest.fixture
def citizen(client):
    citizen = CitizenFactory(phone="+8619900001234")
    client.force_login(citizen)
    return citizen


def give_consent(citizen, contest):
    services.record_agreements(
        user=citizen,
        contest=contest,
        agreements=[services.Agreement(PRIVACY.key, PRIVACY.version, "0" * 64)],
        at=clock.now(),
    )


def test_stranger_is_asked_to_sign_in(client):
    assert client.get(ME).url == f"/accounts/login/?next={ME}"


def test_citizen_sees_number_masked_and_what_was_agreed_to(client, citizen):
    give_consent(citizen, make_contest(declarations=[PRIVACY]))
    give_consent(CitizenFactory(), make_contest())

    page = client.get(ME)

    text = page.content.decode()
    assert "199****1234" in text
    assert "19900001234" not in text
    assert [consent.label for consent in page.context["consents"]] == [PRIVACY.label]
    assert "/accounts/logout/" in text
    assert "/accounts/password/" not in text


def test_consent_to_a_text_no_longer_in_the_rule_book_shows_its_key(client, citizen):
    give_consent(citizen, make_contest(declarations=[]))

    page = client.get(ME)

    assert [consent.label for consent in page.context["consents"]] == ["privacy"]


def test_worker_sees_roles_and_the_way_to_password_and_app(client):
    contest = make_contest()
    client.force_login(make_worker(contest, Role.JUDGE, username="worker-a"))

    text = client.get(ME).content.decode()

    for part in ("worker-a", contest.title_short, "/accounts/password/", "/2fa/"):
        assert part in text


def test_name_is_saved(client, citizen):
    client.post(ME, {"full_name": " 王小荷 "})

    citizen.refresh_from_db()
    assert citizen.full_name == "王小荷"


@pytest.mark.parametrize("dot", "．•・‧∙·")
def test_dots_in_names_are_made_alike(client, citizen, dot):
    client.post(ME, {"full_name": f"阿依古{dot}买买提"})

    citizen.refresh_from_db()
    assert citizen.full_name == "阿依古·买买提"


def test_name_of_31_characters_is_refused_and_stays_in_the_field(client, citizen):
    answer = client.post(ME, {"full_name": "荷" * 31})

    citizen.refresh_from_db()
    assert citizen.full_name == ""
    assert "荷" * 31 in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_database_as_often_for_many_consents(
    client, citizen, count, django_assert_max_num_queries
):
    for _ in range(count):
        give_consent(citizen, make_contest(declarations=[PRIVACY]))

    with django_assert_max_num_queries(9):
        client.get(ME)


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.ORGANISER, "organiser"),
        (Role.SUPERVISOR, "organiser"),
        (Role.REVIEWER, "submissions:screening-queue"),
        (Role.JUDGE, "admin:judging_ballot_changelist"),
        (None, "submissions:mine"),
    ],
)
def test_start_leads_everybody_to_the_own_desk(client, role, page):
    client.force_login(make_worker(make_contest(), role) if role else CitizenFactory())

    assert client.get("/accounts/start/").url == reverse(page)


def test_start_leads_the_administrator_to_the_records(client):
    user = make_worker(make_contest(), Role.JUDGE, is_superuser=True)
    user.memberships.all().delete()
    client.force_login(user)

    assert client.get("/accounts/start/").url == "/admin/"


def test_signing_out_asks_first_then_ends_the_session(client, citizen):
    asked = client.get("/accounts/logout/")
    still_in = "_auth_user_id" in client.session
    answer = client.post("/accounts/logout/")

    assert (asked.status_code, still_in) == (200, True)
    assert answer.url == "/"
    assert "_auth_user_id" not in client.session


def test_one_sees_where_one_is_signed_in_and_signs_out_there(client):
    make_contest()
    citizen, other = CitizenFactory(), CitizenFactory()
    token, _secret = issue_token(user=citizen, channel="wechat_mini_program")
    foreign, _secret = issue_token(user=other, channel="alipay_mini_program")
    client.force_login(citizen)

    page = client.get("/accounts/me/").content.decode()
    stranger = client.post(f"/accounts/tokens/{foreign.public_id}/revoke/")
    own = client.post(f"/accounts/tokens/{token.public_id}/revoke/")

    assert f"/accounts/tokens/{token.public_id}/revoke/" in page
    assert str(foreign.public_id) not in page
    assert (stranger.status_code, own.url) == (404, "/accounts/me/")
    assert list(AccessToken.objects.all()) == [foreign]


def test_signing_out_leaves_no_draft_text_for_the_next_person_on_the_device(client):
    client.force_login(CitizenFactory())

    asked = client.get("/accounts/logout/")
    response = client.post("/accounts/logout/")

    assert "Clear-Site-Data" not in asked
    assert response["Clear-Site-Data"] == '"storage"'
    assert "_auth_user_id" not in client.session
