"""Celery entry points around imported tables. Each may run twice."""

import structlog
from celery import shared_task

from contests import clock
from submissions.services import importing

log = structlog.get_logger(__name__)


@shared_task(soft_time_limit=120, time_limit=150)
def discard_forgotten_imports():
    """Empty previews that were never confirmed."""
    count = importing.discard_forgotten(at=clock.now())
    log.info("forgotten imports were put aside", count=count)
