"""Celery entry points: ids in, one call. Each may run twice."""

import structlog
from celery import shared_task

from contests import clock
from submissions.models import Upload
from submissions.uploads import finishing, sweeping

log = structlog.get_logger(__name__)

LARGEST_QUICK_BYTES = 64 * 1024 * 1024  # of more, hashing and copying take long
LARGE = "storing_large"  # the queue of such; the others go where routes send them


@shared_task(soft_time_limit=3600, time_limit=3660)
def finish_upload(*, upload_id):
    """Make what has arrived a file of its work."""
    upload = finishing.finish(upload_id, at=clock.now())
    if upload is None:
        log.info("nothing to finish", upload_id=upload_id)


def send_to_storing(upload: Upload) -> None:
    """Tell the workers beside the web server; films have one of their own, so that
    they keep nothing waiting that is stored in a moment."""
    way = {"queue": LARGE} if upload.size_bytes > LARGEST_QUICK_BYTES else {}
    finish_upload.apply_async(kwargs={"upload_id": upload.pk}, **way)


@shared_task(soft_time_limit=300, time_limit=330)
def sweep_uploads():
    """Take up what was left lying: uploads that arrived, ran out, or lost their row."""
    at = clock.now()
    found = sweeping.arrived(at=at)
    for upload in Upload.objects.filter(pk__in=found).order_by("pk"):
        send_to_storing(upload)
    sweeping.end_those_that_ran_out(at=at)
    sweeping.forget_old_ones()
    sweeping.remove_orphans()
