"""A whole portal whose parts a bench may end, and start again."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from bench import moved_clock
from bench.waiting import until
from contest_portal.embedded import services
from contest_portal.embedded.processes import end_session
from contest_portal.embedded.programs import (
    Program,
    make_folders,
    programs,
    stop_together,
    wait_until_ready,
)
from contest_portal.embedded.server import Server
from tests.factories.submissions import COLLECTING

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Portal:
    port: int
    postgres: Server
    valkey: Server
    programs: dict[str, Program]
    _killed: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def kill(self, name: str) -> None:
        """`kill -9` of a program and of all that it started; none of it lives on."""
        self._killed.add(name)
        process = self.programs[name].process
        process.send_signal(signal.SIGKILL)
        end_session(process)
        process.wait()

    def start_again(self, name: str) -> None:
        self.programs[name].launch()
        self._killed.discard(name)

    def start_what_ended(self) -> None:
        """As `make run` does: Celery's worker may end when its broker goes away."""
        for name, program in self.programs.items():
            if name not in self._killed and program.has_ended():
                program.launch()

    def web_processes(self) -> list[int]:
        """Those that answer requests; their parent only watches over them."""
        parent = self.programs["web"].process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        return [int(pid) for pid in children.split()]


@contextmanager
def running(
    environment: dict[str, str], *, without: tuple[str, ...] = ()
) -> Iterator[Portal]:
    """Servers, a migrated database, and the programs but those named in `without`."""
    with ExitStack() as stack:
        servers = services.servers(settings.VAR_DIR)
        for server in servers:
            stack.callback(server.stop)
            server.start()
        make_folders(settings.VAR_DIR)
        call_command("migrate", verbosity=0)
        moved_clock.set_to(COLLECTING)
        portal = _portal(servers, environment)
        wanted = [each for name, each in portal.programs.items() if name not in without]
        stack.callback(stop_together, wanted)
        for program in wanted:
            program.launch()
        _wait(portal, wanted, is_whole=not without)
        with _watched(portal):
            yield portal


@contextmanager
def _watched(portal: Portal):
    """Children die with the thread that started them, so it lives to the end."""
    over = threading.Event()

    def watch():
        while not over.wait(0.5):
            portal.start_what_ended()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _portal(servers, environment):
    port = free_port()
    here = {"HOST": HOST, "PORT": str(port)}
    made = programs(settings.VAR_DIR, environment | here)
    postgres, valkey = servers
    return Portal(port, postgres, valkey, {each.key: each for each in made})


def _wait(portal, wanted, *, is_whole):
    if is_whole:
        wait_until_ready(host=HOST, port=portal.port, watched=wanted)
    else:
        wait_for_port(portal.port)


def wait_for_port(port: int) -> None:
    """Until something listens there."""
    until(lambda: _listens(port), what=f"a server on port {port}", seconds=60)


def _listens(port):
    with socket.socket() as trial:
        return trial.connect_ex((HOST, port)) == 0


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return trial.getsockname()[1]
