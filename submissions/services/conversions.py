"""Stopping the conversion of a file, and having it converted again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from contests.errors import RuleViolation
from submissions.lifecycle import lock
from submissions.media.jobs import labelling
from submissions.media.jobs.claims import CONVERSIONS
from submissions.media.jobs.rows import lock_files_of
from submissions.models import Conversion, MediaFile, Submission
from submissions.permissions import can_edit, is_author
from submissions.states import JOBS_TO_DO, ConversionState
from submissions.tasks import send_to_conversion


class ConversionRefused(RuleViolation):
    code = "conversion_refused"


@transaction.atomic
def stop_conversion(*, media_file: MediaFile, by: User, at: datetime) -> Conversion:
    """End the conversion of a draft's file; the worker notices within two seconds.

    A handed-in work is converted to the end: judges must be able to see it.
    """
    if not can_edit(by, lock(media_file.submission)):
        raise ConversionRefused(
            _("This work has been handed in; its judges need the copy that is made."),
            code="handed_in",
        )
    found = CONVERSIONS.locked(media_file.pk)
    if found is None or found.state not in JOBS_TO_DO:
        raise ConversionRefused(
            _("This file is not being converted any more."), code="not_converting"
        )
    found.state = ConversionState.CANCELLED
    found.leased_until = None
    found.finished_at = timezone.now()
    found.save()
    labelling.drop_stale(found)
    return found


@transaction.atomic
def convert_again(*, media_file: MediaFile, by: User, at: datetime) -> Conversion:
    """Begin a conversion anew that its owner stopped; one that failed on our side is
    begun anew by staff alone, once they know why."""
    if not is_author(by, media_file.submission):
        raise ConversionRefused(_("Only the person who handed it in can do this."))
    found = CONVERSIONS.locked(media_file.pk)
    if found is None or found.state != ConversionState.CANCELLED:
        raise ConversionRefused(
            _("Only a conversion that was stopped can begin again here."),
            code="not_stopped",
        )
    return _begin(found)


@transaction.atomic
def retry_conversion(*, failed: Conversion, by: User, at: datetime) -> None:
    """Give a conversion that failed on our side its attempts back; it is noted who
    wished so."""
    media_file = failed.media_file
    found = CONVERSIONS.locked(media_file.pk)
    if found is None or found.state != ConversionState.ERRORED:
        raise ConversionRefused(
            _("This file is being converted, or has been already."), code="not_errored"
        )
    contest = media_file.submission.contest
    audit.record("conversion.retried", by=by, target=media_file, contest=contest)
    _begin(found)


def resume_conversions(submission: Submission) -> None:
    """What was stopped goes on once the work is handed in."""
    lock_files_of(submission)
    conversions = Conversion.objects.filter(media_file__submission=submission)
    for found in conversions.filter(state=ConversionState.CANCELLED):
        _begin(found)


def _begin(found):
    queued = CONVERSIONS.enqueue(found.media_file, reasons=found.reasons)
    transaction.on_commit(lambda: send_to_conversion([queued.media_file_id]))
    return queued
