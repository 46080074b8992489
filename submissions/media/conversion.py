"""Makes the copies that take long, after a file has been inspected.

A film that browsers cannot play is converted; a picture gets its smaller formats and
its large view. A row of Conversion is the truth about such a job, and is claimed, kept
alive and taken up again as an inspection's is. Stopped by its owner, the job ends
within two seconds, as its next sign of life finds another state.
"""

import traceback
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from notifications.kinds import Kind
from submissions.media import copies, jobs, labelling, scratch
from submissions.media.apart import client as apart
from submissions.media.claims import RETRY_AFTER_S, note
from submissions.media.clocks import Clock
from submissions.media.derivatives import Copy
from submissions.media.facts import ImageFacts, VideoFacts
from submissions.media.jobs import Interrupted, Pulse
from submissions.media.labels import AigcLabel
from submissions.media.playable import COPY_FAILED, reasons_to_convert
from submissions.media.transcoding import NotConverted, transcode
from submissions.models import Conversion, Derivative, Inspection, MediaFile
from submissions.states import ConversionState, Verdict, WorkQueue
from submissions.telling import tell_organisers_once

log = structlog.get_logger(__name__)

RESUMED_AT_ONCE = 50
TO_DO = {ConversionState.QUEUED, ConversionState.RUNNING}
ERRORED_ONLY = f"?state__exact={ConversionState.ERRORED}"
FILM_KINDS = (Derivative.Kind.VIEW,)
PICTURE_KINDS = (
    *(Derivative.Kind.VIEW_AVIF, Derivative.Kind.VIEW_WEBP),
    *(Derivative.Kind.THUMBNAIL_AVIF, Derivative.Kind.THUMBNAIL_WEBP),
    Derivative.Kind.LARGE,
)


def plan(inspection: Inspection) -> None:
    """Have made what the file still lacks, in the transaction that records its facts;
    nothing for a file that its author has to replace."""
    media_file, facts = inspection.media_file, inspection.facts
    if inspection.verdict in (Verdict.FAILED, Verdict.ERRORED):
        Conversion.objects.filter(media_file=media_file).delete()
    elif facts.get("kind") == ImageFacts.kind and facts.get("is_decodable"):
        enqueue(media_file, reasons=[])
    elif reasons := _reasons(media_file, facts):
        enqueue(media_file, reasons=reasons)
    else:
        Conversion.objects.filter(media_file=media_file).delete()


def _reasons(media_file: MediaFile, told: dict) -> list[str]:
    if told.get("kind") != VideoFacts.kind:
        return []
    facts = VideoFacts.from_json(told)
    if not facts.frame_count or not facts.display_width_px:
        return []
    has_view = media_file.derivatives.filter(kind=Derivative.Kind.VIEW).exists()
    return reasons_to_convert(facts) or ([] if has_view else [COPY_FAILED])


def enqueue(media_file: MediaFile, *, reasons: list[str]) -> Conversion:
    """The row of a file that is to be converted, for the first time or afresh."""
    conversion, _is_new = Conversion.objects.update_or_create(
        media_file=media_file,
        defaults={
            "state": ConversionState.QUEUED,
            "reasons": reasons,
            "share_done": 0.0,
            "attempts": 0,
            "leased_until": None,
            "started_at": None,
            "finished_at": None,
            "queued_at": timezone.now(),
        },
    )
    return conversion


def convert_anew(media_file: MediaFile) -> None:
    """Have the slow copies made once more, where there are any."""
    made = Conversion.objects.filter(media_file=media_file).first()
    if made is not None and made.state == ConversionState.FINISHED:
        enqueue(media_file, reasons=made.reasons)


def convert(media_file: MediaFile, *, at: datetime) -> int | None:
    """Make the copies and keep them; seconds to the next try, if one is due.

    Does nothing when they are made, stopped, or in another worker's hands.
    """
    conversion = take(media_file, at=at)
    if conversion is None:
        return None
    clock = Clock(conversion.timings)
    try:
        with Pulse(conversion) as pulse:
            _convert(conversion, media_file, pulse, clock)
    except Interrupted as why:
        log.info("conversion interrupted", media_file_id=media_file.pk, why=str(why))
        return _give_back(conversion)
    except NotConverted as refusal:
        return _put_back(conversion, str(refusal), at=at)
    except Exception:
        log.exception("conversion failed", media_file_id=media_file.pk)
        return _put_back(conversion, traceback.format_exc(), at=at)
    return None


def _convert(conversion, media_file, pulse, clock) -> None:
    label = labelling.label_for(media_file)
    with scratch.folder_for(media_file, purpose="convert") as folder:
        with clock.timed("fetch_s"):
            path = scratch.local_copy(media_file, folder)
        work = folder / "work"
        work.mkdir()
        with clock.timed("convert_s"):
            made = _made(conversion, path, work, label, pulse)
        _record(conversion, media_file, made, label, clock)


def _made(conversion, path: Path, folder: Path, label, pulse) -> list[Copy]:
    if not conversion.reasons:
        pulse.tell(0.0)
        return apart.slow_copies_of_picture(path, label=label, folder=folder)
    facts = VideoFacts.from_json(conversion.media_file.inspection.facts)
    copy = transcode(
        path,
        facts=facts,
        reasons=conversion.reasons,
        folder=folder,
        label=label,
        on_progress=pulse.tell,
    )
    return [copy]


@transaction.atomic
def take(media_file: MediaFile, *, at: datetime) -> Conversion | None:
    """Claim the job; None when it is over, in another worker's hands, or given up."""
    conversion = (
        Conversion.objects.select_for_update().filter(media_file=media_file).first()
    )
    now = timezone.now()
    if conversion is None or conversion.state not in TO_DO:
        return None
    if conversion.leased_until and conversion.leased_until > now:
        return None
    if conversion.state == ConversionState.RUNNING:
        note(conversion, f"No sign of life since {conversion.seen_at}.")
    if conversion.attempts >= settings.INSPECTION_MAX_ATTEMPTS:
        _give_up(conversion, at=at)
        return None
    _begin(conversion, now=now)
    return conversion


def _begin(conversion, *, now):
    if conversion.attempts == 0:
        conversion.log = ""
    conversion.state = ConversionState.RUNNING
    conversion.attempts += 1
    conversion.worker = jobs.worker_name(WorkQueue.SLOW)
    conversion.started_at = conversion.seen_at = now
    conversion.leased_until = now + jobs.lease()
    conversion.share_done = 0.0
    conversion.timings = {
        "waited_s": round((now - conversion.queued_at).total_seconds(), 3)
    }
    conversion.save()


def _stands(conversion) -> bool:
    """Whether this try is still the one that counts; the row is locked."""
    return (
        Conversion.objects.select_for_update()
        .filter(
            pk=conversion.pk,
            started_at=conversion.started_at,
            state=ConversionState.RUNNING,
        )
        .first()
        is not None
    )


@transaction.atomic
def _record(conversion, media_file, made, label: AigcLabel | None, clock) -> None:
    if not _stands(conversion):
        return
    with clock.timed("store_s"):
        copies.replace(
            media_file,
            made,
            attempt=conversion.attempts,
            kinds=FILM_KINDS if conversion.reasons else PICTURE_KINDS,
            label=label,
        )
    clock.stop()
    conversion.state = ConversionState.FINISHED
    conversion.share_done = 1.0
    conversion.leased_until = None
    conversion.finished_at = conversion.seen_at = timezone.now()
    conversion.save()


@transaction.atomic
def _put_back(conversion, reason, *, at: datetime) -> int | None:
    """Another try in a while; after the last, staff are told."""
    if not _stands(conversion):
        return None
    note(conversion, reason)
    if conversion.attempts >= settings.INSPECTION_MAX_ATTEMPTS:
        _give_up(conversion, at=at)
        return None
    _free(conversion)
    return RETRY_AFTER_S * conversion.attempts


@transaction.atomic
def _give_back(conversion) -> int | None:
    """A try that was interrupted does not count; None when its owner stopped it."""
    if not _stands(conversion):
        return None
    conversion.attempts -= 1
    _free(conversion)
    return 0


def _free(conversion):
    conversion.state = ConversionState.QUEUED
    conversion.leased_until = None
    conversion.share_done = 0.0
    conversion.save()


def _give_up(conversion, *, at):
    """No more tries by itself: a person has to look at what this file does."""
    log.error("file cannot be converted", media_file_id=conversion.media_file_id)
    conversion.state = ConversionState.ERRORED
    conversion.leased_until = None
    conversion.finished_at = timezone.now()
    conversion.save()
    tell_organisers_once(
        conversion.media_file.submission,
        Kind.FILE_UNCONVERTED,
        at=at,
        link=f"{reverse('admin:submissions_conversion_changelist')}{ERRORED_ONLY}",
        attempts=conversion.attempts,
    )


def stuck_media_files(*, lease_s: int, is_lost) -> list[int]:
    """Files whose worker is gone, or whose message never came: ids, oldest first.
    `is_lost` says of a queue whether it holds fewer messages than files wait for it."""
    now = timezone.now()
    found = Q(state=ConversionState.RUNNING, leased_until__lt=now)
    if is_lost(WorkQueue.SLOW):
        long_ago = now - timedelta(seconds=lease_s)
        found |= Q(state=ConversionState.QUEUED, queued_at__lt=long_ago)
    return list(
        Conversion.objects.filter(found)
        .order_by("queued_at")
        .values_list("media_file_id", flat=True)[:RESUMED_AT_ONCE]
    )
