"""The two kinds of jobs on files, and what is different about each."""

from django.db.models import Q
from django.urls import reverse

from notifications.kinds import Kind
from submissions.media.jobs import labelling, queues
from submissions.media.jobs.tries import Tries
from submissions.models import Conversion, Inspection
from submissions.states import ConversionState, InspectionState, Verdict, WorkQueue
from submissions.telling import tell_author, tell_organisers_once


class Inspections(Tries[Inspection]):
    """What a file is; by the rule book of its work, told its author when it fails."""

    model = Inspection
    states = InspectionState

    def enqueue(self, media_file):
        queue = queues.queue_for(media_file)
        return super().enqueue(media_file, verdict="", queue=queue)

    def queue_of(self, job):
        return WorkQueue(job.queue)

    def in_queues(self, names):
        return Q(queue__in=names)

    def prepare(self, job):
        submission = job.media_file.submission
        job.rulebook_version = submission.rulebook_version
        job.category_key = submission.category.key

    def given_up(self, job, *, at):
        job.verdict = Verdict.ERRORED
        media_file = job.media_file
        tell_author(
            media_file.submission,
            Kind.FILE_UNCHECKED,
            at=at,
            file=media_file.original_name,
        )
        _tell_staff(job, Kind.FILE_STUCK, at=at)


class Conversions(Tries[Conversion]):
    """Copies that take long; the author has a verdict already, so staff are told."""

    model = Conversion
    states = ConversionState

    def queue_of(self, job):
        return WorkQueue.SLOW

    def in_queues(self, names):
        return Q() if WorkQueue.SLOW in names else Q(pk__in=[])

    def given_up(self, job, *, at):
        labelling.drop_stale(job)
        _tell_staff(job, Kind.FILE_UNCONVERTED, at=at)


def _tell_staff(job, kind, *, at):
    """They find all such jobs where the link leads."""
    page = reverse(f"admin:submissions_{job._meta.model_name}_changelist")
    tell_organisers_once(
        job.media_file.submission,
        kind,
        at=at,
        link=f"{page}?state__exact={job.state}",
        attempts=job.attempts,
    )


INSPECTIONS = Inspections()
CONVERSIONS = Conversions()
KINDS = (INSPECTIONS, CONVERSIONS)


def waiting_in(queue: WorkQueue) -> int:
    """How many jobs of any kind wait in a queue for a worker."""
    return sum(kind.waiting_in(queue) for kind in KINDS)
