"""What the collector of figures learns of the work queue."""

import datetime as dt

import pytest
from celery import current_app
from django.urls import reverse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from contest_portal import signs_of_life
from submissions.media.jobs import figures
from submissions.models import Inspection
from submissions.states import InspectionState, WorkQueue
from tests import workers
from tests.factories.submissions import make_contest, make_draft, make_media_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_queues():
    workers.empty_queues()


def told(client):
    """Every figure of ours, by name and labels."""
    text = client.get(reverse("metrics")).content.decode()
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("portal_")
    }


def job(state, **fields):
    media_file = make_media_file(make_draft(make_contest()), state=state)
    Inspection.objects.filter(media_file=media_file).update(**fields)
    media_file.refresh_from_db()
    return media_file.inspection


def test_an_idle_portal_tells_noughts(client):
    found = told(client)

    assert found["portal_inspections_queued", "slow"] == 0
    assert found["portal_inspections_oldest_waiting_seconds", "quick"] == 0
    assert found["portal_inspections_errored",] == 0
    assert found["portal_queue_served", "slow"] == 0
    assert found["portal_queue_messages", "storing"] == 0


def test_what_waits_runs_and_is_stuck_is_counted_by_queue(client):
    long_ago = timezone.now() - dt.timedelta(seconds=300)
    job(InspectionState.QUEUED, queue=WorkQueue.SLOW, queued_at=long_ago)
    job(InspectionState.QUEUED, queue=WorkQueue.SLOW)
    job(InspectionState.RUNNING, queue=WorkQueue.QUICK, queued_at=long_ago)
    job(InspectionState.ERRORED)

    found = told(client)

    assert found["portal_inspections_queued", "slow"] == 2
    assert found["portal_inspections_queued", "quick"] == 0
    assert found["portal_inspections_running", "quick"] == 1
    assert found["portal_inspections_errored",] == 1
    assert found["portal_inspections_oldest_waiting_seconds", "slow"] == (
        pytest.approx(300, abs=10)
    )
    assert found["portal_inspections_oldest_waiting_seconds", "quick"] == 0


def test_how_long_inspections_took_is_a_histogram(client):
    for total_s in (0.4, 0.4, 40, 5000):
        figures.note_finished(
            job(InspectionState.FINISHED, timings={"total_s": total_s})
        )

    found = told(client)

    buckets = {
        labels[0]: value
        for (name, *labels), value in found.items()
        if name == "portal_inspection_seconds_bucket" and "quick" in labels
    }
    assert (buckets["0.25"], buckets["0.5"]) == (0, 2)
    assert (buckets["30.0"], buckets["60.0"], buckets["3600.0"]) == (2, 3, 3)
    assert found["portal_inspection_seconds_count", "quick"] == 4
    assert found["portal_inspection_seconds_sum", "quick"] == pytest.approx(5040.8)
    assert found["portal_inspections_ended_total", "passed", "quick"] == 4
    assert found["portal_inspections_ended_total", "passed", "slow"] == 0


@pytest.mark.filterwarnings("ignore::celery.exceptions.AlwaysEagerIgnored")
def test_messages_in_the_broker_and_who_takes_them_are_told(client):
    for priority in (0, 9):
        current_app.send_task("nothing", queue="quick", priority=priority)
    signs_of_life.show("quick")

    found = told(client)

    assert found["portal_queue_messages", "quick"] == 2
    assert found["portal_queue_served", "quick"] == 1
    assert found["portal_queue_served", "slow"] == 0


def test_it_costs_few_queries_however_many_files_wait(
    client, django_assert_max_num_queries
):
    for _number in range(3):
        job(InspectionState.QUEUED)

    with django_assert_max_num_queries(2):
        client.get(reverse("metrics"))
