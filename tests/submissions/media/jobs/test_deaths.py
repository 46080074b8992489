"""A worker killed at any moment of a file's way: all ends well, and nothing is left."""

import os
from pathlib import Path

import pytest

from submissions.media.jobs import orphans
from submissions.models import Conversion, Derivative
from submissions.states import ConversionState, InspectionState, State
from tests import poison, workers
from tests.factories.submissions import make_contest, make_handed_in, picture_bytes
from tests.submissions.media import makers
from tests.submissions.media.jobs.test_workers import FILM, PHOTOGRAPH, queued

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::celery.exceptions.AlwaysEagerIgnored"),
]
MOMENTS = [
    (FILM, poison.COMPARING),
    (PHOTOGRAPH, poison.STORING),
    (FILM, poison.CONVERTING),
    (PHOTOGRAPH, poison.REPLACING),
    (PHOTOGRAPH, poison.SETTLING),
]
SCRATCH = ("inspect-*", "convert-*", "label-*", "examine-*")


@pytest.fixture
def files(media_folder, tmp_path):
    """Each named for the moment at which it kills its worker, once."""
    contest = make_contest()
    film = makers.film(tmp_path / "a.mp4", seconds=1, coding=makers.HEVC).read_bytes()
    made = []
    for number, (category, moment) in enumerate(MOMENTS):
        picture = picture_bytes(size=(1600, 1200 + number))
        file = queued(contest, category, picture if category == PHOTOGRAPH else film)
        file.original_name = moment
        file.save()
        made.append(file)
    work = make_handed_in(contest, state=State.SUBMITTED, files=0)
    settling = made[-1]
    settling.submission = work
    settling.save()
    return made


def is_done(file):
    made = Conversion.objects.filter(media_file=file).values_list("state", flat=True)
    return workers.row_of(file).state == InspectionState.FINISHED and list(made) == [
        ConversionState.FINISHED
    ]


def unknown_in(store: Path) -> set[str]:
    known = set(Derivative.objects.values_list("file", flat=True))
    there = (path for path in (store / "derivatives").rglob("*") if path.is_file())
    return {str(path.relative_to(store)) for path in there} - known


def test_whenever_a_worker_is_killed_its_work_is_done_and_nothing_is_left(
    files, media_folder, tmp_path
):
    settled = files[-1].submission
    var_dir = tmp_path / "var"
    with workers.running(var_dir, "quick", "slow", "scheduler"):
        workers.hand_over(*files)
        workers.until(lambda: all(map(is_done, files)), "all files", seconds=300)
        workers.until(
            lambda: _state_of(settled) == State.SCREENING, "the work to go on"
        )
        scratch = var_dir / "tmp"
        workers.until(lambda: not _left_in(scratch), "scratch folders to go")

    tries = [workers.row_of(file).attempts for file in files]
    conversions = [file.conversion.attempts for file in files]
    dies_early = {poison.COMPARING, poison.STORING}
    assert tries == [2 if moment in dies_early else 1 for _key, moment in MOMENTS]
    dies_late = {poison.CONVERTING, poison.REPLACING}
    assert conversions == [2 if moment in dies_late else 1 for _key, moment in MOMENTS]
    assert unknown_in(media_folder) == set()
    assert orphans.remove() == 0
    assert _processes_in(var_dir) == []


def _state_of(work):
    work.refresh_from_db()
    return work.state


def _left_in(scratch):
    return [path for name in SCRATCH for path in scratch.glob(name)]


def _processes_in(folder) -> list[str]:
    """Commands of processes that were started for these workers and live on."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            environment = (each / "environ").read_bytes()
            if os.fsencode(str(folder)) in environment:
                found.append((each / "cmdline").read_text())
        except OSError:
            continue
    return found
