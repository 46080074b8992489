"""Runs one inspection and records it; then sends the work on, or back.

Its row is claimed as every job's is (tries.py), on real time; the submission moves on
the contest's.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from notifications.kinds import Kind
from submissions.allowances import category_for, waived_codes
from submissions.likenesses import handed_in
from submissions.media import similar
from submissions.media.apart import client as apart
from submissions.media.codes import Code
from submissions.media.examine import Examination, examine
from submissions.media.findings import Finding as FoundFinding
from submissions.media.findings import verdict_of
from submissions.media.jobs import conversion, copies, figures, scratch
from submissions.media.jobs.claims import INSPECTIONS
from submissions.media.jobs.settling import settle
from submissions.media.jobs.tries import NotDone
from submissions.models import Derivative, Finding, MediaFile, Submission
from submissions.states import LIVE, LikenessKind, Severity, Verdict
from submissions.telling import tell_author, tell_organisers_once

log = structlog.get_logger(__name__)

LOOKED_AT = 0.95  # of the whole, when a film has been decoded


def inspect(media_file: MediaFile, *, at: datetime) -> int | None:
    """Inspect a file and record what is found; seconds to the next try, if any."""
    return INSPECTIONS.attempt(media_file, partial(_inspect, at=at), at=at)


def _inspect(inspection, pulse, clock, *, at):
    """Look, compare, record, and see whether the work moves on."""
    media_file = inspection.media_file
    with scratch.folder_for(media_file) as folder:
        with clock.timed("fetch_s"):
            path = scratch.local_copy(media_file, folder)
        examination = _examine(inspection, media_file, path, folder, pulse)
        clock.take_over(examination.timings)
        if examination.verdict == Verdict.ERRORED:
            raise NotDone(examination.log)
        if examination.facts.sha256 != media_file.sha256:
            raise _damaged(media_file, examination)
        with clock.timed("search_s"):
            found = _compare(media_file, examination, folder)
        _record(inspection, media_file, examination, found, clock, at=at)
    settle(media_file.submission, at=at)


def _examine(inspection, media_file, path, folder, pulse) -> Examination:
    book = inspection.rulebook_version.rulebook
    return examine(
        path,
        category=category_for(media_file.submission, book, inspection.category_key),
        waived=waived_codes(media_file.submission),
        original_name=media_file.original_name,
        scratch_dir=folder,
        on_progress=lambda share_done: pulse.tell(LOOKED_AT * share_done),
    )


def _damaged(media_file, examination):
    """The stored bytes are not those that came: never the entrant's fault."""
    log.error("stored file is damaged", media_file_id=media_file.pk)
    return NotDone(
        f"The stored bytes have the SHA-256 {examination.facts.sha256}, "
        f"but {media_file.sha256} came."
    )


def _compare(media_file, examination, folder):
    """What is like this file. Its prints are stored first: of two that come at the
    same time, one at least finds the other."""
    similar.keep(media_file, examination.prints)
    open_picture = partial(_view_of, folder=folder)
    return similar.find(media_file, examination.prints, open_picture=open_picture)


def _view_of(media_file, *, folder):
    copy = media_file.derivatives.filter(kind=Derivative.Kind.VIEW).first()
    if copy is None or not copy.content_type.startswith("image/"):
        return None
    with TemporaryDirectory(dir=folder) as own:
        path = Path(own) / "view"
        try:
            with copy.file.open("rb") as stored, path.open("wb") as local:
                shutil.copyfileobj(stored, local)
        except FileNotFoundError:  # gone meanwhile: then there is nothing to be like
            return None
        return apart.grey_of_picture(path, folder=Path(own))


@transaction.atomic
def _record(inspection, media_file, examination, found, clock, *, at):
    """Write verdict, findings, facts and copies; a second run replaces the first."""
    INSPECTIONS.hold(inspection)
    media_file.content_type = examination.facts.content_type
    media_file.save(update_fields=["content_type"])
    similar.record(media_file, found, at=timezone.now())
    findings = [*examination.findings, *_duplicates(media_file, found)]
    inspection.findings.all().delete()
    Finding.objects.bulk_create(_row(inspection, found) for found in findings)
    with clock.timed("store_s"):
        copies.replace(media_file, examination.copies, attempt=inspection.attempts)
    clock.stop()
    _finish(inspection, examination, verdict=verdict_of(findings))
    conversion.plan(inspection)
    if inspection.verdict == Verdict.FAILED and media_file.submission.is_editable:
        _tell_author(media_file, Kind.FILE_REFUSED, at=at)
    if examination.facts.virus:
        _tell_of_virus(media_file, examination.facts.virus, at=at)


def _tell_of_virus(media_file, virus, *, at):
    log.warning("virus found", media_file_id=media_file.pk, virus=virus)
    tell_organisers_once(
        media_file.submission,
        Kind.FILE_INFECTED,
        at=at,
        file=media_file.original_name,
        virus=virus,
    )


def _finish(inspection, examination, *, verdict):
    inspection.verdict = verdict
    inspection.facts = examination.facts.to_json()
    inspection.tool_versions = examination.tool_versions
    inspection.log = "\n".join(filter(None, [inspection.log, examination.log]))
    INSPECTIONS.finish(inspection)
    transaction.on_commit(lambda: figures.note_finished(inspection), robust=True)


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

    What another's work has, or is only like, is for a person to look at (rule 74),
    accepted or not, withdrawn or not, once it was handed in.
    """
    entrant = media_file.submission.author
    twins = Submission.objects.filter(media_files__sha256=media_file.sha256).exclude(
        pk=media_file.submission_id
    )
    if twins.live().filter(author=entrant).exists():
        yield FoundFinding(Code.SET_FILE_TWICE, severity=Severity.ERROR)
    elif twins.filter(handed_in()).exclude(author=entrant).exists():
        yield FoundFinding(Code.SET_FILE_KNOWN, severity=Severity.WARNING)
    else:
        yield from _alike(found, entrant)


def _alike(found, entrant) -> Iterator[FoundFinding]:
    in_the_contest = Q(submission__state__in=LIVE)
    of_others = handed_in("submission__") & ~Q(submission__author=entrant)
    known = set(
        MediaFile.objects.filter(pk__in=[each.media_file_id for each in found])
        .filter(in_the_contest | of_others)
        .values_list("pk", flat=True)
    )
    seen = {each.kind for each in found if each.media_file_id in known}
    for kind in sorted(seen):
        yield FoundFinding(ALIKE[kind], severity=ALIKE[kind].severity)
