"""The embedded servers are real, closed to others, and leave nothing behind."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import psycopg2
import pytest
import redis
from django.core.cache import cache
from django.db import connection

from contest_portal import env
from contest_portal.embedded import errors, places, processes, services
from contest_portal.embedded.postgres import DATABASE, USER
from contest_portal.embedded.valkey import SOCKET


def connect(sockets):
    return psycopg2.connect(host=sockets, user=USER, dbname=DATABASE)


def is_running(pid):
    """A zombie has ended; it only waits to be noticed."""
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")


@pytest.mark.django_db
def test_trigrams_of_chinese_text_are_found():
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")

        cursor.execute("SELECT cardinality(show_trgm('山河新声'))")

        assert cursor.fetchone() == (5,)


@pytest.mark.django_db
def test_letters_beyond_ascii_have_an_upper_case():
    with connection.cursor() as cursor:
        cursor.execute("SELECT upper('é')")

        assert cursor.fetchone() == ("É",)


def test_the_cache_is_a_real_server_of_this_run():
    cache.set("season", "秋")

    assert cache.get("season") == "秋"


def test_throw_away_servers_answer_and_then_are_gone():
    with services.running() as environment:
        var_dir = Path(environment["VAR_DIR"])
        sockets = environment["EMBEDDED_SOCKET_DIR"]
        with connect(sockets) as database, database.cursor() as cursor:
            cursor.execute("SELECT 1 + 1")
            answer = cursor.fetchone()
        database.close()
        with redis.Redis(unix_socket_path=f"{sockets}/{SOCKET}") as broker:
            assert broker.ping()
        mode = stat.S_IMODE(Path(sockets).stat().st_mode)

    assert (answer, oct(mode), var_dir.exists()) == ((2,), "0o700", False)


def test_kept_servers_find_their_data_again():
    var_dir = services.throw_away_dir()
    with services.running(var_dir, keep=True) as environment:
        with connect(environment["EMBEDDED_SOCKET_DIR"]) as database:
            database.cursor().execute("CREATE TABLE seen AS SELECT '秋' AS season")
        database.close()

    with services.running(var_dir) as environment:
        with connect(environment["EMBEDDED_SOCKET_DIR"]) as database:
            cursor = database.cursor()
            cursor.execute("SELECT season FROM seen")
            found = cursor.fetchone()
        database.close()

    assert found == ("秋",)


def test_a_path_too_long_for_sockets_is_replaced_and_noted(tmp_path):
    long = tmp_path / ("a-very-long-name" * 6)
    places.make_var_dir(long)

    folder = places.make_socket_dir(long, processes.account_for(None))

    try:
        assert len(os.fsencode(folder)) <= places.LONGEST_SOCKET_DIR
        assert places.recorded_socket_dir(long) == folder
    finally:
        folder.rmdir()


def test_a_folder_that_somebody_else_put_there_is_refused(tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "theirs")

    with pytest.raises(errors.CannotStart, match="belongs to another user"):
        places.make_private(tmp_path / "run", None)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts servers as another")
def test_a_checkout_that_the_server_may_not_enter_is_served_from_elsewhere(tmp_path):
    tmp_path.chmod(0o700)

    with services.running(tmp_path / "var") as environment:
        sockets = Path(environment["EMBEDDED_SOCKET_DIR"])
        connect(str(sockets)).close()
        home = places.data_home(tmp_path / "var", processes.account_for(None))

    assert not sockets.is_relative_to(tmp_path)
    assert (sockets.exists(), home.exists()) == (False, False)


def test_servers_end_when_their_parent_is_killed():
    parent = subprocess.Popen(
        [sys.executable, "-c", KILLED_PARENT],
        cwd=env.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    var_dir, *pids = parent.stdout.readline().split()
    try:
        parent.send_signal(signal.SIGKILL)
        parent.wait()

        wait_until(lambda: not any(is_running(pid) for pid in pids))
    finally:
        services.forget(Path(var_dir))
        parent.stdout.close()


KILLED_PARENT = """
import sys, time
from contest_portal.embedded import services
var_dir = services.throw_away_dir()
servers = services.servers(var_dir, throw_away=True)
for server in servers:
    server.start()
print(var_dir, *(server.process.pid for server in servers), flush=True)
time.sleep(60)
"""


def test_a_full_disk_is_one_sentence(tmp_path):
    log = tmp_path / "postgres.log"
    log.write_text("FATAL: could not write lock file: No space left on device\n")

    assert errors.last_words(log) == (
        "The disk is full. Free some space and start again."
    )


def test_only_what_was_said_this_time_counts(tmp_path):
    log = tmp_path / "web.log"
    log.write_text("Error of yesterday\n")
    began = log.stat().st_size
    with log.open("a") as file:
        file.write("starting\nOSError: today's\nbye\n")

    assert errors.last_words(log, since=began) == f"OSError: today's (see {log})"


def test_a_disk_too_full_for_a_last_word_is_named_all_the_same(tmp_path, monkeypatch):
    log = tmp_path / "prepare.log"
    log.touch()
    full = SimpleNamespace(free=errors.LEAST_FREE_BYTES - 1)
    monkeypatch.setattr(errors.shutil, "disk_usage", lambda path: full)

    words = errors.last_words(log)

    assert words == "The disk is full. Free some space and start again."


def test_a_full_disk_met_by_the_portal_itself_is_the_same_sentence():
    error = OSError(28, "No space left on device", "/srv/portal/var/media")

    assert errors.explain(error) == (
        "The disk is full (/srv/portal/var/media). Free some space and start again."
    )


def test_a_large_log_is_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "LARGEST_LOG", 3)
    (tmp_path / "web.log").write_bytes(b"long enough")

    with processes.open_log(tmp_path / "web.log") as log:
        log.write(b"new")

    assert (tmp_path / "web.log").read_bytes() == b"new"
    assert (tmp_path / "web.log.1").read_bytes() == b"long enough"
