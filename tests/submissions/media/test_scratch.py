"""The folders in which jobs work, on a machine that shares only the store."""

import os
import time

import pytest

from submissions.media import scratch
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


def test_a_file_that_lies_here_is_not_copied(temporary):
    media_file = make_media_file(make_draft(make_contest()))

    path = scratch.local_copy(media_file, temporary)

    assert str(path) == media_file.file.path
    assert not list(temporary.iterdir())
