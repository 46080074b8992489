"""Whoever writes several rows of a file never stands still before another who does."""

import threading
import time

import pytest
from django.db import connection

from submissions import services
from submissions.media.jobs import conversion, copies, inspection
from submissions.media.jobs.claims import CONVERSIONS, INSPECTIONS
from submissions.media.jobs.leases import Interrupted
from submissions.media.tools.clocks import Clock
from submissions.models import MediaFile
from submissions.states import ConversionState, InspectionState
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_media_file,
    picture_bytes,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def media_file():
    """Inspected once, with copies, and about to be inspected anew."""
    contest = make_contest()
    draft = make_draft(contest, category=contest.categories.get(key="series"))
    made = make_media_file(draft, content=picture_bytes(size=(1600, 1200)))
    with made.file.open("rb") as stored:
        made.sha256 = services.files._sha256_of(stored)
    made.save()
    CONVERSIONS.enqueue(made, reasons=[])
    INSPECTIONS.enqueue(made)
    return MediaFile.objects.get(pk=made.pk)


class Beside(threading.Thread):
    """Does something in another transaction until it waits for a row, or is done."""

    def __init__(self, do):
        super().__init__()
        self._do = do
        self.failure = None

    def run(self):
        try:
            self._do()
        except Exception as failure:
            self.failure = failure
        finally:
            connection.close()

    def start_and_wait(self):
        self.start()
        deadline = time.monotonic() + 10
        while self.is_alive() and not someone_waits() and time.monotonic() < deadline:
            time.sleep(0.02)


def someone_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event_type = "
            "'Lock' AND datname = current_database())"
        )
        return cursor.fetchone()[0]


def while_an_inspection_records(media_file, do, monkeypatch):
    """Let `do` begin when the copies have been replaced, and nothing is committed."""
    beside = Beside(do)
    real = copies.replace

    def replaced(*args, **options):
        real(*args, **options)
        beside.start_and_wait()

    monkeypatch.setattr(inspection.copies, "replace", replaced)
    retry_in_s = inspection.inspect(media_file, at=COLLECTING)
    beside.join(timeout=30)
    assert not beside.is_alive()
    return retry_in_s, beside.failure


def test_a_conversion_and_an_inspection_that_are_recorded_at_once_both_end(
    media_file, monkeypatch
):
    job = CONVERSIONS.take(media_file, at=COLLECTING)

    def record():
        with pytest.raises(Interrupted):
            conversion._record(job, [], None, Clock({}))

    ended = while_an_inspection_records(media_file, record, monkeypatch)

    media_file.refresh_from_db()
    assert ended == (None, None)
    assert media_file.inspection.state == InspectionState.FINISHED
    assert media_file.conversion.state == ConversionState.QUEUED


def test_a_file_can_be_removed_while_its_inspection_is_recorded(
    media_file, monkeypatch
):
    def remove():
        services.remove_file(
            media_file=MediaFile.objects.get(pk=media_file.pk),
            by=media_file.submission.author,
            at=COLLECTING,
        )

    ended = while_an_inspection_records(media_file, remove, monkeypatch)

    assert ended == (None, None)
    assert not MediaFile.objects.filter(pk=media_file.pk).exists()
