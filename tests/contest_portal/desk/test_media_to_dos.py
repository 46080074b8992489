"""What staff have to see to where the checking of files stands still."""

import datetime as dt

import pytest
from django.utils import timezone

from contest_portal.desk.media_to_dos import media_to_dos
from submissions.models import Conversion, Inspection
from submissions.states import ConversionState, InspectionState
from tests.factories.submissions import (
    make_contest,
    make_draft,
    make_media_file,
    make_organiser,
)

pytestmark = pytest.mark.django_db
INSPECTIONS = "/admin/submissions/inspection/?state__in="


@pytest.fixture
def contest():
    return make_contest()


def make_job(contest, state, *, minutes=0):
    media_file = make_media_file(make_draft(contest), state=state)
    Inspection.objects.filter(media_file=media_file).update(
        queued_at=timezone.now() - dt.timedelta(minutes=minutes)
    )
    return media_file


def urls(contest):
    return [to_do.url for to_do in media_to_dos(contest)]


def test_what_goes_on_as_it_should_is_nothing_to_do(contest):
    make_job(contest, InspectionState.FINISHED, minutes=90)
    make_job(contest, InspectionState.QUEUED, minutes=10)

    assert urls(contest) == []


@pytest.mark.parametrize("state", [InspectionState.QUEUED, InspectionState.RUNNING])
def test_a_file_that_waits_for_half_an_hour_is(contest, state):
    make_job(contest, state, minutes=31)

    assert urls(contest) == [f"{INSPECTIONS}queued,running"]
    assert urls(make_contest()) == []


def test_what_broke_on_our_side_is_and_leads_to_its_log(client, contest):
    make_job(contest, InspectionState.ERRORED)
    film = make_job(contest, InspectionState.FINISHED)
    Conversion.objects.create(
        media_file=film, state=ConversionState.ERRORED, queued_at=timezone.now()
    )
    client.force_login(make_organiser(contest))

    found = urls(contest)

    assert found == [
        f"{INSPECTIONS}errored",
        "/admin/submissions/conversion/?state__in=errored",
    ]
    assert [client.get(url).status_code for url in found] == [200, 200]
