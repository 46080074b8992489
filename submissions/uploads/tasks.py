"""Celery entry points: ids in, one call. Each may run twice."""

import structlog
from celery import shared_task

from contests import clock
from submissions.uploads import finishing, sweeping

log = structlog.get_logger(__name__)


@shared_task(soft_time_limit=3600, time_limit=3660)
def finish_upload(*, upload_id):
    """Make what has arrived a file of its work."""
    upload = finishing.finish(upload_id, at=clock.now())
    if upload is None:
        log.info("nothing to finish", upload_id=upload_id)


@shared_task(soft_time_limit=300, time_limit=330)
def sweep_uploads():
    """Take up what was left lying: uploads that arrived, ran out, or lost their row."""
    at = clock.now()
    for upload_id in sweeping.arrived(at=at):
        finish_upload.delay(upload_id=upload_id)
    sweeping.end_those_that_ran_out(at=at)
    sweeping.forget_old_ones()
    sweeping.remove_orphans()
