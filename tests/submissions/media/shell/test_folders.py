import os

import pytest

from submissions.media.shell.folders import files_in, is_folder


def test_files_come_in_the_order_of_their_names_deep_ones_last(tmp_path):
    for name in ("b/2.jpg", "b/1.jpg", "a/1.jpg", "z.mp4", "c.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()

    found = files_in(tmp_path)

    names = ["c.jpg", "z.mp4", "a/1.jpg", "b/1.jpg", "b/2.jpg"]
    assert found.files == [tmp_path / name for name in names]
    assert (found.passed_over, found.closed) == ([], [])


@pytest.mark.parametrize(
    "name",
    [
        *(".DS_Store", "._照片.jpg", "~$方案.docx", "Thumbs.db", "desktop.ini"),
        *("a.mp4.part", "a.tmp", "a.crdownload"),
    ],
)
def test_hidden_and_half_done_files_are_passed_over(tmp_path, name):
    (tmp_path / name).touch()

    found = files_in(tmp_path)

    assert (found.files, found.passed_over) == ([], [tmp_path / name])


@pytest.mark.parametrize("name", ["$RECYCLE.BIN", "System Volume Information", ".git"])
def test_folders_of_the_system_are_passed_over_with_all_in_them(tmp_path, name):
    (tmp_path / name).mkdir()
    (tmp_path / name / "a.jpg").touch()

    found = files_in(tmp_path)

    assert (found.files, found.passed_over) == ([], [tmp_path / name])


def test_a_link_to_a_folder_is_no_loop(tmp_path):
    (tmp_path / "a.jpg").touch()
    (tmp_path / "again").symlink_to(tmp_path)

    found = files_in(tmp_path)

    assert (found.files, found.passed_over) == (
        [tmp_path / "a.jpg"],
        [tmp_path / "again"],
    )


def test_a_folder_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    """As root everything can be read, so the system says no here."""
    closed = tmp_path / "closed"
    closed.mkdir()
    really = os.scandir

    def scandir(path):
        if os.fspath(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return really(path)

    monkeypatch.setattr(os, "scandir", scandir)

    found = files_in(tmp_path)

    [(path, error)] = found.closed
    assert (path, error.errno) == (closed, 13)


@pytest.mark.parametrize("name", ["", "nowhere", "a\0b", "a" * 5000])
def test_odd_names_are_no_folders(name):
    assert not is_folder(name)
