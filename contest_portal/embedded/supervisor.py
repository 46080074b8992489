"""`make run`: everything the portal needs, started in order and kept alive."""

import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

from contest_portal import env
from contest_portal.embedded import places, processes, services
from contest_portal.embedded.errors import CannotStart, last_words
from contest_portal.embedded.programs import (
    make_folders,
    programs,
    stop_together,
    wait_until_ready,
)
from contest_portal.embedded.server import Server

RESTARTS = 5  # of one server within RESTARTS_WITHIN_S; then something is really wrong
RESTARTS_WITHIN_S = 60


class Stopped(BaseException):
    """Somebody asked us to stop; not an Exception, so that nothing else handles it."""


def run() -> None:
    """Start everything, keep it alive until a signal asks to stop, then stop it all."""
    env.refuse_unfinished_production()
    try:
        with _stop_signals(), ExitStack() as stack:
            _watch(_start(stack))
    except Stopped:
        say("Stopped.")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _start(stack: ExitStack) -> list[Server]:
    var_dir = env.var_dir()
    places.make_var_dir(var_dir)
    stack.enter_context(_only_one(var_dir))
    _refuse_busy_port(env.host(), env.port())
    servers = _start_services(stack, var_dir)
    make_folders(var_dir)
    environment = os.environ | {"VAR_DIR": str(var_dir)}
    _prepare(var_dir, environment)
    portal = programs(var_dir, environment)
    stack.callback(stop_together, portal)
    for program in portal:
        program.launch()
    wait_until_ready(host=env.local_host(), port=env.port(), watched=portal)
    _welcome()
    return [*servers, *portal]


def _start_services(stack: ExitStack, var_dir: Path) -> list[Server]:
    """The servers that no DATABASE_URL or REDIS_URL replaces."""
    servers = services.servers(
        var_dir, database=env.embedded_database(), broker=env.embedded_broker()
    )
    for server in servers:
        say(f"Starting {server.name}…")
        stack.callback(server.stop)
        server.start()
        if not server.data_dir.is_relative_to(var_dir):
            say(f"Its data lies in {server.data_dir}, for its user may not enter here.")
    return servers


def _prepare(var_dir: Path, environment: dict[str, str]) -> None:
    say("Preparing the database…")
    log = var_dir / "log" / "prepare.log"
    with processes.open_log(log) as errors:
        began = errors.tell()
        process = processes.spawn(
            [sys.executable, "-m", "contest_portal.embedded.prepare"],
            env=environment | {"PYTHONUNBUFFERED": "1"},
            cwd=env.BASE_DIR,
            stderr=errors,
        )
        try:
            process.wait()
        finally:
            processes.end_session(process)
    if process.returncode != 0:
        why = last_words(log, since=began)
        raise CannotStart(f"The database could not be prepared. {why}")


def _welcome() -> None:
    say("")
    say(f"The portal is ready: http://{env.local_host()}:{env.port()}/")
    if not env.in_production():
        say("Sign-in codes for mobile numbers appear here, in this terminal.")
        say("Codes of staff accounts: .venv/bin/python manage.py democode NAME")
    say("Logs are in var/log. Ctrl-C stops everything.")
    say("")


def _watch(servers: list[Server]) -> None:
    """Start again what has ended, but not for ever."""
    endings: dict[str, list[float]] = {server.name: [] for server in servers}
    while True:
        time.sleep(0.5)
        for server in filter(Server.has_ended, servers):
            now = time.monotonic()
            recent = [t for t in endings[server.name] if now - t < RESTARTS_WITHIN_S]
            endings[server.name] = [*recent, now]
            _start_again(server, times=len(recent) + 1)


def _start_again(server: Server, *, times: int) -> None:
    if times > RESTARTS:
        raise CannotStart(f"{server.name} keeps stopping. {server.last_words()}")
    say(f"{server.name} {_ending(server.process)}; starting it again.")
    server.launch()


def _ending(process: subprocess.Popen) -> str:
    if process.returncode < 0:
        return f"was killed ({signal.Signals(-process.returncode).name})"
    return f"stopped with status {process.returncode}"


@contextmanager
def _stop_signals():
    """Ctrl-C, SIGTERM or a closed terminal raise Stopped, once."""

    def stop(number, frame):
        for name in names:
            signal.signal(name, signal.SIG_IGN)
        say("Stopping…")
        raise Stopped

    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for name in names:
        signal.signal(name, stop)
    yield


@contextmanager
def _only_one(var_dir: Path):
    """One portal per folder; a second one is told so."""
    with (var_dir / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"The portal is already running in {var_dir}. Stop it with Ctrl-C "
                "in its terminal first."
            ) from None
        yield


def _refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotStart(
                    f"Port {port} is taken by another program. Choose another one: "
                    f"make run PORT={port + 1}"
                ) from None
            raise CannotStart(
                f"Cannot listen on {host}:{port}: {error.strerror}."
            ) from None
