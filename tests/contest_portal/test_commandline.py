"""What somebody reads who runs a command while nothing is running."""

import os
import subprocess
import sys

import pytest

from contest_portal import env


def run_command(tmp_path, *arguments, **changes):
    nothing_listens = {
        "DJANGO_SETTINGS_MODULE": "contest_portal.settings",
        "VAR_DIR": str(tmp_path),
        "EMBEDDED_SOCKET_DIR": str(tmp_path),
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=env.BASE_DIR,
        env=os.environ | nothing_listens | changes,
        check=False,
        capture_output=True,
        text=True,
    )


def test_a_silent_database_is_one_sentence(tmp_path):
    done = run_command(tmp_path, "showmigrations")

    assert (done.returncode, done.stderr) == (
        1,
        "The database is not running. Start the portal with `make run` in another "
        "terminal, then try again.\n",
    )


def test_a_silent_database_of_the_environment_says_what_it_was_asked(tmp_path):
    nobody = "postgres://ann@127.0.0.1:1/contest"

    done = run_command(tmp_path, "showmigrations", DATABASE_URL=nobody)

    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: connection to server")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["check", "makemigrations"])
def test_what_needs_no_database_runs_without_one(command, tmp_path):
    options = ["--check", "--dry-run"] if command == "makemigrations" else []

    done = run_command(tmp_path, command, *options, PYTHONWARNINGS="ignore")

    assert (done.returncode, done.stderr) == (0, "")
