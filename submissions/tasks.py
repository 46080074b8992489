"""Celery entry points: ids in, one call. Each may run twice."""

from collections.abc import Iterable

import structlog
from celery import shared_task
from django.conf import settings
from kombu import Connection

from contests import clock
from submissions.media.jobs import (
    conversion,
    inspection,
    labelling,
    orphans,
    queues,
    scratch,
    settling,
)
from submissions.media.jobs.claims import CONVERSIONS, INSPECTIONS, waiting_in
from submissions.models import Conversion, Inspection, MediaFile, Submission
from submissions.states import JOBS_TO_DO, WorkQueue

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
        send_to_inspection([media_file_id], countdown=retry_in_s)
    scratch.clear()
    send_to_conversion([media_file_id])
    follow_label(media_file_id)


def send_to_inspection(media_file_ids: Iterable[int], *, countdown: int = 0) -> None:
    """Tell the workers of each file's queue that it waits for them."""
    for job in Inspection.objects.filter(media_file__in=media_file_ids).order_by("pk"):
        inspect_media_file.apply_async(
            kwargs={"media_file_id": job.media_file_id},
            countdown=countdown or None,
            **queues.way_of(job),
        )


def send_on_commit(job: Inspection) -> None:
    inspect_media_file.apply_async_on_commit(
        kwargs={"media_file_id": job.media_file_id}, **queues.way_of(job)
    )


@shared_task(soft_time_limit=9000, time_limit=9060)
def convert_media_file(*, media_file_id):
    """Make the copies of one file that take long; an error of ours comes back later."""
    media_file = MediaFile.objects.filter(pk=media_file_id).first()
    if media_file is None:
        log.info("file is gone", media_file_id=media_file_id)
        return
    retry_in_s = conversion.convert(media_file, at=clock.now())
    if retry_in_s is not None:
        send_to_conversion([media_file_id], countdown=retry_in_s)
    scratch.clear()
    follow_label(media_file_id)


def send_to_conversion(
    media_file_ids: Iterable[int],
    *,
    countdown: int = 0,
    way: dict = queues.WAY_OF_CONVERSIONS,
) -> None:
    """Tell workers, by default those of films, which of these files wait to be
    converted."""
    waiting = Conversion.objects.filter(
        media_file__in=media_file_ids, state__in=JOBS_TO_DO
    )
    for media_file_id in waiting.order_by("pk").values_list("media_file", flat=True):
        convert_media_file.apply_async(
            kwargs={"media_file_id": media_file_id},
            countdown=countdown or None,
            **way,
        )


@shared_task(
    soft_time_limit=1800,
    time_limit=1860,
    autoretry_for=(Exception,),
    max_retries=5,
    retry_backoff=30,
)
def label_media_file(*, media_file_id):
    """Write the label of generated content into copies as it stands now."""
    media_file = MediaFile.objects.filter(pk=media_file_id).first()
    if media_file is None:
        log.info("file is gone", media_file_id=media_file_id)
        return
    if labelling.follow(media_file, make_anew=conversion.make_anew):
        send_to_conversion([media_file_id], way=queues.way_of_making_anew(media_file))


def follow_label(media_file_id: int) -> None:
    """Have the copies labelled that carry another label than they have to."""
    media_file = MediaFile.objects.filter(pk=media_file_id).first()  # as it is now
    if media_file is not None and labelling.stale_copies(media_file):
        label_media_file.apply_async(
            kwargs={"media_file_id": media_file_id},
            **queues.way_of_labelling(media_file),
        )


@shared_task(soft_time_limit=60, time_limit=90)
def label_submission(*, submission_id):
    """See after what people say of a work that its copies say the same."""
    files = MediaFile.objects.filter(submission=submission_id)
    for media_file_id in files.values_list("pk", flat=True):
        follow_label(media_file_id)


@shared_task(soft_time_limit=600, time_limit=660)
def look_after_labels():
    """Have copies labelled whose message was lost, or that were made before the
    portal's own code of a propagator was another."""
    for media_file in labelling.about_ai():
        follow_label(media_file.pk)


@shared_task(soft_time_limit=3600, time_limit=3660)
def remove_orphans():
    """Delete what lies in the store and belongs to no row."""
    log.info("orphans removed", count=orphans.remove())


@shared_task(soft_time_limit=60, time_limit=90)
def settle_submission(*, submission_id):
    """Send a handed-in work on, or back, if its files have all been looked at."""
    submission = Submission.objects.filter(pk=submission_id).first()
    if submission is None:
        log.info("submission is gone", submission_id=submission_id)
        return
    settling.settle(submission, at=clock.now())


@shared_task(soft_time_limit=60, time_limit=90)
def resume_stuck_inspections():
    """Take up inspections whose worker died or whose message was lost, and works that
    nobody settled."""
    asked = {"lease_s": settings.INSPECTION_LEASE_SECONDS, "is_lost": _has_lost}
    send_to_inspection(INSPECTIONS.stuck_media_files(**asked))
    send_to_conversion(CONVERSIONS.stuck_media_files(**asked))
    for submission_id in settling.unsettled():
        settle_submission.delay(submission_id=submission_id)
    scratch.clear()


def _has_lost(queue: WorkQueue) -> bool:
    """Whether fewer messages are in a queue than files wait for it."""
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=3) as broker:
        messages = broker.default_channel.queue_declare(queue.value).message_count
    return messages < waiting_in(queue)
