"""我的数据 and the way out, as people walk it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import sms
from accounts.models import AuditEntry, DataExport, Erasure, Role, User
from contests import clock
from submissions.states import State
from tests.factories.accounts import PASSWORD, CitizenFactory, make_worker
from tests.factories.submissions import COLLECTING, make_contest, make_handed_in

pytestmark = pytest.mark.django_db

DATA = "/accounts/data/"
LEAVE = "/accounts/leave/"
CONFIRM = "/accounts/leave/confirm/"
PHONE = "+8619900007772"


@pytest.fixture
def citizen(client):
    citizen = CitizenFactory(phone=PHONE)
    client.force_login(citizen)
    return citizen


@pytest.fixture
def collecting(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: COLLECTING)


def code_sent():
    return re.findall(r"\d{6}", sms.outbox_path().read_text().splitlines()[-1])[-1]


def ready_export(client, committed):
    with committed():
        client.post(f"{DATA}export/")
    return DataExport.objects.get()


# --- A copy ------------------------------------------------------------------
@pytest.mark.parametrize("address", [DATA, LEAVE, CONFIRM])
def test_strangers_are_asked_to_sign_in(client, address):
    assert client.get(address).url == f"/accounts/login/?next={address}"


def test_a_copy_is_asked_for_and_fetched(client, citizen, committed):
    export = ready_export(client, committed)

    page = client.get(DATA).content.decode()
    answer = client.get(f"{DATA}export/{export.token}/")

    assert f"{DATA}export/{export.token}/" in page
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    assert [
        entry.action for entry in AuditEntry.objects.filter(action__startswith="export")
    ] == ["export.fetched", "export.asked"]


def test_nobody_else_fetches_it(client, citizen, committed):
    export = ready_export(client, committed)
    organiser = make_worker(make_contest(), Role.ORGANISER)

    for other in (CitizenFactory(), organiser):
        client.force_login(other)
        assert client.get(f"{DATA}export/{export.token}/").status_code == 404


def test_it_is_not_there_once_its_week_is_over(client, citizen, committed):
    export = ready_export(client, committed)
    DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get(f"{DATA}export/{export.token}/").status_code == 404


def test_a_second_one_at_once_is_refused_in_words(client, citizen):
    client.post(f"{DATA}export/")

    page = client.post(f"{DATA}export/", follow=True)

    assert [toast.level_tag for toast in page.context["messages"]][-1] == "error"
    assert DataExport.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_database_as_often_for_many(
    client, citizen, count, django_assert_num_queries
):
    for _number in range(count):
        DataExport.objects.create(user=citizen, state=DataExport.State.FAILED)

    with django_assert_num_queries(6):
        client.get(DATA)


# --- Leaving -----------------------------------------------------------------
def test_the_way_out(client, citizen, committed, collecting):
    contest = make_contest()
    kept = make_handed_in(contest, author=citizen, state=State.ACCEPTED)
    taken_out = make_handed_in(contest, author=citizen, state=State.ACCEPTED)

    asked = client.get(LEAVE).content.decode()
    client.post(LEAVE, {f"keep_{kept.pk}": "on", "is_meant": "on"})
    with committed():
        answer = client.post(CONFIRM, {"code": code_sent()})

    kept.refresh_from_db()
    taken_out.refresh_from_db()
    assert kept.number in asked
    assert answer.url == "/accounts/left/"
    assert answer["Clear-Site-Data"] == '"storage"'
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/left/").status_code == 200
    assert (kept.state, taken_out.state) == ("accepted", "withdrawn")
    assert not User.objects.filter(phone=PHONE).exists()


def test_a_wrong_code_erases_nothing(client, citizen, collecting):
    client.post(LEAVE, {"is_meant": "on"})
    wrong = "000000" if code_sent() != "000000" else "111111"

    answer = client.post(CONFIRM, {"code": wrong})

    assert answer.context["form"].has_error("code", "code_wrong")
    assert not Erasure.objects.exists()


def test_without_a_code_nothing_begins(client, citizen):
    for answer in (client.get(CONFIRM), client.post(CONFIRM, {"code": "123456"})):
        assert answer.url == LEAVE

    assert not Erasure.objects.exists()


def test_a_code_for_another_number_counts_for_nothing(client, citizen, collecting):
    client.post(LEAVE, {"is_meant": "on"})
    citizen.phone = "+8619900007773"
    citizen.save()

    answer = client.post(CONFIRM, {"code": code_sent()})

    assert answer.url == LEAVE
    assert not Erasure.objects.exists()


def test_the_tick_is_needed(client, citizen):
    answer = client.post(LEAVE, {})

    assert answer.context["form"].has_error("is_meant", "required")


def test_whoever_holds_a_role_reads_who_releases_them(client):
    client.force_login(make_worker(make_contest(), Role.REVIEWER))

    page = client.get(LEAVE)
    answer = client.post(LEAVE, {"is_meant": "on"})

    assert page.context["refusal"]
    assert answer.status_code == 200
    assert not Erasure.objects.exists()


def test_a_released_worker_leaves_with_the_password(client, committed):
    worker = make_worker(make_contest(), Role.REVIEWER)
    worker.memberships.all().delete()
    client.force_login(worker)
    client.post(LEAVE, {"is_meant": "on"})
    asked = client.get(CONFIRM)
    client.post(f"/accounts/reauthenticate/?next={CONFIRM}", {"password": PASSWORD})

    with committed():
        answer = client.post(CONFIRM)

    worker.refresh_from_db()
    assert asked.url.startswith("/accounts/reauthenticate/")
    assert answer.url == "/accounts/left/"
    assert (worker.username, worker.is_active) == (None, False)
