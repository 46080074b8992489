"""Runs one inspection and records it; then sends the work on, or back.

A row of Inspection is the truth about a job: the queue only says "look at this one".
So a message may come twice, late or never without harm. Leases run on real time;
moves of the submission on the contest's.
"""

import shutil
import tempfile
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from PIL import Image

from contests.deadlines import correction_due
from notifications.kinds import Kind
from submissions.allowances import category_for
from submissions.lifecycle import change_state, lock
from submissions.media import copies, similar
from submissions.media.codes import Code
from submissions.media.examine import Examination, examine
from submissions.media.findings import Finding as FoundFinding
from submissions.media.findings import verdict_of
from submissions.media.fingerprints.pictures import CORNERS_PX
from submissions.models import (
    Derivative,
    Finding,
    Inspection,
    MediaFile,
    Submission,
)
from submissions.states import (
    LIVE,
    InspectionState,
    LikenessKind,
    Severity,
    State,
    Verdict,
)
from submissions.telling import tell_author

log = structlog.get_logger(__name__)

RETRY_AFTER_S = 20
RESUMED_AT_ONCE = 50
A_TOKEN = "[0-9a-f]" * 32
ENDED = {InspectionState.FINISHED, InspectionState.ERRORED}


def inspect(media_file: MediaFile, *, at: datetime) -> int | None:
    """Inspect a file and record what was found; seconds to the next try, if one is due.

    Does nothing when the file has been inspected or another worker has it.
    """
    inspection = _claim(media_file)
    if inspection is None:
        return None
    submission = media_file.submission
    category = category_for(
        submission, inspection.rulebook_version.rulebook, inspection.category_key
    )
    try:
        with _scratch(media_file) as scratch:
            with _local_copy(media_file, scratch) as path:
                examination = examine(
                    path,
                    category=category,
                    original_name=media_file.original_name,
                    scratch_dir=scratch,
                    on_progress=_lease_keeper(inspection),
                )
            if examination.verdict == Verdict.ERRORED:
                return _put_back(inspection, media_file, examination.log, at=at)
            if examination.facts.sha256 != media_file.sha256:
                reason = _damaged(media_file, examination)
                return _put_back(inspection, media_file, reason, at=at)
            found = _compare(media_file, examination)
            _record(inspection, media_file, examination, found, at=at)
    except Exception:
        log.exception("inspection failed", media_file_id=media_file.pk)
        return _put_back(inspection, media_file, traceback.format_exc(), at=at)
    settle(submission, at=at)
    return None


@transaction.atomic
def _claim(media_file):
    """Take the job, unless it is done or in another worker's hands."""
    inspection = (
        Inspection.objects.select_for_update().filter(media_file=media_file).first()
    )
    now = timezone.now()
    if inspection is None or inspection.state in ENDED:
        return None
    if inspection.leased_until and inspection.leased_until > now:
        return None
    submission = media_file.submission
    inspection.state = InspectionState.RUNNING
    inspection.attempts += 1
    inspection.started_at = now
    inspection.leased_until = now + timedelta(seconds=settings.INSPECTION_LEASE_SECONDS)
    inspection.rulebook_version = submission.rulebook_version
    inspection.category_key = submission.category.key
    inspection.save()
    return inspection


def _lease_keeper(inspection):
    """What a film under way calls: while it makes progress, the lease is renewed."""
    lease = timedelta(seconds=settings.INSPECTION_LEASE_SECONDS)

    def renew(_share_done):
        now = timezone.now()
        if inspection.leased_until - now < lease / 2:
            inspection.leased_until = now + lease
            inspection.save(update_fields=["leased_until"])

    return renew


def clear_scratch() -> None:
    """Remove what workers left that were killed right after they had recorded all."""
    found = {}
    for folder in Path(tempfile.gettempdir()).glob(f"inspect-{A_TOKEN}-*"):
        token = uuid.UUID(folder.name.split("-")[1])
        found.setdefault(token, []).append(folder)
    ended = Inspection.objects.filter(media_file__token__in=found, state__in=ENDED)
    for token in ended.values_list("media_file__token", flat=True):
        for folder in found[token]:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _scratch(media_file) -> Iterator[Path]:
    """An empty folder; what a killed worker left of the same file goes first."""
    prefix = f"inspect-{media_file.token.hex}-"
    for left in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=prefix) as folder:
        yield Path(folder)


@contextmanager
def _local_copy(media_file, scratch: Path) -> Iterator[Path]:
    """The file on this machine's disk: as it lies, or fetched from the store."""
    try:
        path = Path(media_file.file.path)
    except NotImplementedError:
        path = scratch / "original"
        _fetch(media_file, path)
    if not path.is_file():  # lost on our side: not the entrant's fault
        raise FileNotFoundError(path)
    yield path


def _fetch(media_file, path):
    with media_file.file.open("rb") as stored, path.open("wb") as local:
        for chunk in File(stored).chunks():
            local.write(chunk)


def _damaged(media_file, examination):
    """The stored bytes are not those that came: never the entrant's fault."""
    log.error("stored file is damaged", media_file_id=media_file.pk)
    return (
        f"The stored bytes have the SHA-256 {examination.facts.sha256}, "
        f"but {media_file.sha256} came."
    )


def _compare(media_file, examination):
    """What is like this file. Its prints are stored first: of two that come at the
    same time, one at least finds the other."""
    similar.keep(media_file, examination.prints)
    return similar.find(media_file, examination.prints, open_picture=_view_of)


def _view_of(media_file):
    copy = media_file.derivatives.filter(kind=Derivative.Kind.VIEW).first()
    if copy is None or not copy.content_type.startswith("image/"):
        return None
    try:
        with copy.file.open("rb") as file, Image.open(file) as image:
            image.draft("L", (CORNERS_PX, CORNERS_PX))
            image.load()
            return image.copy()
    except OSError:  # gone meanwhile: then there is nothing to be like
        return None


def _stands(inspection) -> bool:
    """Whether this try is still the one that counts; the row is locked."""
    return (
        Inspection.objects.select_for_update()
        .filter(
            pk=inspection.pk,
            attempts=inspection.attempts,
            state=InspectionState.RUNNING,
        )
        .first()
        is not None
    )


@transaction.atomic
def _put_back(inspection, media_file, reason, *, at):
    """An error of ours: another try in a while, or staff see it and the author too.

    Nothing, when another worker has taken it up meanwhile.
    """
    if not _stands(inspection):
        return None
    tries_left = inspection.attempts < settings.INSPECTION_MAX_ATTEMPTS
    inspection.state = InspectionState.QUEUED if tries_left else InspectionState.ERRORED
    inspection.verdict = "" if tries_left else Verdict.ERRORED
    inspection.leased_until = None
    inspection.log = reason
    inspection.save()
    if not tries_left:
        _tell_author(media_file, Kind.FILE_UNCHECKED, at=at)
    return RETRY_AFTER_S * inspection.attempts if tries_left else None


@transaction.atomic
def _record(inspection, media_file, examination: Examination, found, *, at):
    """Write verdict, findings, facts and copies; a second run replaces the first."""
    if not _stands(inspection):
        return
    media_file.content_type = examination.facts.content_type
    media_file.save(update_fields=["content_type"])
    similar.record(media_file, found, at=timezone.now())
    alike = _duplicates(media_file, found)
    findings = [*examination.findings, *alike]
    inspection.findings.all().delete()
    Finding.objects.bulk_create(_row(inspection, found) for found in findings)
    inspection.state = InspectionState.FINISHED
    inspection.verdict = verdict_of(findings)
    inspection.finished_at = timezone.now()
    inspection.leased_until = None
    inspection.facts = examination.facts.to_json()
    inspection.tool_versions = examination.tool_versions
    inspection.log = examination.log
    inspection.save()
    copies.replace(media_file, examination.copies, attempt=inspection.attempts)
    if inspection.verdict == Verdict.FAILED and media_file.submission.is_editable:
        _tell_author(media_file, Kind.FILE_REFUSED, at=at)


def _tell_author(media_file, kind, *, at):
    """A handed-in work that must come back is told of by its own move."""
    tell_author(media_file.submission, kind, at=at, file=media_file.original_name)


def _row(inspection, found: FoundFinding):
    return Finding(
        inspection=inspection,
        code=found.code,
        severity=found.severity,
        measured=found.measured,
        limit=found.limit,
        rule=found.rule,
        clause=found.clause,
        params=found.params,
    )


ALIKE = {
    LikenessKind.PICTURE: Code.IMG_PICTURE_KNOWN,
    LikenessKind.FILM: Code.VID_SCENES_KNOWN,
    LikenessKind.SOUND: Code.VID_SOUND_KNOWN,
}


def _duplicates(media_file, found) -> Iterator[FoundFinding]:
    """The same bytes in another live work: refused to the same entrant (B10).

    What is only like another's handed-in work is for a person to look at (rule 74).
    """
    twins = (
        Submission.objects.live()
        .filter(media_files__sha256=media_file.sha256)
        .exclude(pk=media_file.submission_id)
    )
    if twins.filter(author=media_file.submission.author).exists():
        yield FoundFinding(Code.SET_FILE_TWICE, severity=Severity.ERROR)
    elif twins.exists():
        yield FoundFinding(Code.SET_FILE_KNOWN, severity=Severity.WARNING)
    else:
        yield from _alike(found)


def _alike(found) -> Iterator[FoundFinding]:
    handed_in = set(
        MediaFile.objects.filter(
            pk__in=[each.media_file_id for each in found], submission__state__in=LIVE
        ).values_list("pk", flat=True)
    )
    seen = {each.kind for each in found if each.media_file_id in handed_in}
    for kind in sorted(seen):
        yield FoundFinding(ALIKE[kind], severity=ALIKE[kind].severity)


@transaction.atomic
def settle(submission: Submission, *, at: datetime) -> None:
    """Once every file has a verdict, send a handed-in work to screening, or back.

    A work that goes back keeps its round, and has the rule book's days to return.
    """
    submission = lock(submission)
    if submission.state != State.SUBMITTED:
        return
    inspections = Inspection.objects.filter(media_file__submission=submission)
    failed = inspections.filter(verdict=Verdict.FAILED)
    if failed.exists():
        change_state(
            submission,
            to=State.RETURNED,
            by=None,
            at=at,
            detail={"codes": _codes_of(failed)},
            correct_by=correction_due(submission.rulebook_version.rulebook, at=at),
        )
    elif not inspections.exclude(state=InspectionState.FINISHED).exists():
        change_state(submission, to=State.SCREENING, by=None, at=at)


def _codes_of(inspections):
    errors = Finding.objects.filter(inspection__in=inspections, severity=Severity.ERROR)
    return sorted(set(errors.values_list("code", flat=True)))


def stuck_media_files(*, lease_s: int) -> list[int]:
    """Files whose worker is gone, or whose message never came: ids, oldest first.

    A few only: in a rush most of them still wait their turn, and would be named again
    with every look.
    """
    now = timezone.now()
    abandoned = Q(state=InspectionState.RUNNING, leased_until__lt=now)
    forgotten = Q(
        state=InspectionState.QUEUED, queued_at__lt=now - timedelta(seconds=lease_s)
    )
    return list(
        Inspection.objects.filter(abandoned | forgotten)
        .order_by("queued_at")
        .values_list("media_file_id", flat=True)[:RESUMED_AT_ONCE]
    )
