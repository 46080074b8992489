"""Setting up says in one sentence what is wrong, and does nothing twice."""

import sys
from pathlib import Path

import pytest

from tools import set_up


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """An empty `.venv` of this test, with lock files beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(set_up, "VENV", tmp_path / ".venv")
    (tmp_path / ".venv").mkdir()
    Path(set_up.RUN).write_text("django==5.2.19\n")
    Path(set_up.TESTS).write_text("django==5.2.19\npytest==9.2.0\n")
    return tmp_path / ".venv"


@pytest.fixture
def installed(monkeypatch):
    """What uv is asked to install; nothing is."""
    asked = []
    monkeypatch.setattr(set_up, "install_with_uv", lambda name: not asked.append(name))
    return asked


def test_an_unchanged_lock_file_is_not_installed_again(environment, installed):
    set_up.install(set_up.RUN)
    set_up.install(set_up.RUN)

    assert installed == [set_up.RUN]


def test_a_changed_lock_file_is_installed(environment, installed):
    set_up.install(set_up.RUN)
    Path(set_up.RUN).write_text("django==5.2.20\n")
    set_up.install(set_up.RUN)

    assert installed == [set_up.RUN, set_up.RUN]


def test_what_tests_need_covers_what_running_needs(environment, installed):
    set_up.install(set_up.TESTS)
    set_up.install(set_up.RUN)

    assert installed == [set_up.TESTS]


def test_a_full_disk_is_one_sentence():
    with pytest.raises(set_up.CannotSetUp) as refusal:
        set_up.refuse_full_disk("error: No space left on device (os error 28)")

    assert str(refusal.value) == "The disk is full. Free some space and start again."


def test_a_failing_command_ends_with_its_last_line():
    command = [sys.executable, "-c", "raise SystemExit('No such package.')"]

    with pytest.raises(set_up.CannotSetUp) as refusal:
        set_up.run(command, "The packages could not be installed.")

    assert str(refusal.value) == "The packages could not be installed. No such package."


def test_a_mirror_given_to_pip_serves_uv_too(monkeypatch):
    monkeypatch.setattr(set_up, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example.org/simple")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)

    found = set_up.uv_environment()

    assert found["UV_DEFAULT_INDEX"] == "https://mirror.example.org/simple"
