import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import audit
from accounts.models import Membership, Role, User
from contests import clock
from tests.factories.accounts import (
    PASSWORD,
    CitizenFactory,
    DistrictFactory,
    OrganisationFactory,
    WorkAccountFactory,
    give_second_factor,
    make_contest,
    make_worker,
)

pytestmark = pytest.mark.django_db

MODELS = ["organisation", "membership", "user", "consent", "auditentry"]
WATCHERS = [Role.ORGANISER, Role.SUPERVISOR]


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def organiser(client, contest):
    user = make_worker(contest, Role.ORGANISER)
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = WorkAccountFactory(is_staff=True, is_superuser=True)
    give_second_factor(user)
    client.force_login(user)
    return user


def page(model, *args, verb="changelist"):
    return reverse(f"admin:accounts_{model}_{verb}", args=args)


def make_row(model, contest):
    citizen = CitizenFactory(full_name="王小荷")
    rows = {
        "organisation": lambda: OrganisationFactory(contest=contest),
        "membership": lambda: make_worker(contest, Role.JUDGE).memberships.get(),
        "user": lambda: make_worker(contest, Role.JUDGE),
        "consent": lambda: citizen.consents.create(
            contest=contest, key="privacy", version=1, given_at=clock.now()
        ),
        "auditentry": lambda: audit.record("round.closed", by=None, contest=contest),
    }
    return rows[model]()


def rows_shown(client, model):
    return {row.pk for row in client.get(page(model)).context["cl"].queryset}


# --- Who sees what -----------------------------------------------------------
@pytest.mark.parametrize(
    "question",
    [
        {"password__startswith": "pbkdf2"},
        {"phone__startswith": "+86199"},
        {"email__contains": "@"},
        {"last_login__isnull": "0"},
    ],
)
def test_no_filter_feels_out_what_the_list_does_not_show(client, organiser, question):
    assert client.get(page("user"), question).status_code == 400


def test_the_filters_beside_the_list_work(client, contest, organiser):
    gone = make_worker(contest, Role.JUDGE)
    gone.is_active = False
    gone.save()

    response = client.get(page("user"), {"is_active__exact": "0"})

    assert list(response.context["cl"].queryset) == [gone]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", WATCHERS)
def test_watchers_see_the_rows_of_their_contest_alone(client, contest, model, role):
    client.force_login(make_worker(contest, role))
    own = make_row(model, contest)
    other = make_row(model, make_contest())

    shown = rows_shown(client, model)

    assert own.pk in shown
    assert other.pk not in shown
    assert client.get(page(model, own.pk, verb="change")).status_code == 200
    assert client.get(page(model, other.pk, verb="change")).status_code == 404


@pytest.mark.parametrize("model", MODELS)
def test_judge_sees_none_of_it(client, contest, model):
    client.force_login(make_worker(contest, Role.JUDGE))
    row = make_row(model, contest)

    assert client.get(page(model)).status_code == 403
    assert client.get(page(model, row.pk, verb="change")).status_code in {403, 404}
    assert "accounts" not in [
        app["app_label"] for app in client.get("/admin/").context["app_list"]
    ]


@pytest.mark.parametrize("model", MODELS)
def test_staff_without_a_role_see_nothing(client, contest, model):
    user = WorkAccountFactory(is_staff=True)
    give_second_factor(user)
    client.force_login(user)
    make_row(model, contest)

    assert client.get(page(model)).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_administrator_sees_all(client, administrator, model):
    rows = {make_row(model, make_contest()).pk for _ in range(2)}

    assert rows <= rows_shown(client, model)


@pytest.mark.parametrize("model", ["organisation", "consent", "auditentry"])
def test_records_can_only_be_read(client, organiser, contest, model):
    row = make_row(model, contest)

    assert client.get(page(model, verb="add")).status_code == 403
    assert client.post(page(model, row.pk, verb="delete")).status_code == 403
    assert client.post(page(model, row.pk, verb="change"), {}).status_code == 403


def test_supervisor_changes_nothing(client, contest):
    client.force_login(make_worker(contest, Role.SUPERVISOR))
    judge = make_worker(contest, Role.JUDGE)
    held = judge.memberships.get()

    answers = [
        client.get(page("membership", verb="add")),
        client.post(page("membership", held.pk, verb="delete"), {"post": "yes"}),
        client.post(page("user", judge.pk, verb="change"), {"full_name": "示例"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_log_shows_what_own_people_did_elsewhere_on_the_site(
    client, organiser, contest
):
    judge = make_worker(contest, Role.JUDGE)
    own = audit.record("sign_in.done", by=judge)
    stranger = audit.record("sign_in.done", by=CitizenFactory())

    shown = rows_shown(client, "auditentry")

    assert (own.pk in shown, stranger.pk in shown) == (True, False)


def test_citizens_name_and_number_are_masked(client, administrator):
    citizen = CitizenFactory(full_name="王小荷", phone="+8619900001234")

    for address in (page("user"), page("user", citizen.pk, verb="change")):
        text = client.get(address).content.decode()

        assert "199****1234" in text
        assert "19900001234" not in text
    assert "王*荷" in client.get(page("user")).content.decode()
    assert "王小荷" not in client.get(page("user")).content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_list_asks_as_often_for_three_rows_as_for_one(
    client, organiser, contest, model, django_assert_max_num_queries
):
    make_row(model, contest)
    with CaptureQueriesContext(connection) as asked:
        client.get(page(model))
    make_row(model, contest)
    make_row(model, contest)

    with django_assert_max_num_queries(len(asked)):
        client.get(page(model))


# --- Giving and taking roles -------------------------------------------------
def appoint(client, contest, **more):
    given = {
        "username": "new-judge",
        "full_name": "示例评委",
        "password": PASSWORD,
        "contest": contest.pk,
        "role": "judge",
        "organisation": "",
    }
    return client.post(page("membership", verb="add"), given | more)


def errors_of(response):
    return response.context["adminform"].form.errors.as_data()


def test_organiser_appoints_a_judge(client, organiser, contest):
    answer = appoint(client, contest)

    held = Membership.objects.get(user__username="new-judge")
    assert answer.status_code == 302
    assert (held.role, held.contest, held.user.is_staff) == ("judge", contest, True)
    assert held.user.check_password(PASSWORD)


def test_organiser_appoints_a_district_officer_for_its_office(
    client, organiser, contest
):
    office = OrganisationFactory(
        contest=contest,
        kind="district",
        district=DistrictFactory(contest=contest),
    )

    appoint(client, contest, role="district_officer", organisation=office.pk)

    assert Membership.objects.get(user__username="new-judge").organisation == office


def test_refusal_is_told_in_its_words_and_what_was_typed_stays(
    client, organiser, contest
):
    answer = appoint(client, contest, password="")

    [error] = errors_of(answer)["__all__"]
    assert error.code == "account_needs_password"
    assert 'value="new-judge"' in answer.content.decode()
    assert not User.objects.filter(username="new-judge").exists()


def test_weak_first_password_is_refused(client, organiser, contest):
    answer = appoint(client, contest, password="short")

    assert "password" in errors_of(answer)


def test_another_contest_cannot_be_chosen(client, organiser):
    answer = appoint(client, make_contest())

    assert "contest" in errors_of(answer)
    assert not User.objects.filter(username="new-judge").exists()


def test_body_of_another_contest_cannot_be_chosen(client, organiser, contest):
    other = OrganisationFactory(contest=make_contest())

    answer = appoint(client, contest, organisation=other.pk)

    assert "organisation" in errors_of(answer)


def test_organiser_takes_a_role(client, organiser, contest):
    held = make_worker(contest, Role.JUDGE).memberships.get()

    client.post(page("membership", held.pk, verb="delete"), {"post": "yes"})

    assert not Membership.objects.filter(pk=held.pk).exists()


def test_last_organiser_stays_and_is_told_why(client, organiser):
    held = organiser.memberships.get()

    answer = client.post(
        page("membership", held.pk, verb="delete"), {"post": "yes"}, follow=True
    )

    tags = [message.extra_tags for message in answer.context["messages"]]
    assert tags == ["last_organiser"]
    assert organiser.memberships.count() == 1


def test_role_of_another_contest_cannot_be_taken(client, organiser):
    held = make_worker(make_contest(), Role.JUDGE).memberships.get()

    answer = client.post(page("membership", held.pk, verb="delete"), {"post": "yes"})

    assert answer.status_code == 404
    assert Membership.objects.filter(pk=held.pk).exists()


# --- Helping people ----------------------------------------------------------
def test_organiser_gives_a_new_password_and_forgets_the_app(client, organiser, contest):
    judge = make_worker(contest, Role.JUDGE)

    client.post(
        page("user", judge.pk, verb="change"),
        {
            "full_name": "示例评委",
            "is_active": "on",
            "new_password": "plum-rain-and-tea-7",
            "forget_second_factor": "on",
        },
    )

    judge.refresh_from_db()
    assert judge.full_name == "示例评委"
    assert judge.check_password("plum-rain-and-tea-7")
    assert judge.authenticator_set.count() == 0


def test_organiser_cannot_make_anybody_an_administrator(client, organiser, contest):
    judge = make_worker(contest, Role.JUDGE)

    client.post(
        page("user", judge.pk, verb="change"),
        {"full_name": "示例", "is_active": "on", "is_superuser": "on"},
    )

    judge.refresh_from_db()
    assert (judge.full_name, judge.is_superuser) == ("示例", False)


def test_who_also_works_for_another_contest_can_only_be_looked_at(
    client, organiser, contest
):
    judge = make_worker(contest, Role.JUDGE)
    Membership.objects.create(user=judge, contest=make_contest(), role=Role.JUDGE)
    address = page("user", judge.pk, verb="change")

    looked = client.get(address)
    changed = client.post(address, {"full_name": "示例", "new_password": "x" * 20})

    assert (looked.status_code, changed.status_code) == (200, 403)
    assert "new_password" not in looked.content.decode()
