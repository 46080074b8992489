"""The portal's own processes: web server, workers and the clock of periodic tasks."""

import http.client
import shutil
import sys
import time
from pathlib import Path

from contest_portal import env
from contest_portal.embedded.errors import CannotStart
from contest_portal.embedded.server import Server

PATIENCE_S = 90
GRACE_S = 6  # then a program is ended by force
NAMES = {
    "web": "The web server",
    "quick": "The worker",
    "storing": "The worker that stores large files",
    "slow": "The worker for films",
    "scheduler": "The scheduler",
}
CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "contest_portal"]
ALONE = ("--without-gossip", "--without-mingle", "--without-heartbeat")


class Program(Server):
    """What it prints goes to the terminal, what it logs to a file under `var/log`."""

    def __init__(self, *, name: str, command: list, log: Path, environment: dict):
        super().__init__(name=NAMES[name], log=log)
        self.key = name
        self._command = command
        self._environment = environment

    def command(self):
        return self._command

    def options(self):
        return {"env": self._environment, "cwd": env.BASE_DIR, "stdout": None}


def programs(var_dir: Path, environment: dict[str, str]) -> list[Program]:
    """Web server, workers and beat, not yet started."""
    commands = {
        "web": [
            *(sys.executable, "-m", "gunicorn"),
            *("--config", "python:contest_portal.webserver"),
        ],
        "quick": worker("quick", queues=("quick", "storing"), processes=2),
        "storing": worker(
            "storing", queues=("storing_large",), processes=1, pool="threads"
        ),
        "slow": ["nice", "-n", "5", *worker("slow", queues=("slow",), processes=1)],
        "scheduler": [*CELERY, "beat", "--loglevel", "INFO", "--pidfile="],
    }
    return [
        Program(
            name=name,
            command=command,
            log=var_dir / "log" / f"{name}.log",
            environment=environment_of(name, var_dir, environment),
        )
        for name, command in commands.items()
    ]


def worker(
    name: str, *, queues: tuple[str, ...], processes: int, pool: str = "prefork"
) -> list[str]:
    """The command of a worker that serves these queues; one of threads is a single
    process, for tasks that mostly wait for disk and line."""
    return [
        *CELERY,
        *("worker", "--loglevel", "INFO", "--hostname", f"{name}@%h"),
        *("--queues", ",".join(queues), "--concurrency", str(processes), *ALONE),
        *("--pool", pool),
    ]


def environment_of(name: str, var_dir: Path, environment: dict[str, str]) -> dict:
    """Standard output unbuffered: sign-in codes must show at once."""
    given = environment | {"PYTHONUNBUFFERED": "1", "WEB_GRACE_SECONDS": "3"}
    if name == "web":
        given["PROMETHEUS_MULTIPROC_DIR"] = str(var_dir / "metrics")
    return given


def wait_until_ready(*, host: str, port: int, watched: list[Server]) -> None:
    """Until /readyz says that web, servers, storage and workers all work."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        for server in watched:
            if server.has_ended():
                raise CannotStart(f"{server.name} stopped. {server.last_words()}")
        if _is_ready(host, port):
            return
        time.sleep(0.25)
    raise CannotStart("The portal did not become ready; the files in var/log say why.")


def _is_ready(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/readyz", headers=_host_header())
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _host_header() -> dict[str, str]:
    named = [name for name in env.hosts() if name != "*"]
    return {"Host": named[0].lstrip(".")} if named else {}


def stop_together(started: list[Server]) -> None:
    """Ask all first, so that the slowest one sets the time."""
    for program in started:
        program.ask_to_stop()
    deadline = time.monotonic() + GRACE_S
    for program in started:
        program.end_by(deadline)


def make_folders(var_dir: Path) -> None:
    """What the programs expect to find; figures of an earlier life are dropped."""
    shutil.rmtree(var_dir / "metrics", ignore_errors=True)
    for name in ("log", "media", "metrics", "static", "uploads"):
        (var_dir / name).mkdir(parents=True, exist_ok=True)
