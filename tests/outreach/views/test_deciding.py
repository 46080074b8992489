import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.models import Role
from outreach.states import RecommendationState
from tests.factories.accounts import make_worker
from tests.factories.judging import make_contest as make_other_contest
from tests.factories.outreach import (
    district_of,
    make_activity,
    make_centre_worker,
    make_contest,
    make_officer,
    make_organiser,
    make_station,
    make_stranger,
    make_table,
)

pytestmark = pytest.mark.django_db
LIST = reverse("outreach:recommendations")


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def table(contest):
    return make_table(district_of(contest), state=RecommendationState.HANDED_IN)


@pytest.fixture
def organiser(contest, client):
    """Signed in."""
    organiser = make_organiser(contest)
    client.force_login(organiser)
    return organiser


def address(name, table):
    return reverse(f"outreach:{name}", args=[table.pk])


def codes_of(response):
    return [message.extra_tags for message in get_messages(response.wsgi_request)]


# --- The list ----------------------------------------------------------------
def test_organisers_see_every_district_with_its_state(
    client, contest, organiser, table
):
    make_table(district_of(contest, "xihu"), stations=5)

    overview = client.get(LIST).context["overview"]

    states = {row.district.key: row.state for row in overview.rows}
    assert len(states) == 14
    assert (states["shangcheng"], states["xihu"], states["yuhang"]) == (
        "handed_in",
        "draft",
        "none",
    )
    assert (overview.station_total, overview.activity_total) == (8, 42)


def test_the_list_is_narrowed_by_the_address(client, organiser, table):
    overview = client.get(LIST, {"state": "handed_in"}).context["overview"]

    assert [row.district for row in overview.rows] == [table.district]
    assert {key: count for key, _label, count in overview.states} == {
        "handed_in": 1,
        "none": 13,
    }


def test_a_state_nobody_is_in_says_what_to_do(client, organiser):
    response = client.get(LIST, {"state": "accepted"})

    assert response.context["overview"].rows == []
    assert 'class="empty"' in response.content.decode()


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.PRACTICE_CENTRE])
def test_a_districts_people_see_their_own_district(client, contest, table, role):
    worker = (
        make_officer(table.district)
        if role == Role.DISTRICT_OFFICER
        else make_centre_worker(table.organisation)
    )
    make_table(district_of(contest, "xihu"))
    client.force_login(worker)

    rows = client.get(LIST).context["overview"].rows

    assert [row.district for row in rows] == [table.district]


def test_who_has_nothing_to_do_with_it_finds_no_list(client, table):
    client.force_login(make_stranger())

    assert client.get(LIST).status_code == 404


def test_the_list_costs_the_same_for_1_and_3_tables(
    client, contest, organiser, table, queries_of
):
    make_activity(table.stations.first())
    with_one = queries_of(lambda: client.get(LIST))
    for key in ("xihu", "yuhang"):
        make_activity(make_table(district_of(contest, key)).stations.first())

    assert queries_of(lambda: client.get(LIST)) == with_one


# --- One table ---------------------------------------------------------------
def test_the_page_shows_the_rows_the_warnings_and_the_verbs(client, organiser, table):
    make_station(table, 4, seats=19)

    response = client.get(table.get_absolute_url())

    html = response.content.decode()
    assert response.status_code == 200
    assert "示例社区文明实践站1" in html
    assert "19900000001" in html
    assert 'data-code="very_few_seats"' in html
    assert address("accept", table) in html
    assert address("scan", table) in html


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.PRACTICE_CENTRE])
def test_the_own_district_looks_on_without_verbs(client, table, role):
    worker = (
        make_officer(table.district)
        if role == Role.DISTRICT_OFFICER
        else make_centre_worker(table.organisation)
    )
    client.force_login(worker)

    html = client.get(table.get_absolute_url()).content.decode()

    assert "示例社区文明实践站1" in html
    assert address("accept", table) not in html


def test_a_supervisor_looks_on_and_decides_nothing(client, contest, table):
    client.force_login(make_worker(contest, Role.SUPERVISOR))

    html = client.get(table.get_absolute_url()).content.decode()
    response = client.post(address("accept", table), {"compared": "on"})

    table.refresh_from_db()
    assert address("accept", table) not in html
    assert response.status_code == 403
    assert table.state == RecommendationState.HANDED_IN


@pytest.mark.parametrize(
    "make",
    [
        lambda contest: make_stranger(),
        lambda contest: make_officer(district_of(contest, "xihu")),
        lambda contest: make_organiser(make_other_contest()),
        lambda contest: make_worker(contest, Role.JUDGE),
    ],
    ids=["stranger", "other district", "other contest", "judge"],
)
def test_somebody_elses_table_does_not_exist(client, contest, table, make):
    client.force_login(make(contest))

    pages = [table.get_absolute_url(), address("scan", table), address("print", table)]
    verbs = [address("accept", table), address("return", table)]
    assert {client.get(page).status_code for page in pages} == {404}
    assert {client.post(verb).status_code for verb in verbs} == {404}


def test_the_page_costs_the_same_for_1_and_3_stations(
    client, contest, organiser, queries_of
):
    table = make_table(
        district_of(contest), stations=1, state=RecommendationState.HANDED_IN
    )
    make_activity(table.stations.get())
    with_one = queries_of(lambda: client.get(table.get_absolute_url()))
    for number in (2, 3):
        make_activity(make_station(table, number), position=number)

    assert queries_of(lambda: client.get(table.get_absolute_url())) == with_one


# --- Decide ------------------------------------------------------------------
def test_a_compared_table_is_accepted(client, organiser, table):
    response = client.post(address("accept", table), {"compared": "on"})

    table.refresh_from_db()
    assert response.url == table.get_absolute_url()
    assert table.state == RecommendationState.ACCEPTED


def test_without_the_tick_the_table_is_not_accepted(client, organiser, table):
    response = client.post(address("accept", table))

    table.refresh_from_db()
    assert codes_of(response) == ["scan_not_compared"]
    assert table.state == RecommendationState.HANDED_IN


def test_a_table_is_returned_with_a_reason(client, organiser, table):
    client.post(address("return", table), {"reason": "盖章不清楚。"})

    table.refresh_from_db()
    assert table.state == RecommendationState.RETURNED
    assert table.events.get().reason == "盖章不清楚。"


def test_a_return_without_reason_is_refused(client, organiser, table):
    response = client.post(address("return", table), {"reason": " "})

    table.refresh_from_db()
    assert codes_of(response) == ["reason_missing"]
    assert table.state == RecommendationState.HANDED_IN
