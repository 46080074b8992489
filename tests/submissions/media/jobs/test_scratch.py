"""The folders in which jobs work, on a machine that shares only the store."""

import os
import shutil
import time
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.storage import FileSystemStorage

from submissions.media.jobs import scratch
from submissions.media.tools.processes import ToolFailed
from submissions.states import InspectionState
from tests.factories.submissions import make_contest, make_draft, make_media_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def temporary(monkeypatch, tmp_path):
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_folders_of_finished_inspections_are_removed_and_no_others(temporary):
    draft = make_draft(make_contest())
    finished = make_media_file(draft)
    running = make_media_file(draft, state=InspectionState.RUNNING)
    for token in (finished.token.hex, running.token.hex, "0" * 32):
        (temporary / f"inspect-{token}-left").mkdir()

    scratch.clear()

    kept = {path.name for path in temporary.glob("inspect-*")}
    assert kept == {f"inspect-{running.token.hex}-left", f"inspect-{'0' * 32}-left"}


def test_folders_nobody_knows_are_removed_when_they_are_old(temporary):
    for name, hours in (("label", 2), ("inspect", 25), ("label", 0), ("inspect", 2)):
        left = temporary / f"{name}-{'0' * 32}-{hours}"
        left.mkdir()
        at = time.time() - hours * 3600
        os.utime(left, (at, at))

    scratch.clear()

    kept = {path.name for path in temporary.iterdir()}
    assert kept == {f"label-{'0' * 32}-0", f"inspect-{'0' * 32}-2"}


def test_where_nothing_was_left_the_database_is_not_asked(
    temporary, django_assert_num_queries
):
    with django_assert_num_queries(0):
        scratch.clear()


def test_a_folder_is_empty_at_first_and_gone_at_last(temporary):
    media_file = make_media_file(make_draft(make_contest()))
    left = temporary / f"inspect-{media_file.token.hex}-left"
    left.mkdir()

    with scratch.folder_for(media_file) as folder:
        inside = [path.name for path in temporary.iterdir()]

    assert inside == [folder.name]
    assert not list(temporary.iterdir())


def test_runs_that_may_be_under_way_together_have_folders_of_their_own(temporary):
    media_file = make_media_file(make_draft(make_contest()))

    with scratch.own_folder_for(media_file, purpose="label") as one:
        with scratch.own_folder_for(media_file, purpose="label") as other:
            inside = {path.name for path in temporary.iterdir()}
        left = [path.name for path in temporary.iterdir()]

    assert inside == {one.name, other.name}
    assert left == [one.name]


class Elsewhere(FileSystemStorage):
    """A store whose files do not lie on this machine, as far as anybody can see."""

    def path(self, name):
        raise NotImplementedError

    def open(self, name, mode="rb"):
        return File(Path(super().path(name)).open(mode), name=name)


def test_a_file_is_fetched_only_where_there_is_room_for_it(temporary, settings):
    media_file = make_media_file(make_draft(make_contest()))
    content = media_file.file.read()
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"{__name__}.Elsewhere"}
    }
    there = scratch.local_copy(media_file, temporary)
    media_file.size_bytes = shutil.disk_usage(temporary).total

    with pytest.raises(ToolFailed, match="no room"):
        scratch.local_copy(media_file, temporary)

    assert there.read_bytes() == content


def test_a_file_that_lies_here_is_not_copied(temporary):
    media_file = make_media_file(make_draft(make_contest()))

    path = scratch.local_copy(media_file, temporary)

    assert str(path) == media_file.file.path
    assert not list(temporary.iterdir())
