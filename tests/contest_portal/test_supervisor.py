"""`make run` as somebody meets it: start, trouble, stop."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from contest_portal import env
from contest_portal.embedded import services
from contest_portal.embedded.portal import running_portal

PATIENCE_S = 180


@pytest.fixture
def place():
    """An empty `var/` of this test, and a free port."""
    var_dir = services.throw_away_dir()
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    yield var_dir, port
    services.forget(var_dir)


def launch(place, **changes):
    var_dir, port = place
    given = services.environment(var_dir) | {
        "PORT": str(port),
        "EMBEDDED_SOCKET_DIR": "",
        "DEMO_DATA": "no",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "contest_portal.embedded", "run"],
        cwd=env.BASE_DIR,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "contest_portal.settings"}
        | given
        | changes,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def portal(place):
    """A running portal; yields it and what it says."""
    process = launch(place)
    try:
        yield process, read_until(process, "Ctrl-C stops everything")
    finally:
        process.terminate()
        process.communicate(timeout=60)


def read_until(process, words):
    said = []
    deadline = time.monotonic() + PATIENCE_S
    for line in process.stdout:
        said.append(line)
        if words in line:
            return "".join(said)
        assert time.monotonic() < deadline, said
    raise AssertionError("".join(said))


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def children(pid):
    """The processes that a process started itself."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:  # it has ended meanwhile
            continue
        if int(parent) == pid:
            found.append(int(stat.parent.name))
    return found


def descendants(pid):
    """Every process below, so that none can be left over unnoticed."""
    below = children(pid)
    return below + [further for child in below for further in descendants(child)]


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def worker_of(process, queues):
    (worker,) = [
        pid
        for pid in children(process.pid)
        if " worker " in command_of(pid) and f" --queues {queues} " in command_of(pid)
    ]
    return worker


def test_the_portal_starts_mends_itself_and_stops_whole(place):
    var_dir, port = place
    with portal(place) as (process, said):
        assert f"http://127.0.0.1:{port}/" in said
        status, body = get(port, "/readyz")
        assert (status, json.loads(body)["status"]) == (200, "ready")

        for queues, name in [
            ("quick,storing", "The worker"),
            ("storing_large", "The worker that stores large files"),
            ("slow", "The worker for films"),
        ]:
            os.kill(worker_of(process, queues), signal.SIGKILL)
            read_until(process, f"{name} was killed (SIGKILL); starting it again.")

        second = launch(place)
        refusal, _none = second.communicate(timeout=60)
        assert (second.returncode, refusal) == (
            1,
            f"The portal is already running in {var_dir}. Stop it with Ctrl-C in its "
            "terminal first.\n",
        )

        everything = descendants(process.pid)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        said, _none = process.communicate(timeout=60)

    assert (process.returncode, said.splitlines()[-1]) == (0, "Stopped.")
    assert time.monotonic() - began < 15
    assert [pid for pid in everything if command_of(pid)] == []


def test_a_busy_port_is_one_sentence(place):
    _var_dir, port = place
    with socket.create_server(("127.0.0.1", port)):
        process = launch(place)
        said, _none = process.communicate(timeout=60)

    assert (process.returncode, said) == (
        1,
        f"Port {port} is taken by another program. Choose another one: "
        f"make run PORT={port + 1}\n",
    )


def test_production_without_a_secret_does_not_start(place):
    process = launch(place, PORTAL_ENV="production", SECRET_KEY="")

    said, _none = process.communicate(timeout=60)

    assert (process.returncode, said) == (
        1,
        "Set SECRET_KEY: production does not start without it.\n",
    )


def test_a_rehearsal_has_a_portal_of_its_own():
    with running_portal(DEMO_TODAY="2031-05-20") as portal:
        status, body = get(int(portal.url.rpartition(":")[2]), "/readyz")
        today = portal.manage("shell", "-v", "0", "-c", PRINT_TODAY)
        web = (portal.var_dir / "log" / "web.log").read_text()

    assert (status, json.loads(body)["status"]) == (200, "ready")
    assert today == "2031-05-20\n"
    assert "Listening at" in web
    assert not portal.var_dir.exists()


PRINT_TODAY = "from contests import clock; print(clock.today())"
