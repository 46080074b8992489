"""Starts workers and scheduler as `make run` does, on the data of the test that asks.

The test must really commit (`django_db(transaction=True)`), and tell the workers of its
files by `hand_over`, as tasks sent in any other way run in the test itself.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.db import connection

from contest_portal.embedded.programs import programs, stop_together
from submissions.media.jobs import queues
from submissions.models import Inspection, MediaFile
from submissions.tasks import inspect_media_file

PATIENCE_S = 60


@contextmanager
def running(var_dir: Path, *names: str, **changes) -> Iterator[dict]:
    """Some programs of `make run`, by name; `changes` go into their settings."""
    given = {
        "database": connection.settings_dict["NAME"],
        "cache": settings.CACHES["default"]["LOCATION"],
        "broker": settings.CELERY_BROKER_URL,
        "media": str(settings.MEDIA_ROOT),
        "storages": settings.STORAGES,
    } | changes
    scratch = var_dir / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
        "TEST_WORKERS": json.dumps(given),
        "VAR_DIR": str(var_dir),
        "TMPDIR": str(scratch),
    }
    empty_queues()
    started = {
        each.key: each for each in programs(var_dir, environment) if each.key in names
    }
    try:
        for program in started.values():
            program.launch()
        yield started
    finally:
        stop_together(list(started.values()))
        empty_queues()


def empty_queues() -> None:
    with current_app.connection_for_write() as broker:
        broker.default_channel.client.flushdb()


def hand_over(*files: MediaFile) -> None:
    """Tell the workers of queued files, as their services do."""
    for file in files:
        current_app.send_task(
            inspect_media_file.name,
            kwargs={"media_file_id": file.pk},
            **queues.way_of(file.inspection),
        )


def row_of(file: MediaFile) -> Inspection:
    return Inspection.objects.get(media_file=file)


def until(condition, what: str, seconds: float = PATIENCE_S):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"Waited in vain for {what}."
        time.sleep(0.05)
    return found
