"""Who has an inspection, how often it was tried, and when to stop trying.

A try counts from the moment it is claimed, so a file that kills its worker runs out of
tries like one that only fails. Leases run on real time.
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from notifications.kinds import Kind
from submissions.media import jobs, queues
from submissions.media.scratch import ENDED
from submissions.models import Conversion, Inspection, MediaFile
from submissions.states import ConversionState, InspectionState, Verdict, WorkQueue
from submissions.telling import tell_author, tell_organisers_once

log = structlog.get_logger(__name__)

RETRY_AFTER_S = 20
RESUMED_AT_ONCE = 50
LONGEST_LOG = 100_000  # characters
ERRORED_ONLY = f"?state__exact={InspectionState.ERRORED}"


def enqueue(media_file: MediaFile) -> Inspection:
    """The row of a file that is to be inspected, for the first time or afresh."""
    inspection, _is_new = Inspection.objects.update_or_create(
        media_file=media_file,
        defaults={
            "state": InspectionState.QUEUED,
            "verdict": "",
            "queue": queues.queue_for(media_file),
            "attempts": 0,
            "leased_until": None,
            "share_done": 0.0,
            "finished_at": None,
            "queued_at": timezone.now(),
        },
    )
    return inspection


@transaction.atomic
def take(media_file: MediaFile, *, at: datetime) -> Inspection | None:
    """Claim the job; None when it is done, in another worker's hands, or given up."""
    inspection = (
        Inspection.objects.select_for_update().filter(media_file=media_file).first()
    )
    now = timezone.now()
    if inspection is None or inspection.state in ENDED:
        return None
    if inspection.leased_until and inspection.leased_until > now:
        return None
    if inspection.state == InspectionState.RUNNING:
        note(inspection, f"No sign of life since {inspection.seen_at or 'its start'}.")
    if inspection.attempts >= settings.INSPECTION_MAX_ATTEMPTS:
        _give_up(inspection, at=at)
        return None
    _begin(inspection, media_file.submission, now=now)
    inspection.save()
    return inspection


def _begin(inspection, submission, *, now):
    if inspection.attempts == 0:
        inspection.log = ""
    inspection.state = InspectionState.RUNNING
    inspection.attempts += 1
    inspection.worker = jobs.worker_name(inspection.queue)
    inspection.started_at = inspection.seen_at = now
    inspection.leased_until = now + jobs.lease()
    inspection.share_done = 0.0
    inspection.timings = {
        "waited_s": round((now - inspection.queued_at).total_seconds(), 3)
    }
    inspection.rulebook_version = submission.rulebook_version
    inspection.category_key = submission.category.key


def note(inspection: Inspection, reason: str) -> None:
    """Add to the log how this try ended; the caller saves it."""
    line = f"Attempt {inspection.attempts} by {inspection.worker}: {reason}"
    inspection.log = "\n".join(filter(None, [inspection.log, line]))[-LONGEST_LOG:]


def stands(inspection: Inspection) -> bool:
    """Whether this try is still the one that counts; the row is locked."""
    return (
        Inspection.objects.select_for_update()
        .filter(
            pk=inspection.pk,
            started_at=inspection.started_at,
            state=InspectionState.RUNNING,
        )
        .first()
        is not None
    )


@transaction.atomic
def put_back(inspection: Inspection, reason: str, *, at: datetime) -> int | None:
    """An error of ours: seconds to another try; at last staff see it and the author.

    None as well when another worker has taken it up meanwhile.
    """
    if not stands(inspection):
        return None
    note(inspection, reason)
    if inspection.attempts >= settings.INSPECTION_MAX_ATTEMPTS:
        _give_up(inspection, at=at)
        return None
    _free(inspection)
    return RETRY_AFTER_S * inspection.attempts


@transaction.atomic
def give_back(inspection: Inspection) -> int | None:
    """A try that was interrupted does not count; the next one may begin at once."""
    if not stands(inspection):
        return None
    inspection.attempts -= 1
    _free(inspection)
    return 0


def _free(inspection):
    inspection.state = InspectionState.QUEUED
    inspection.leased_until = None
    inspection.share_done = 0.0
    inspection.save()


def _give_up(inspection, *, at):
    """No more tries by itself: a person has to look at what this file does."""
    media_file = inspection.media_file
    log.error("file cannot be inspected", media_file_id=media_file.pk)
    inspection.state = InspectionState.ERRORED
    inspection.verdict = Verdict.ERRORED
    inspection.leased_until = None
    inspection.finished_at = timezone.now()
    inspection.save()
    submission = media_file.submission
    tell_author(submission, Kind.FILE_UNCHECKED, at=at, file=media_file.original_name)
    tell_organisers_once(
        submission,
        Kind.FILE_STUCK,
        at=at,
        link=f"{reverse('admin:submissions_inspection_changelist')}{ERRORED_ONLY}",
        attempts=inspection.attempts,
    )


def waiting_in(queue: WorkQueue) -> int:
    """How many jobs wait in a queue for a worker."""
    waiting = Inspection.objects.filter(state=InspectionState.QUEUED, queue=queue)
    if queue != WorkQueue.SLOW:
        return waiting.count()
    copies = Conversion.objects.filter(state=ConversionState.QUEUED)
    return waiting.count() + copies.count()


def stuck_media_files(*, lease_s: int, is_lost) -> list[int]:
    """Files whose worker is gone, or whose message never came: ids, oldest first.

    `is_lost` says of a queue whether it holds fewer messages than files wait for it. A
    few are named at once: named again, they would only be told that they are done.
    """
    now = timezone.now()
    found = Q(state=InspectionState.RUNNING, leased_until__lt=now)
    lost_from = [queue for queue in WorkQueue if is_lost(queue)]
    found |= Q(
        state=InspectionState.QUEUED,
        queue__in=lost_from,
        queued_at__lt=now - timedelta(seconds=lease_s),
    )
    return list(
        Inspection.objects.filter(found)
        .order_by("queued_at")
        .values_list("media_file_id", flat=True)[:RESUMED_AT_ONCE]
    )
