"""Celery entry points: ids in, one call. Each may run twice."""

import structlog
from celery import shared_task
from django.conf import settings

from contests import clock
from submissions.media import inspection
from submissions.models import MediaFile, Submission

log = structlog.get_logger(__name__)


@shared_task(soft_time_limit=3600, time_limit=3660)
def inspect_media_file(*, media_file_id):
    """Inspect one file; an error of ours comes back later, a few times."""
    media_file = MediaFile.objects.filter(pk=media_file_id).first()
    if media_file is None:
        log.info("file is gone", media_file_id=media_file_id)
        return
    retry_in_s = inspection.inspect(media_file, at=clock.now())
    if retry_in_s is not None:
        inspect_media_file.apply_async(
            kwargs={"media_file_id": media_file_id}, countdown=retry_in_s
        )


@shared_task(soft_time_limit=60, time_limit=90)
def settle_submission(*, submission_id):
    """Send a handed-in work on, or back, if its files have all been looked at."""
    submission = Submission.objects.filter(pk=submission_id).first()
    if submission is None:
        log.info("submission is gone", submission_id=submission_id)
        return
    inspection.settle(submission, at=clock.now())


@shared_task(soft_time_limit=60, time_limit=90)
def resume_stuck_inspections():
    """Take up inspections whose worker died or whose message was lost."""
    for media_file_id in inspection.stuck_media_files(
        lease_s=settings.INSPECTION_LEASE_SECONDS
    ):
        inspect_media_file.delay(media_file_id=media_file_id)
    inspection.clear_scratch()
