"""What outreach tells the pages below it."""

import datetime as dt

import pytest

from submissions.coming import coming
from tests.factories.accounts import CitizenFactory
from tests.factories.outreach import (
    district_of,
    make_activity,
    make_contest,
    make_table,
)

pytestmark = pytest.mark.django_db


def test_one_s_own_page_ends_with_the_next_activities(client, settings):
    settings.DEMO_TODAY = dt.date(2023, 5, 12)
    station = make_table(district_of(make_contest())).stations.first()
    activity = make_activity(station, position=3)
    client.force_login(CitizenFactory())

    response = client.get("/my/")

    assert response.context["activities"] == [activity]
    assert activity.station.name in response.content.decode()


def test_without_a_contest_nothing_comes():
    assert coming(dt.datetime(2023, 5, 12, tzinfo=dt.UTC)) == []
