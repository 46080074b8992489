"""Files in the store that no row knows: of a process that was killed before its rows
were committed, or between that and the clearing up of what they replaced."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import structlog
from django.core.files.storage import default_storage
from django.db.models import Model
from django.utils import timezone

from submissions.models import Attachment, Derivative, MediaFile, Upload
from submissions.states import UploadState

log = structlog.get_logger(__name__)

OLD_ENOUGH = timedelta(days=1)  # no transaction is open for so long
MOST = 500  # of more the store is not to blame: the database is an older one
KNOWN = 20  # of the newest files, all of which must lie here, or nothing is deleted
UNDER_WAY = (UploadState.RECEIVING, UploadState.FINISHING)
FOLDERS: dict[str, type[Model]] = {
    "originals": MediaFile,
    "derivatives": Derivative,
    "attachments": Attachment,
}


def remove() -> int:
    """Delete what has lain there for a day and belongs to nobody; how many that were.

    An upload keeps its time when it is put into its place, however old that is; so what
    is still on its way is known by the upload's row. Where very many rows are missing,
    or the store is not the one this database writes to, nothing is deleted.
    """
    if not _is_ours():
        log.error("the store does not hold this database's files, so none is removed")
        return 0
    found = [name for folder, model in FOLDERS.items() for name in _lost(folder, model)]
    if len(found) > MOST:
        log.error("too many orphans, so none is removed", count=len(found))
        return 0
    for name in found:
        log.warning("removing an orphan", file=name)
        default_storage.delete(name)
    return len(found)


def _is_ours() -> bool:
    """An empty database knows nothing, and one of another installation nothing here."""
    newest = MediaFile.objects.order_by("-uploaded_at", "-pk")[:KNOWN]
    names = list(newest.values_list("file", flat=True))
    return bool(names) and all(map(default_storage.exists, names))


def _lost(folder: str, model: type[Model]) -> Iterator[str]:
    """Looked for shelf by shelf: each takes two short queries."""
    oldest = timezone.now() - OLD_ENOUGH
    for shelf in _listed(folder)[0]:
        files = _listed(f"{folder}/{shelf}")[1]
        names = {f"{folder}/{shelf}/{file}" for file in files}
        names -= set(
            model.objects.filter(file__in=names).values_list("file", flat=True)
        )
        tokens = {name: _token(name) for name in names}
        coming = set(
            Upload.objects.filter(
                token__in=filter(None, tokens.values()), state__in=UNDER_WAY
            ).values_list("token", flat=True)
        )
        for name in sorted(names):
            if tokens[name] not in coming and _modified_at(name, oldest) < oldest:
                yield name


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _token(name: str) -> UUID | None:
    """Of the address; a name that was taken has letters behind it."""
    try:
        return UUID(name.rpartition("/")[2].partition("_")[0])
    except ValueError:
        return None


def _modified_at(name, otherwise):
    try:
        return default_storage.get_modified_time(name)
    except FileNotFoundError:  # deleted meanwhile
        return otherwise
