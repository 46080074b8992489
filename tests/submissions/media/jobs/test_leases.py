"""What keeps a long job's row in its hands, and what ends it early."""

import ctypes
import datetime as dt
import os
import time

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from submissions.media.jobs import leases
from submissions.models import Inspection
from submissions.states import InspectionState
from tests.factories.submissions import make_contest, make_draft, make_media_file


def running_row(**fields):
    media_file = make_media_file(make_draft(make_contest()))
    Inspection.objects.update(
        **{
            "state": InspectionState.RUNNING,
            "started_at": timezone.now(),
            "leased_until": timezone.now() + dt.timedelta(seconds=2),
        }
        | fields
    )
    return Inspection.objects.get(media_file=media_file)


@pytest.fixture
def at_every_call(monkeypatch):
    monkeypatch.setattr(leases, "TOLD_EVERY_S", 0.0)


@pytest.mark.django_db
def test_progress_renews_the_lease_and_is_written_down(at_every_call, settings):
    settings.INSPECTION_LEASE_SECONDS = 60
    row = running_row()

    with leases.Pulse(row) as pulse:
        pulse.tell(0.42)

    row.refresh_from_db()
    now = timezone.now()
    assert row.share_done == 0.42
    assert now - row.seen_at < dt.timedelta(seconds=5)
    assert row.leased_until == row.seen_at + dt.timedelta(seconds=60)


@pytest.mark.django_db
@pytest.mark.parametrize(("told", "written"), [(-0.1, 0.0), (1.7, 1.0)])
def test_a_share_stays_a_share(at_every_call, told, written):
    row = running_row()

    with leases.Pulse(row) as pulse:
        pulse.tell(told)

    row.refresh_from_db()
    assert row.share_done == written


@pytest.mark.django_db
def test_progress_never_goes_back(at_every_call):
    row = running_row()

    with leases.Pulse(row) as pulse:
        pulse.tell(0.9)
        pulse.tell(0.0)

    row.refresh_from_db()
    assert row.share_done == 0.9


@pytest.mark.django_db
def test_the_first_progress_is_written_at_once_and_the_next_after_a_while(
    django_assert_num_queries,
):
    row = running_row()
    with leases.Pulse(row) as pulse:
        with django_assert_num_queries(1):
            for hundredth in range(1, 100):
                pulse.tell(hundredth / 100)
        time.sleep(leases.TOLD_EVERY_S)
        with django_assert_num_queries(1):
            pulse.tell(1.0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"state": InspectionState.QUEUED},
        {"started_at": timezone.now() + dt.timedelta(hours=1)},
    ],
    ids=["to be done afresh", "another's by now"],
)
def test_a_job_whose_row_is_no_longer_its_own_ends(at_every_call, change):
    row = running_row()
    Inspection.objects.update(**change)

    with pytest.raises(leases.Interrupted), leases.Pulse(row) as pulse:
        pulse.tell(0.5)


@pytest.mark.django_db
def test_a_job_whose_file_was_taken_away_ends(at_every_call):
    row = running_row()
    row.media_file.delete()

    with pytest.raises(leases.Interrupted), leases.Pulse(row) as pulse:
        pulse.tell(0.5)


@pytest.mark.django_db
def test_a_job_ends_at_once_when_its_worker_is_asked_to_stop(monkeypatch):
    monkeypatch.setattr(leases, "_stopping", ctypes.c_bool(False))
    row = running_row()

    leases.interrupt_jobs()

    with pytest.raises(leases.Interrupted), leases.Pulse(row) as pulse:
        pulse.tell(0.5)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_for_once_ends_no_job(
    at_every_call, monkeypatch
):
    row = running_row()

    def fail(**fields):
        raise DatabaseError

    with leases.Pulse(row) as pulse:
        monkeypatch.setattr(pulse._same_run, "update", fail)
        pulse.tell(0.5)

    row.refresh_from_db()
    assert row.share_done == 0.0


@pytest.mark.django_db(transaction=True)
def test_signs_of_life_in_between_keep_no_progress_back(monkeypatch, settings):
    monkeypatch.setattr(leases, "TOLD_EVERY_S", 0.5)
    settings.INSPECTION_LEASE_SECONDS = 0.4
    row = running_row()

    with leases.Pulse(row) as pulse:
        time.sleep(0.6)
        pulse.tell(0.3)

    row.refresh_from_db()
    assert row.share_done == 0.3


@pytest.mark.django_db(transaction=True)
def test_a_phase_without_progress_keeps_its_lease_and_no_connection(
    monkeypatch, settings
):
    monkeypatch.setattr(leases, "SILENCE_S", 0.2)
    settings.INSPECTION_LEASE_SECONDS = 60
    row = running_row()
    before = connections_here()

    with leases.Pulse(row):
        time.sleep(1)

    row.refresh_from_db()
    assert row.leased_until > timezone.now() + dt.timedelta(seconds=50)
    wait_until(lambda: connections_here() <= before)


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)


def connections_here():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]


def test_a_worker_is_named_by_its_machine_process_and_queue():
    host, _, rest = leases.worker_name("slow").partition(":")

    assert host
    assert rest == f"{os.getpid()}/slow"
