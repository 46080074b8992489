"""Which queue a file's inspection takes, and who is told of it."""

import pytest
from celery import current_app
from django.conf import settings

from submissions.media.jobs import queues
from submissions.models import Inspection
from submissions.states import WorkQueue
from submissions.tasks import inspect_media_file, send_on_commit, send_to_inspection
from tests.factories.submissions import (
    make_contest,
    make_draft,
    make_media_file,
)

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


@pytest.fixture
def contest():
    return make_contest()


def draft_in(contest, key):
    return make_draft(contest, category=contest.categories.get(key=key))


@pytest.fixture
def sent(monkeypatch):
    """What is told to Celery, and not done."""
    found = []
    monkeypatch.setattr(
        inspect_media_file, "apply_async", lambda **options: found.append(options)
    )
    return found


@pytest.mark.parametrize(
    ("key", "size_mb", "queue"),
    [
        ("series", 12, WorkQueue.QUICK),
        ("poster", 40, WorkQueue.QUICK),
        ("series", 201, WorkQueue.SLOW),
        ("film", 1, WorkQueue.SLOW),
        ("film", 900, WorkQueue.SLOW),
    ],
)
def test_films_and_what_is_as_large_wait_in_the_slow_queue(
    contest, key, size_mb, queue
):
    media_file = make_media_file(draft_in(contest, key), size_bytes=size_mb * MB)

    assert queues.queue_for(media_file) == queue


def test_a_work_without_a_category_waits_for_no_film(contest):
    draft = make_draft(contest)
    media_file = make_media_file(draft)
    draft.category = None

    assert queues.queue_for(media_file) == WorkQueue.QUICK


@pytest.mark.parametrize(
    ("queue", "way"),
    [
        (WorkQueue.QUICK, {"queue": "quick", "priority": 9}),
        (WorkQueue.SLOW, {"queue": "slow", "priority": 3}),
    ],
)
def test_a_message_goes_the_way_of_its_row(
    contest, queue, way, sent, django_capture_on_commit_callbacks
):
    media_file = make_media_file(draft_in(contest, "series"))
    job = media_file.inspection
    Inspection.objects.update(queue=queue)
    job.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        send_on_commit(job)
    send_to_inspection([media_file.pk], countdown=20)

    message = {"kwargs": {"media_file_id": media_file.pk}} | way
    assert sent == [message, message | {"countdown": 20}]


@pytest.mark.parametrize(
    ("kind", "queue"), [("image", "quick"), ("video", "slow"), (None, "quick")]
)
def test_labels_of_pictures_wait_for_no_film_and_what_is_written_goes_first(
    contest, kind, queue
):
    media_file = make_media_file(draft_in(contest, "series"))
    media_file.inspection.facts = {"kind": kind} if kind else {}

    ways = [
        queues.way_of_labelling(media_file),
        queues.way_of_making_anew(media_file),
    ]

    assert ways == [
        {"queue": queue, "priority": 0},
        {"queue": queue, "priority": queues.CONVERSION_PRIORITY},
    ]


def test_verdicts_go_before_copies():
    assert queues.PRIORITY[WorkQueue.SLOW] < queues.CONVERSION_PRIORITY


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("submissions.tasks.settle_submission", "quick"),
        ("submissions.tasks.resume_stuck_inspections", "quick"),
        ("notifications.tasks.send_delivery", "quick"),
        ("submissions.uploads.tasks.finish_upload", "storing"),
        ("submissions.uploads.tasks.sweep_uploads", "storing"),
    ],
)
def test_all_other_tasks_are_quick_and_those_of_uploads_stay_beside_the_web(
    task, queue
):
    current_app.loader.import_default_modules()  # as a worker does

    assert task in current_app.tasks
    way = current_app.amqp.router.route({}, task)
    assert way["queue"].name == queue


def test_every_queue_of_the_rows_is_one_that_settings_know():
    assert settings.CELERY_TASK_DEFAULT_QUEUE == WorkQueue.QUICK
