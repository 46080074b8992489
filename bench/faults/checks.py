"""What must hold after every round, asked of the database and of the disk."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from bench.faults.rounds import CHUNK, Round
from bench.waiting import require, until
from submissions.models import Attachment, Derivative, Inspection, Upload
from submissions.states import InspectionState, UploadState
from submissions.uploads.staging import Staged, staging_dir

ENDED = {UploadState.FINISHED, UploadState.REFUSED, UploadState.ENDED}


def check(played: Round) -> None:
    """One file with the right bytes, looked at; nothing sent or kept in vain."""
    again = played.sent - played.size
    require(again <= CHUNK, f"{again} bytes were sent again")
    upload = until(
        lambda: _ended(played), what="the upload's end", seconds=played.deadline_s
    )
    require(
        upload.state == UploadState.FINISHED,
        f"the upload is {upload.state} {upload.refusal_code}",
    )
    files = list(played.draft.media_files.all())
    require(len(files) == 1, f"the work has {len(files)} files")
    require(files[0].sha256 == played.sha256, "the recorded SHA-256 is another")
    stored = hashlib.sha256(Path(files[0].file.path).read_bytes()).hexdigest()
    require(stored == played.sha256, "the stored bytes are others")
    until(
        lambda: _inspected(files[0]), what="the inspection", seconds=played.deadline_s
    )
    until(lambda: not _staged(upload), what="the staging file to go", seconds=5)


def _ended(played):
    """None as long as bytes are on their way, or the database is not there."""
    try:
        upload = played.upload
    except (OperationalError, InterfaceError):
        connection.close()
        return None
    return upload if upload.state in ENDED else None


def _inspected(media_file):
    inspection = Inspection.objects.get(media_file=media_file)
    require(
        inspection.state != InspectionState.ERRORED,
        f"the inspection broke: {inspection.log}",
    )
    return inspection.state == InspectionState.FINISHED


def _staged(upload):
    staged = Staged(upload.token)
    return staged.path.exists() or staged.path.with_suffix(".who").exists()


def leftovers() -> list[str]:
    """Files that no row knows, once nobody works on anything any more."""
    return [*_unknown_staging(), *_unknown_media(), *_scratch()]


def _unknown_staging() -> Iterable[str]:
    under_way = set(Upload.objects.under_way().values_list("token", flat=True))
    for path in staging_dir().iterdir():
        if UUID(path.stem) not in under_way:
            yield f"staging/{path.name}"


def _unknown_media() -> Iterable[str]:
    media = Path(settings.MEDIA_ROOT)
    rows = [Derivative.objects, Attachment.objects, Upload.objects]
    fields = ["file", "file", "media_file__file"]
    known = {
        name
        for row, field in zip(rows, fields, strict=True)
        for name in row.values_list(field, flat=True)
    }
    for path in media.rglob("*"):
        if path.is_file() and str(path.relative_to(media)) not in known:
            yield f"media/{path.relative_to(media)}"


def _scratch() -> Iterable[str]:
    """Where inspections put what they only need for a while."""
    for path in (settings.VAR_DIR / "tmp").glob("inspect-*"):
        yield f"tmp/{path.name}"
