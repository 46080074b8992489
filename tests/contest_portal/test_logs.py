"""One JSON object a line, and one id from the request to the task it sent."""

import io
import json
import logging
import time
from contextlib import contextmanager

import pytest
import structlog
from celery.contrib.testing.worker import start_worker
from django.http import HttpResponse
from django_structlog.middlewares import RequestMiddleware

from contest_portal.celery import app
from contest_portal.logs import logging_config
from contest_portal.tasks import beat_heart


@contextmanager
def captured():
    """What goes to the log inside the block, parsed."""
    config = logging_config(level="INFO")["formatters"]["json"].copy()
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(config.pop("()")(**config))
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def queue():
    """The real queue, and a worker on it that is started by hand."""
    app.conf.task_always_eager = False
    yield lambda: start_worker(app, pool="solo", perform_ping_check=False)
    app.conf.task_always_eager = True


def wait_for(lines, event):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for line in lines():
            if line["event"] == event:
                return line
        time.sleep(0.05)
    raise AssertionError(f"{event} was not logged, but {lines()}")


def test_loggers_of_both_kinds_write_the_same_json():
    with captured() as lines, structlog.contextvars.bound_contextvars(request_id="abc"):
        logging.getLogger("plain").warning("Disk %s", "满", extra={"free_mb": 3})
        structlog.get_logger("structured").warning("disk", free_mb=3)

    found = [
        (line["event"], line["level"], line["request_id"], line["free_mb"])
        for line in lines()
    ]
    assert found == [("Disk 满", "warning", "abc", 3), ("disk", "warning", "abc", 3)]


def test_the_id_of_a_request_follows_into_its_task(queue, rf):
    def view(request):
        beat_heart.delay()
        return HttpResponse()

    with queue(), captured() as lines:
        RequestMiddleware(view)(rf.get("/somewhere/"))
        done = wait_for(lines, "task_succeeded")

    (finished,) = [line for line in lines() if line["event"] == "request_finished"]
    assert done["request_id"] == finished["request_id"]
