"""What a worker takes first."""

import pytest
from celery import current_app

from submissions.media.jobs import queues
from submissions.states import WorkQueue
from submissions.tasks import inspect_media_file
from submissions.uploads.tasks import finish_upload

QUEUE = "what-comes-first"


@pytest.fixture
def queue():
    """A queue of this test's own on the broker, empty before and after."""
    with current_app.connection_for_read() as connection:
        found = connection.SimpleQueue(QUEUE)
        found.clear()
        yield found
        found.clear()
        found.close()


@pytest.mark.filterwarnings("ignore::celery.exceptions.AlwaysEagerIgnored")
def test_what_people_wait_for_goes_before_inspections(queue):
    priority = queues.PRIORITY[WorkQueue.QUICK]
    for task, options in [
        (inspect_media_file, {"priority": priority}),
        (inspect_media_file, {"priority": priority}),
        (finish_upload, {}),
    ]:
        current_app.send_task(task.name, queue=QUEUE, **options)

    messages = [queue.get(timeout=5) for _number in range(3)]

    for message in messages:
        message.ack()
    assert [message.headers["task"] for message in messages] == [
        finish_upload.name,
        inspect_media_file.name,
        inspect_media_file.name,
    ]
