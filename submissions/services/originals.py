"""要求提供原片: asking for the original of a work, and the entrant's answer (B7).

What is sent stays byte for byte as it came and is no file of the work: nothing but
ClamAV, where there is one, looks into it, and nobody but the entrant and the contest's
staff sees it.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contests import clock
from contests.errors import RuleViolation
from notifications.kinds import Kind
from submissions.filenames import plain_name
from submissions.lifecycle import lock
from submissions.media.content_type import HEAD_BYTES, sniff
from submissions.media.papers import refuse_infected
from submissions.models import Attachment, OriginalRequest, Submission
from submissions.permissions import can_screen, is_author
from submissions.services.unfit_papers import refused_as
from submissions.states import RequestState, State
from submissions.telling import tell, tell_author

MEGABYTE = 1024 * 1024
MOST_FILES = 20  # of one answer: a series and some over


class OriginalRefused(RuleViolation):
    code = "original_refused"


@transaction.atomic
def ask(
    *, submission: Submission, by: User, at: datetime, reason: str
) -> OriginalRequest:
    """Ask the entrant for the original; the work stays where it is meanwhile."""
    submission = lock(submission)
    if not can_screen(by, submission):
        raise OriginalRefused(
            _("This work is not waiting for your screening any more.")
        )
    if submission.original_requests.filter(state=RequestState.OPEN).exists():
        raise OriginalRefused(
            _("The original has been asked for already; the answer is not here yet."),
            code="original_asked_already",
        )
    if not reason:
        raise OriginalRefused(
            _("Please write why the original is needed; the entrant reads it."),
            code="reason_missing",
        )
    request = OriginalRequest.objects.create(
        submission=submission,
        reason=reason,
        asked_by=by,
        asked_at=at,
        due_at=due_when_asked(submission, at=at),
    )
    tell_author(
        submission,
        Kind.ORIGINAL_ASKED,
        at=at,
        link=page_of(submission),
        due=request.due_at,
        reason=reason,
    )
    return request


def due_when_asked(submission: Submission, *, at: datetime) -> datetime:
    """24:00 of the last day the rule book gives for an answer."""
    days = submission.rulebook_version.rulebook.defaults.original_within_days
    return clock.end_of(clock.day_of(at) + timedelta(days=days))


def page_of(submission: Submission) -> str:
    """Where the entrant answers."""
    return reverse("submissions:original", args=[submission.pk])


def is_open(request: OriginalRequest, *, at: datetime) -> bool:
    """Until it is due, closed, or the work decided; files may follow each other."""
    return (
        request.submission.state == State.SCREENING
        and request.state != RequestState.CLOSED
        and at < request.due_at
    )


def answer_with_file(
    *, original_request: OriginalRequest, upload: File, by: User, at: datetime
) -> Attachment:
    """Keep a file as the answer, of any kind, RAW too.

    `upload` is any Django file; one with a `temporary_file_path` is moved, not copied.
    """
    check_announced(
        original_request=original_request, size_bytes=upload.size, by=by, at=at
    )
    look_at(upload, original_request=original_request, by=by, at=at)
    return keep_answer(original_request=original_request, upload=upload, by=by, at=at)


def look_at(
    upload: File,
    *,
    original_request: OriginalRequest,
    by: User,
    at: datetime,
    name: str = "",
) -> None:
    """Refuse what ClamAV objects to; takes some time, so nothing may be locked
    meanwhile."""
    with refused_as(
        OriginalRefused,
        about=original_request.submission,
        name=plain_name(name or upload.name or ""),
        by=by,
        at=at,
    ):
        refuse_infected(upload)


@transaction.atomic
def keep_answer(
    *,
    original_request: OriginalRequest,
    upload: File,
    by: User,
    at: datetime,
    name: str = "",
    sha256: str = "",
    began_at: datetime | None = None,
    token: UUID | None = None,
) -> Attachment:
    """Keep what was looked at as the answer.

    `sha256` saves reading it once more. `began_at` is when its first byte was sent:
    that moment must be in time. `token` becomes the file's address, where the caller
    needs to know it before.
    """
    request = _open_request(original_request, by=by, at=began_at or at)
    _refuse_size(request, upload.size)
    attachment = Attachment(
        submission=request.submission,
        token=token or uuid4(),
        purpose=Attachment.Purpose.ORIGINAL,
        original_request=request,
        original_name=plain_name(name or upload.name or ""),
        size_bytes=upload.size,
        sha256=sha256 or _sha256_of(upload),
        content_type=_type_of(upload),
        uploaded_by=by,
        uploaded_at=at,
    )
    attachment.file.save(attachment.original_name, upload, save=False)
    try:
        with transaction.atomic():
            attachment.save()
    except Exception:
        attachment.file.delete(save=False)
        raise
    _answer(request, at=at)
    return attachment


def check_announced(
    *, original_request: OriginalRequest, size_bytes: int, by: User, at: datetime
) -> None:
    """Refuse what can be told of an answer before its first byte, sent at `at`."""
    request = OriginalRequest.objects.select_related("submission").get(
        pk=original_request.pk
    )
    _require_open(request, by=by, at=at)
    _refuse_size(request, size_bytes)


@transaction.atomic
def answer_in_words(
    *, original_request: OriginalRequest, by: User, at: datetime, answer: str
) -> OriginalRequest:
    """There is no original, or something is to be said about it."""
    request = _open_request(original_request, by=by, at=at)
    if not answer:
        raise OriginalRefused(
            _("Please choose a file, or write why there is none."),
            code="answer_missing",
        )
    return _answer(request, at=at, answer=answer)


@transaction.atomic
def close(*, original_request: OriginalRequest, by: User, at: datetime) -> None:
    """The reviewer needs no answer any more, or has read it."""
    request = _lock(original_request)
    if not can_screen(by, request.submission):
        raise OriginalRefused(
            _("This work is not waiting for your screening any more.")
        )
    request.state = RequestState.CLOSED
    request.save(update_fields=["state"])


def close_open_of(submission: Submission) -> None:
    """A decided work waits for no original."""
    submission.original_requests.filter(state=RequestState.OPEN).update(
        state=RequestState.CLOSED
    )


def _lock(request):
    """The work's row is locked first, as everywhere; then the request as it stands."""
    lock(request.submission)
    return OriginalRequest.objects.select_for_update(of=["self"]).get(pk=request.pk)


def _open_request(request, *, by, at):
    request = _lock(request)
    _require_open(request, by=by, at=at)
    return request


def _require_open(request, *, by, at):
    submission = request.submission
    if not is_author(by, submission):
        raise OriginalRefused(_("Only the person who handed this in can answer."))
    if submission.state != State.SCREENING or request.state == RequestState.CLOSED:
        raise OriginalRefused(
            _("The reviewers do not need the original any more. Thank you!"),
            code="original_closed",
        )
    if at >= request.due_at:
        raise OriginalRefused(
            _(
                "The time to send the original has run out. Please write to the "
                "organisers if something kept you."
            ),
            code="original_overdue",
        )


def _refuse_size(request, size_bytes):
    megabytes = request.submission.rulebook_version.rulebook.defaults.max_file_mb
    if not size_bytes:
        raise OriginalRefused(
            _("This file is empty (0 bytes). Please choose it again."),
            code="FRM-FILE-EMPTY",
        )
    if size_bytes > megabytes * 1024 * 1024:
        raise OriginalRefused(
            _("This file is larger than %(limit)s MB. Please write to the organisers.")
            % {"limit": megabytes},
            code="FRM-FILE-LARGE",
        )
    if request.attachments.count() >= MOST_FILES:
        raise OriginalRefused(
            _("No more than %(limit)s files can be sent as one answer.")
            % {"limit": MOST_FILES},
            code="original_many",
        )


def _sha256_of(file):
    """Read once by blocks; leaves the file at its beginning."""
    digest = hashlib.sha256()
    for block in file.chunks():
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def _type_of(file):
    """By its first bytes; leaves the file at its beginning."""
    file.seek(0)
    kind = sniff(file.read(HEAD_BYTES))
    file.seek(0)
    return kind.mime_type


def _answer(request, *, at, answer=""):
    """The first answer tells the reviewer; further files and words just join it."""
    is_first = request.state == RequestState.OPEN
    request.state = RequestState.ANSWERED
    request.answered_at = at
    request.answer = answer or request.answer
    request.save(update_fields=["state", "answered_at", "answer"])
    if is_first:
        tell(
            request.asked_by,
            Kind.ORIGINAL_ANSWERED,
            about=request.submission,
            at=at,
            link=reverse("submissions:screening", args=[request.submission_id]),
        )
    return request
