"""Raw records: for those who run the contest, to look at."""

import pytest
from django.urls import reverse

from accounts.models import Role
from outreach.states import ActivityState, RecommendationState
from tests.factories.accounts import make_worker
from tests.factories.judging import make_contest as make_other_contest
from tests.factories.outreach import (
    BEFORE_DUE,
    district_of,
    make_activity,
    make_contest,
    make_organiser,
    make_table,
)

pytestmark = pytest.mark.django_db
MODELS = [
    "recommendation",
    "station",
    "activity",
    "recommendationevent",
    "activityevent",
]


@pytest.fixture
def activity():
    """With a table and a move of each."""
    table = make_table(
        district_of(make_contest()), stations=1, state=RecommendationState.ACCEPTED
    )
    activity = make_activity(table.stations.get())
    table.events.create(at=BEFORE_DUE, to_state=RecommendationState.ACCEPTED)
    activity.events.create(at=BEFORE_DUE, to_state=ActivityState.CONFIRMED)
    return activity


def list_of(model):
    return reverse(f"admin:outreach_{model}_changelist")


def rows(response):
    return list(response.context["cl"].result_list)


@pytest.mark.parametrize("model", MODELS)
def test_an_organiser_looks_at_the_records_of_the_own_contest(client, activity, model):
    client.force_login(make_organiser(activity.contest))

    assert len(rows(client.get(list_of(model)))) == 1


@pytest.mark.parametrize("model", MODELS)
def test_records_of_another_contest_do_not_exist(client, activity, model):
    client.force_login(make_organiser(make_other_contest()))

    assert rows(client.get(list_of(model))) == []


@pytest.mark.parametrize("model", MODELS)
def test_a_judge_has_no_business_with_them(client, activity, model):
    client.force_login(make_worker(activity.contest, Role.JUDGE))

    assert client.get(list_of(model)).status_code == 403


def test_nothing_can_be_written_and_no_contact_is_shown(client, activity):
    client.force_login(make_organiser(activity.contest))
    page = reverse("admin:outreach_station_change", args=[activity.station_id])

    html = client.get(page).content.decode()
    response = client.post(page, {"name": "anders"})

    activity.station.refresh_from_db()
    assert activity.station.name in html
    assert activity.station.contact_phone not in html
    assert response.status_code == 403
    assert activity.station.name == "示例社区文明实践站1"
