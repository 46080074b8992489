"""A conversion of a stored film: planned, claimed, made, stopped, taken up again."""

import datetime as dt
import threading
import time
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from notifications.kinds import Kind
from notifications.models import Message
from submissions.media.films import transcoding
from submissions.media.films.playable import COPY_FAILED
from submissions.media.jobs import conversion, inspection
from submissions.media.jobs.claims import CONVERSIONS
from submissions.models import Conversion
from submissions.services import add_file, stop_conversion
from submissions.states import (
    JOBS_TO_DO,
    ConversionState,
    InspectionState,
    Verdict,
)
from submissions.tasks import convert_media_file, resume_stuck_inspections
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_media_file,
    make_organiser,
)
from tests.submissions.media import makers

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(hours=1)


@pytest.fixture(scope="session")
def hevc_film(tmp_path_factory):
    return makers.film(
        tmp_path_factory.mktemp("hevc") / "film.mp4", seconds=1, coding=makers.HEVC
    )


def film_draft():
    contest = make_contest()
    return make_draft(contest, category=contest.categories.get(key="film"))


def stored(path, draft=None):
    draft = draft or film_draft()
    upload = SimpleUploadedFile("a.mp4", path.read_bytes())
    return add_file(submission=draft, upload=upload, by=draft.author, at=COLLECTING)


def inspected(path, draft=None):
    media_file = stored(path, draft)
    inspection.inspect(media_file, at=COLLECTING)
    media_file.refresh_from_db()
    return media_file


def waiting(**fields):
    """A film's row as if it were to be converted."""
    media_file = make_media_file(film_draft())
    CONVERSIONS.enqueue(media_file, reasons=["codec"])
    Conversion.objects.filter(media_file=media_file).update(**fields)
    return media_file


def row_of(media_file):
    return Conversion.objects.get(media_file=media_file)


def kinds_of(media_file):
    return sorted(media_file.derivatives.values_list("kind", flat=True))


def test_a_film_that_plays_is_copied_and_waits_for_nothing(plain_film):
    media_file = inspected(plain_film)

    assert "view" in kinds_of(media_file)
    assert not Conversion.objects.exists()


def test_a_film_that_does_not_play_waits_for_its_conversion(hevc_film):
    media_file = inspected(hevc_film)

    found = row_of(media_file)
    assert (found.state, found.reasons) == (ConversionState.QUEUED, ["codec"])
    assert "poster" in kinds_of(media_file)
    assert "view" not in kinds_of(media_file)


def test_a_film_whose_streams_cannot_be_copied_is_converted(monkeypatch, plain_film):
    monkeypatch.setattr(
        "submissions.media.films.playback.copy_streams", lambda *a, **k: 0
    )

    media_file = inspected(plain_film)

    assert row_of(media_file).reasons == [COPY_FAILED]


def test_a_film_that_must_be_replaced_is_not_converted(tmp_path):
    small = makers.film(
        tmp_path / "a.mp4", size="320x180", seconds=1, coding=makers.HEVC
    )

    media_file = inspected(small)

    assert media_file.inspection.verdict == Verdict.FAILED
    assert not Conversion.objects.exists()


def test_the_copy_plays_and_the_original_stays_as_it_came(hevc_film):
    media_file = inspected(hevc_film)

    assert conversion.convert(media_file, at=COLLECTING) is None

    done = row_of(media_file)
    view = media_file.derivatives.get(kind="view")
    assert (done.state, done.share_done, done.attempts) == (
        ConversionState.FINISHED,
        1.0,
        1,
    )
    assert done.leased_until is None
    assert done.worker.endswith("/slow")
    assert set(done.timings) >= {"waited_s", "convert_s", "store_s", "total_s"}
    assert (view.content_type, view.width_px, view.height_px) == (
        "video/mp4",
        1920,
        1080,
    )
    with media_file.file.open("rb") as original:
        assert sha256(original.read()).hexdigest() == media_file.sha256
    assert media_file.sha256 == sha256(hevc_film.read_bytes()).hexdigest()


def test_a_second_message_for_the_same_file_changes_nothing(hevc_film):
    media_file = inspected(hevc_film)
    conversion.convert(media_file, at=COLLECTING)
    view = media_file.derivatives.get(kind="view")

    convert_media_file(media_file_id=media_file.pk)

    assert row_of(media_file).attempts == 1
    assert media_file.derivatives.get(kind="view") == view


def test_nobody_takes_what_another_worker_has():
    media_file = waiting(
        state=ConversionState.RUNNING, leased_until=timezone.now() + LONG_AGO
    )

    assert CONVERSIONS.take(media_file, at=COLLECTING) is None


def test_what_a_killed_worker_left_is_taken_up_again(hevc_film):
    media_file = inspected(hevc_film)
    Conversion.objects.update(
        state=ConversionState.RUNNING,
        attempts=1,
        started_at=timezone.now() - LONG_AGO,
        leased_until=timezone.now() - LONG_AGO,
    )

    resume_stuck_inspections()

    done = row_of(media_file)
    assert (done.state, done.attempts) == (ConversionState.FINISHED, 2)
    assert "No sign of life" in done.log
    assert "view" in kinds_of(media_file)


@pytest.mark.parametrize("state", ConversionState)
def test_only_what_is_to_do_is_taken(state):
    media_file = waiting(state=state)

    taken = CONVERSIONS.take(media_file, at=COLLECTING)

    assert (taken is not None) == (state in JOBS_TO_DO)


def test_an_error_of_ours_is_tried_again_and_then_told_to_the_organisers(monkeypatch):
    media_file = waiting()
    organiser = make_organiser(media_file.submission.contest)
    monkeypatch.setattr(conversion, "transcode", _gives_up)

    retries = [conversion.convert(media_file, at=COLLECTING) for _try in range(3)]

    found = row_of(media_file)
    told = Message.objects.get(kind=Kind.FILE_UNCONVERTED)
    assert retries == [20, 40, None]
    assert (found.state, found.attempts) == (ConversionState.ERRORED, 3)
    assert found.log.count("no such stream") == 3
    assert told.recipient == organiser


def _gives_up(*_args, **_options):
    raise transcoding.NotConverted("no such stream")


def test_a_film_inspected_anew_is_converted_anew(hevc_film):
    media_file = inspected(hevc_film)
    conversion.convert(media_file, at=COLLECTING)
    media_file.inspection.state = InspectionState.QUEUED
    media_file.inspection.save()

    inspection.inspect(media_file, at=COLLECTING)

    found = row_of(media_file)
    assert (found.state, found.attempts) == (ConversionState.QUEUED, 0)
    assert "view" not in kinds_of(media_file)


@pytest.mark.django_db(transaction=True)
def test_a_stopped_conversion_ends_within_two_seconds(tmp_path):
    film = makers.film(tmp_path / "a.mp4", seconds=30, rate=60, source="smptebars")
    media_file = inspected(film)
    CONVERSIONS.enqueue(media_file, reasons=["bit_rate"])
    ended = {}
    worker = threading.Thread(target=_convert_until_stopped, args=(media_file, ended))
    worker.start()
    _wait_for(lambda: row_of(media_file).share_done > 0)

    stop_conversion(
        media_file=media_file, by=media_file.submission.author, at=COLLECTING
    )
    stopped_at = time.monotonic()
    worker.join(timeout=30)

    assert ended["at"] - stopped_at < 2.5
    assert ended["retry"] is None
    assert row_of(media_file).state == ConversionState.CANCELLED


def _convert_until_stopped(media_file, ended):
    try:
        ended["retry"] = conversion.convert(media_file, at=COLLECTING)
        ended["at"] = time.monotonic()
    finally:
        connection.close()


def _wait_for(happens, seconds=30):
    ends_at = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < ends_at
        time.sleep(0.1)
