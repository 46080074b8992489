"""Where a job works: an empty folder of its own, and the file on this machine's disk.

Workers on other machines share nothing but the store, so what a killed one left is
removed by whoever works on the same machine next.
"""

import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.db.models import Model

from submissions.media.tools.processes import ensure_room
from submissions.models import Conversion, Inspection, MediaFile
from submissions.states import JOBS_TO_DO

LABELLED_WITHIN_S = 3600  # twice what its task may take
FORGOTTEN_AFTER_S = 24 * 3600
COPIES_WHILE_FETCHED = 2
A_TOKEN = "[0-9a-f]" * 32


@contextmanager
def folder_for(media_file: MediaFile, *, purpose: str = "inspect") -> Iterator[Path]:
    """An empty folder; what a killed worker left of the same file goes first, for one
    job at a time holds its row."""
    left = Path(tempfile.gettempdir()).glob(f"{purpose}-{media_file.token.hex}-*")
    _remove(left)
    with own_folder_for(media_file, purpose=purpose) as folder:
        yield folder


@contextmanager
def own_folder_for(media_file: MediaFile, *, purpose: str) -> Iterator[Path]:
    """An empty folder beside those of other runs that may be under way."""
    with tempfile.TemporaryDirectory(
        prefix=f"{purpose}-{media_file.token.hex}-", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def local_copy(media_file: MediaFile, scratch: Path) -> Path:
    """The file on this machine's disk: as it lies, or fetched from the store."""
    try:
        path = Path(media_file.file.path)
    except NotImplementedError:
        path = scratch / "original"
        _fetch(media_file, path)
    if not path.is_file():  # lost on our side: not the entrant's fault
        raise FileNotFoundError(path)
    return path


def _fetch(media_file, path):
    """The store's own client keeps a second copy here until it has all of it."""
    ensure_room(path.parent, COPIES_WHILE_FETCHED * media_file.size_bytes)
    with media_file.file.open("rb") as stored, path.open("wb") as local:
        for chunk in File(stored).chunks():
            local.write(chunk)


def clear() -> None:
    """Remove what jobs left here that were killed after they had recorded all, or that
    another machine has done since."""
    _clear("inspect", Inspection)
    _clear("convert", Conversion)
    for folders in _folders("label").values():
        _remove(each for each in folders if _age_s(each) > LABELLED_WITHIN_S)


def _clear(purpose: str, jobs: type[Model]) -> None:
    found = _folders(purpose)
    if not found:
        return
    here = jobs.objects.filter(media_file__token__in=found)
    states = dict(here.values_list("media_file__token", "state"))
    for token, folders in found.items():
        if token not in states:  # taken away meanwhile, or another portal's
            _remove(each for each in folders if _age_s(each) > FORGOTTEN_AFTER_S)
        elif states[token] not in JOBS_TO_DO:
            _remove(folders)


def _folders(purpose: str) -> dict[uuid.UUID, list[Path]]:
    found = {}
    for folder in Path(tempfile.gettempdir()).glob(f"{purpose}-{A_TOKEN}-*"):
        token = uuid.UUID(folder.name.split("-")[1])
        found.setdefault(token, []).append(folder)
    return found


def _remove(folders) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _age_s(folder: Path) -> float:
    try:
        return time.time() - folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0
