"""Real workers as `make run` starts them: who waits for whom, what outlives death."""

import time
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from moto.server import ThreadedMotoServer

from contest_portal.embedded.processes import end_session
from notifications.kinds import Kind
from notifications.models import Message
from submissions.media.jobs import queues
from submissions.models import Inspection, MediaFile
from submissions.states import InspectionState, WorkQueue
from tests import workers
from tests.factories.submissions import (
    make_contest,
    make_draft,
    make_organiser,
    picture_bytes,
)
from tests.poison import POISON
from tests.submissions.media import makers

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::celery.exceptions.AlwaysEagerIgnored"),
]
RUSH = 20
FILM = "film"
PHOTOGRAPH = "series"


@pytest.fixture(scope="module")
def film_bytes(tmp_path_factory):
    """Long enough to be met half-way: some seconds of decoding."""
    path = tmp_path_factory.mktemp("films") / "film.mp4"
    return makers.long_film(path, seconds=60, rate=30).read_bytes()


@pytest.fixture
def contest():
    return make_contest()


def queued(contest, key, content, **fields):
    """A file of a draft in that category, as an upload leaves it."""
    category = contest.categories.get(key=key)
    file = MediaFile(
        submission=make_draft(contest, category=category),
        position=1,
        original_name="a",
        size_bytes=len(content),
        sha256=sha256(content).hexdigest(),
        uploaded_at=timezone.now(),
        **fields,
    )
    file.file.save("a", ContentFile(content), save=True)
    Inspection.objects.create(
        media_file=file, queued_at=timezone.now(), queue=queues.queue_for(file)
    )
    return file


def is_running(file):
    row = workers.row_of(file)
    return row.state == InspectionState.RUNNING and row.share_done > 0


def has_ended(file):
    return workers.row_of(file).state in (
        InspectionState.FINISHED,
        InspectionState.ERRORED,
    )


def waiting_films():
    return Inspection.objects.filter(
        queue=WorkQueue.SLOW, state=InspectionState.QUEUED
    ).count()


def test_a_rush_of_long_films_does_not_delay_a_photograph(
    contest, film_bytes, tmp_path
):
    films = [queued(contest, FILM, film_bytes) for _number in range(RUSH)]
    with workers.running(tmp_path, "quick", "slow"):
        workers.hand_over(*films)
        workers.until(lambda: is_running(films[0]), "the first film")
        began = time.monotonic()
        photograph = queued(contest, PHOTOGRAPH, picture_bytes(size=(4000, 3000)))
        workers.hand_over(photograph)
        workers.until(lambda: has_ended(photograph), "the photograph")
        took_s = time.monotonic() - began
        still_waiting = waiting_films()

    assert workers.row_of(photograph).state == InspectionState.FINISHED
    assert still_waiting >= RUSH - 5
    assert took_s < 15, took_s


def test_a_poisonous_file_stops_after_three_dead_workers_and_staff_are_told(
    contest, tmp_path
):
    organiser = make_organiser(contest)
    deadly = queued(contest, PHOTOGRAPH, picture_bytes() + POISON)
    innocent = queued(contest, PHOTOGRAPH, picture_bytes(size=(1600, 1200)))
    with workers.running(tmp_path, "quick", "scheduler") as started:
        workers.hand_over(deadly, innocent)
        workers.until(lambda: has_ended(deadly), "the end of all tries")
        workers.until(lambda: has_ended(innocent), "the other file")
        assert not started["quick"].has_ended()

    row = workers.row_of(deadly)
    assert (row.state, row.attempts) == (InspectionState.ERRORED, 3)
    assert [line.split(":")[0] for line in row.log.splitlines()] == [
        f"Attempt {number} by {row.worker.partition(':')[0]}" for number in (1, 2, 3)
    ]
    assert workers.row_of(innocent).state == InspectionState.FINISHED
    told = Message.objects.filter(kind__in=[Kind.FILE_STUCK, Kind.FILE_UNCHECKED])
    assert set(told.values_list("kind", "recipient")) == {
        (Kind.FILE_STUCK, organiser.pk),
        (Kind.FILE_UNCHECKED, deadly.submission.author_id),
    }


def test_a_killed_workers_film_is_taken_up_again(contest, film_bytes, tmp_path):
    film = queued(contest, FILM, film_bytes)
    with workers.running(tmp_path, "quick", "slow", "scheduler") as started:
        workers.hand_over(film)
        workers.until(lambda: is_running(film), "progress")
        slow = started["slow"]
        end_session(slow.process)
        slow.process.wait()
        slow.launch()
        workers.until(lambda: has_ended(film), "the second try")

    row = workers.row_of(film)
    assert (row.state, row.attempts) == (InspectionState.FINISHED, 2)
    assert "No sign of life since" in row.log
    assert not list((tmp_path / "tmp").glob("inspect-*"))


def test_a_worker_that_is_asked_to_stop_gives_its_film_back(
    contest, film_bytes, tmp_path
):
    film = queued(contest, FILM, film_bytes)
    with workers.running(tmp_path, "slow") as started:
        workers.hand_over(film)
        workers.until(lambda: is_running(film), "progress")
        slow = started["slow"]
        slow.ask_to_stop()
        workers.until(slow.has_ended, "the worker's end", seconds=20)
        left = workers.row_of(film)
        slow.launch()
        workers.until(lambda: has_ended(film), "the next worker")

    assert (left.state, left.attempts) == (InspectionState.QUEUED, 0)
    row = workers.row_of(film)
    assert (row.state, row.attempts, row.log) == (InspectionState.FINISHED, 1, "")


@pytest.fixture
def store(settings):
    """The media lie in an S3-compatible store, for the test and its workers."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    options = {
        "bucket_name": "works",
        "access_key": "key",
        "secret_key": "secret",
        "endpoint_url": f"http://{host}:{port}",
        "region_name": "us-east-1",
        "addressing_style": "path",
        "signature_version": "s3v4",
        "file_overwrite": False,
    }
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    }
    storage = MediaFile._meta.get_field("file").storage
    storage.connection.create_bucket(Bucket="works")
    yield storage
    server.stop()


def test_a_worker_elsewhere_shares_nothing_but_servers_and_the_store(
    contest, store, tmp_path
):
    clip = makers.film(tmp_path / "clip.mp4", seconds=3).read_bytes()
    film = queued(contest, FILM, clip)
    photograph = queued(contest, PHOTOGRAPH, picture_bytes(size=(1600, 1200)))
    nowhere = tmp_path / "no-such-folder"
    with workers.running(tmp_path / "there", "quick", "slow", media=str(nowhere)):
        workers.hand_over(film, photograph)
        workers.until(lambda: has_ended(film), "the film")
        workers.until(lambda: has_ended(photograph), "the photograph")

    for file in (film, photograph):
        row = workers.row_of(file)
        assert row.state == InspectionState.FINISHED, row.log
        assert "fetch_s" in row.timings
        kept = {copy.file.name for copy in file.derivatives.all()}
        assert kept
        assert all(store.exists(name) for name in kept)
    assert not nowhere.exists()
    assert not list((tmp_path / "there" / "tmp").glob("inspect-*"))
