"""Where a job works: an empty folder of its own, and the file on this machine's disk.

Workers on other machines share nothing but the store, so what a killed one left is
removed by whoever works on the same machine next.
"""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.db.models import Model

from submissions.models import Conversion, Inspection, MediaFile
from submissions.states import ConversionState, InspectionState

A_TOKEN = "[0-9a-f]" * 32
ENDED = {InspectionState.FINISHED, InspectionState.ERRORED}
CONVERTED = {
    *(ConversionState.FINISHED, ConversionState.CANCELLED, ConversionState.ERRORED)
}


@contextmanager
def folder_for(media_file: MediaFile, *, purpose: str = "inspect") -> Iterator[Path]:
    """An empty folder; what a killed worker left of the same file goes first."""
    prefix = f"{purpose}-{media_file.token.hex}-"
    for left in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        prefix=prefix, ignore_cleanup_errors=True
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
    with media_file.file.open("rb") as stored, path.open("wb") as local:
        for chunk in File(stored).chunks():
            local.write(chunk)


def clear() -> None:
    """Remove what jobs left here that were killed after they had recorded all, or that
    another machine has done since."""
    _clear("inspect", Inspection, ENDED)
    _clear("convert", Conversion, CONVERTED)


def _clear(purpose: str, jobs: type[Model], ended_states: set[str]) -> None:
    found = {}
    for folder in Path(tempfile.gettempdir()).glob(f"{purpose}-{A_TOKEN}-*"):
        token = uuid.UUID(folder.name.split("-")[1])
        found.setdefault(token, []).append(folder)
    if not found:
        return
    ended = jobs.objects.filter(media_file__token__in=found, state__in=ended_states)
    for token in ended.values_list("media_file__token", flat=True):
        for folder in found[token]:
            shutil.rmtree(folder, ignore_errors=True)
