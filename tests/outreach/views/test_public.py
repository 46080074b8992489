import datetime as dt

import pytest
from django.urls import reverse

from outreach.states import ActivityState
from tests.factories.judging import make_contest as make_contest_without_outreach
from tests.factories.outreach import (
    district_of,
    make_activity,
    make_contest,
    make_table,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("outreach:activities")


@pytest.fixture(autouse=True)
def in_may(settings):
    settings.DEMO_TODAY = dt.date(2023, 5, 9)


def test_everybody_reads_what_is_confirmed_and_never_a_contact(client):
    stations = make_table(district_of(make_contest())).stations.all()
    make_activity(stations[0], position=1, title="手机拍摄入门课")
    make_activity(
        stations[1], position=2, title="还没定的活动", state=ActivityState.PENDING
    )

    response = client.get(PAGE)

    html = response.content.decode()
    assert response.status_code == 200
    assert "手机拍摄入门课" in html
    assert "上城区 · 示例社区文明实践站1" in html
    assert "还没定的活动" not in html
    assert "19900000001" not in html
    assert "示例联系人1" not in html


def test_while_nothing_is_confirmed_the_page_says_so(client):
    make_contest()

    response = client.get(PAGE)

    assert response.context["coming"] == []
    assert 'class="empty"' in response.content.decode()


def test_a_contest_without_outreach_has_no_activities_page(client):
    make_contest_without_outreach()

    assert client.get(PAGE).status_code == 404


def test_without_any_contest_there_is_no_activities_page(client, db):
    assert client.get(PAGE).status_code == 404


def test_the_page_costs_the_same_for_1_and_3_activities(client, queries_of):
    stations = make_table(district_of(make_contest())).stations.all()
    make_activity(stations[0], position=1)
    with_one = queries_of(lambda: client.get(PAGE))
    make_activity(stations[1], position=2)
    make_activity(stations[2], position=3)

    assert queries_of(lambda: client.get(PAGE)) == with_one
