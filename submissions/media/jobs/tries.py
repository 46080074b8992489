"""Tries of a job on a file: who has it, how often it was tried, when to stop.

Inspections and conversions are such jobs, and a row is the truth about each: a message
may come twice, late or never without harm. A try counts from the moment it is claimed,
so a file that kills its worker runs out of tries like one that only fails. Leases run
on real time.
"""

import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Generic, TypeVar

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from submissions.media.jobs import leases
from submissions.media.jobs.leases import Interrupted, Pulse
from submissions.media.jobs.rows import lock_file
from submissions.media.tools.clocks import Clock
from submissions.models import Conversion, Inspection, MediaFile
from submissions.states import (
    JOBS_TO_DO,
    ConversionState,
    InspectionState,
    WorkQueue,
)

log = structlog.get_logger(__name__)

RETRY_AFTER_S = 20
RESUMED_AT_ONCE = 50
LONGEST_LOG = 100_000  # characters

Job = TypeVar("Job", Inspection, Conversion)


class NotDone(Exception):
    """A try that failed for a reason of ours; its text is all the log needs."""


class Tries(ABC, Generic[Job]):
    """Of all jobs of one kind; a subclass says what is different about its kind."""

    model: type[Job]
    states: ClassVar[type[InspectionState] | type[ConversionState]]

    @abstractmethod
    def queue_of(self, job: Job) -> WorkQueue:
        """Whose workers do it."""

    @abstractmethod
    def in_queues(self, names: Iterable[WorkQueue]) -> Q:
        """Those of the jobs that wait in one of these queues."""

    @abstractmethod
    def given_up(self, job: Job, *, at: datetime) -> None:
        """A person has to look at what this file does: let people know. The row is
        saved afterwards."""

    def prepare(self, job: Job) -> None:
        """Note what this try goes by; it is saved with the claim."""

    def enqueue(self, media_file: MediaFile, **fields) -> Job:
        """The row of a file on which this is to be done, for the first time or afresh;
        `fields` are those of its kind alone."""
        job, _is_new = self.model.objects.update_or_create(
            media_file=media_file,
            defaults={
                "state": self.states.QUEUED,
                "attempts": 0,
                "leased_until": None,
                "share_done": 0.0,
                "started_at": None,
                "finished_at": None,
                "queued_at": timezone.now(),
            }
            | fields,
        )
        return job

    def attempt(
        self,
        media_file: MediaFile,
        do: Callable[[Job, Pulse, Clock], None],
        *,
        at: datetime,
    ) -> int | None:
        """Claim the job and do it; seconds to the next try, if one is due.

        Nothing happens when it is done, stopped, or in another worker's hands.
        """
        job = self.take(media_file, at=at)
        if job is None:
            return None
        clock = Clock(job.timings)
        try:
            with Pulse(job) as pulse:
                do(job, pulse, clock)
        except Interrupted as why:
            log.info("job interrupted", job=self._name(job), why=str(why))
            return self.give_back(job)
        except NotDone as why:
            failure = str(why)
        except Exception:
            log.exception("job failed", job=self._name(job))
            failure = traceback.format_exc()
        else:
            return None
        clock.stop()
        return self.put_back(job, failure, at=at)

    @transaction.atomic
    def take(self, media_file: MediaFile, *, at: datetime) -> Job | None:
        """Claim the job; None when it is over, given up, or in another's hands."""
        job = self.locked(media_file.pk)
        now = timezone.now()
        if job is None or job.state not in JOBS_TO_DO:
            return None
        if job.leased_until and job.leased_until > now:
            return None
        if job.state == self.states.RUNNING:
            _note(job, f"No sign of life since {job.seen_at or 'its start'}.")
        if job.attempts >= settings.INSPECTION_MAX_ATTEMPTS:
            self._give_up(job, at=at)
            return None
        self._begin(job, now=now)
        return job

    def locked(self, media_file_id: int) -> Job | None:
        """The row as it stands now, locked behind its file's own."""
        lock_file(media_file_id)
        rows = self.model.objects.select_for_update()
        return rows.filter(media_file=media_file_id).first()

    def _begin(self, job, *, now):
        if job.attempts == 0:
            job.log = ""
        job.state = self.states.RUNNING
        job.attempts += 1
        job.worker = leases.worker_name(self.queue_of(job))
        job.started_at = job.seen_at = now
        job.leased_until = now + leases.lease()
        job.share_done = 0.0
        waited = now - job.queued_at
        job.timings = {"waited_s": round(waited.total_seconds(), 3)}
        self.prepare(job)
        job.save()

    def hold(self, job: Job) -> None:
        """Lock the row for what is recorded now; Interrupted when this try no longer
        counts."""
        if not self._stands(job):
            raise Interrupted("The row has another owner, or is gone.")

    def _stands(self, job):
        now = self.locked(job.media_file_id)
        return (
            now is not None
            and now.pk == job.pk
            and now.state == self.states.RUNNING
            and now.started_at == job.started_at
        )

    def finish(self, job: Job) -> None:
        """All is done and recorded; the caller knows that the try stands."""
        job.state = self.states.FINISHED
        job.share_done = 1.0
        job.leased_until = None
        job.finished_at = job.seen_at = timezone.now()
        job.save()

    @transaction.atomic
    def put_back(self, job: Job, reason: str, *, at: datetime) -> int | None:
        """An error of ours: seconds to another try; at last people are told.

        None as well when the try was overtaken or stopped meanwhile.
        """
        if not self._stands(job):
            return None
        _note(job, reason)
        if job.attempts >= settings.INSPECTION_MAX_ATTEMPTS:
            self._give_up(job, at=at)
            return None
        self._free(job)
        return RETRY_AFTER_S * job.attempts

    @transaction.atomic
    def give_back(self, job: Job) -> int | None:
        """A try that was interrupted does not count; the next one may begin at once."""
        if not self._stands(job):
            return None
        job.attempts -= 1
        self._free(job)
        return 0

    def _free(self, job):
        job.state = self.states.QUEUED
        job.leased_until = None
        job.share_done = 0.0
        job.save()

    def _give_up(self, job, *, at):
        """No more tries by itself."""
        log.error("job given up", job=self._name(job), media_file_id=job.media_file_id)
        job.state = self.states.ERRORED
        job.leased_until = None
        job.finished_at = timezone.now()
        self.given_up(job, at=at)
        job.save()

    def waiting_in(self, queue: WorkQueue) -> int:
        """How many of these jobs wait in a queue for a worker."""
        waiting = self.model.objects.filter(state=self.states.QUEUED)
        return waiting.filter(self.in_queues([queue])).count()

    def stuck_media_files(
        self, *, lease_s: int, is_lost: Callable[[WorkQueue], bool]
    ) -> list[int]:
        """Files whose worker is gone, or whose message never came: ids, oldest first.

        `is_lost` says of a queue whether it holds fewer messages than jobs wait for it.
        A few are named at once: named again, they are told that they are done.
        """
        now = timezone.now()
        lost_from = [queue for queue in WorkQueue if is_lost(queue)]
        is_abandoned = Q(state=self.states.RUNNING, leased_until__lt=now)
        is_forgotten = self.in_queues(lost_from) & Q(
            state=self.states.QUEUED, queued_at__lt=now - timedelta(seconds=lease_s)
        )
        return list(
            self.model.objects.filter(is_abandoned | is_forgotten)
            .order_by("queued_at")
            .values_list("media_file_id", flat=True)[:RESUMED_AT_ONCE]
        )

    def _name(self, job):
        return f"{self.model._meta.model_name} {job.pk}"


def _note(job, reason):
    """Add to the log how this try ended."""
    line = f"Attempt {job.attempts} by {job.worker}: {reason}"
    job.log = "\n".join(filter(None, [job.log, line]))[-LONGEST_LOG:]
