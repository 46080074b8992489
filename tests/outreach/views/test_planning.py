import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.models import Role
from contests import clock
from outreach.models import Activity
from outreach.states import ActivityState, RecommendationState
from tests.factories.accounts import make_worker
from tests.factories.judging import make_contest as make_other_contest
from tests.factories.outreach import (
    district_of,
    make_activity,
    make_contest,
    make_officer,
    make_organiser,
    make_station,
    make_table,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_may(settings):
    settings.DEMO_TODAY = dt.date(2023, 5, 15)


@pytest.fixture
def table():
    return make_table(district_of(make_contest()), state=RecommendationState.ACCEPTED)


@pytest.fixture
def organiser(table, client):
    """Signed in."""
    organiser = make_organiser(table.contest)
    client.force_login(organiser)
    return organiser


def plan_page(table, position=1):
    return reverse("outreach:plan", args=[table.district.pk, position])


def plan(station, **fields):
    return {
        "station": station.pk,
        "day": "2023-05-27",
        "starts": "14:00",
        "ends": "16:00",
        "title": "教你拍",
    } | fields


def codes_of(response):
    return [message.extra_tags for message in get_messages(response.wsgi_request)]


def test_the_form_begins_with_a_free_station_and_its_wish(client, organiser, table):
    first, second, _third = table.stations.all()
    make_activity(first, position=1)

    form = client.get(plan_page(table, 2)).context["form"]

    assert form.initial == {
        "station": second.pk,
        "day": second.wished_on,
        "starts": dt.time(9, 30),
        "ends": dt.time(11, 30),
    }


def test_the_form_begins_with_the_station_asked_for(client, organiser, table):
    last = table.stations.last()

    form = client.get(plan_page(table), {"station": last.pk}).context["form"]

    assert (form.initial["station"], form.initial["day"]) == (last.pk, last.wished_on)


@pytest.mark.parametrize("asked_for", ["0", "x"])
def test_a_station_that_is_not_there_is_not_asked_for(
    client, organiser, table, asked_for
):
    form = client.get(plan_page(table), {"station": asked_for}).context["form"]

    assert form.initial["station"] == table.stations.first().pk


def test_a_plan_is_kept(client, organiser, table):
    station = table.stations.last()

    response = client.post(plan_page(table, 3), plan(station))

    activity = Activity.objects.get()
    assert response.url == plan_page(table, 3)
    assert (activity.position, activity.station, activity.state) == (
        3,
        station,
        ActivityState.PENDING,
    )
    assert activity.starts_at == clock.start_of(dt.date(2023, 5, 27)) + dt.timedelta(
        hours=14
    )


def test_a_plan_is_kept_and_confirmed_at_once(client, organiser, table):
    client.post(plan_page(table), plan(table.stations.first()) | {"confirm": "1"})

    assert Activity.objects.get().state == ActivityState.CONFIRMED


def test_a_plan_that_cannot_be_confirmed_is_not_lost(client, organiser, table):
    station = table.stations.first()
    make_activity(station, position=2, on=dt.date(2023, 5, 27))

    response = client.post(plan_page(table), plan(station) | {"confirm": "1"})

    activity = Activity.objects.get(position=1)
    assert codes_of(response) == ["station_taken"]
    assert activity.state == ActivityState.PENDING
    assert 'data-code="station_taken"' in client.get(plan_page(table)).content.decode()


def test_a_day_outside_the_month_is_a_warning_on_the_page(client, organiser, table):
    client.post(plan_page(table), plan(table.stations.first(), day="2023-06-03"))

    assert 'data-code="outside_month"' in client.get(plan_page(table)).content.decode()


def test_a_station_of_another_district_cannot_be_chosen(client, organiser, table):
    foreign = make_table(district_of(table.contest, "xihu")).stations.first()

    response = client.post(plan_page(table), plan(foreign))

    errors = response.context["form"].errors.as_data()
    assert [error.code for error in errors["station"]] == ["invalid_choice"]
    assert not Activity.objects.exists()


def test_times_in_the_wrong_order_come_back_as_typed(client, organiser, table):
    response = client.post(plan_page(table), plan(table.stations.first(), ends="13:00"))

    form = response.context["form"]
    assert list(form.errors) == ["ends"]
    assert form["title"].value() == "教你拍"
    assert not Activity.objects.exists()


def test_a_district_without_table_has_no_form_and_says_why(client, organiser, table):
    other = district_of(table.contest, "xihu")

    response = client.get(reverse("outreach:plan", args=[other.pk, 1]))

    assert response.status_code == 200
    assert 'name="station"' not in response.content.decode()
    assert 'class="empty"' in response.content.decode()


@pytest.mark.parametrize("position", [0, 4])
def test_there_is_no_page_for_an_activity_too_many(client, organiser, table, position):
    assert client.get(plan_page(table, position)).status_code == 404


@pytest.mark.parametrize(
    "make",
    [
        lambda table: make_officer(table.district),
        lambda table: make_worker(table.contest, Role.JUDGE),
        lambda table: make_organiser(make_other_contest()),
    ],
    ids=["district office", "judge", "other contest"],
)
def test_who_does_not_run_the_contest_finds_no_plan(client, table, make):
    activity = make_activity(table.stations.first())
    client.force_login(make(table))

    assert client.get(plan_page(table)).status_code == 404
    assert client.post(reverse("outreach:hold", args=[activity.pk])).status_code == 404


def test_a_supervisor_reads_the_plan_and_changes_nothing(client, table):
    activity = make_activity(table.stations.first(), state=ActivityState.PENDING)
    client.force_login(make_worker(table.contest, Role.SUPERVISOR))

    html = client.get(plan_page(table)).content.decode()
    answers = [
        client.post(plan_page(table), plan(table.stations.last())),
        client.post(reverse("outreach:confirm", args=[activity.pk])),
    ]

    activity.refresh_from_db()
    assert activity.title in html
    assert 'name="station"' not in html
    assert [answer.status_code for answer in answers] == [403, 403]
    assert activity.state == ActivityState.PENDING


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [
        ("confirm", ActivityState.PENDING, ActivityState.CONFIRMED),
        ("unconfirm", ActivityState.CONFIRMED, ActivityState.PENDING),
        ("hold", ActivityState.CONFIRMED, ActivityState.HELD),
        ("unhold", ActivityState.HELD, ActivityState.CONFIRMED),
    ],
)
def test_each_verb_moves_the_activity(client, organiser, table, verb, before, after):
    activity = make_activity(table.stations.first(), state=before)

    response = client.post(reverse(f"outreach:{verb}", args=[activity.pk]))

    activity.refresh_from_db()
    assert response.url == plan_page(table)
    assert activity.state == after


def test_an_activity_to_come_is_not_held_yet(client, organiser, table):
    activity = make_activity(table.stations.first(), on=dt.date(2023, 5, 16))

    response = client.post(reverse("outreach:hold", args=[activity.pk]))

    activity.refresh_from_db()
    assert codes_of(response) == ["not_yet_begun"]
    assert activity.state == ActivityState.CONFIRMED


def test_the_page_costs_the_same_for_1_and_3_stations(client, queries_of):
    table = make_table(district_of(make_contest()), stations=1)
    make_activity(table.stations.get(), state=ActivityState.PENDING)
    client.force_login(make_organiser(table.contest))
    with_one = queries_of(lambda: client.get(plan_page(table)))
    for number in (2, 3):
        make_activity(make_station(table, number), position=number)

    assert queries_of(lambda: client.get(plan_page(table))) == with_one
