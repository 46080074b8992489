"""The whole portal on throw-away servers, for a rehearsal beside `make run`."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from contest_portal import env
from contest_portal.embedded import services
from contest_portal.embedded.errors import CannotStart
from contest_portal.embedded.programs import (
    make_folders,
    programs,
    stop_together,
    wait_until_ready,
)


@dataclass(frozen=True)
class Portal:
    """A running portal: its address, its folder, the environment of its processes."""

    url: str
    var_dir: Path
    environment: dict[str, str]

    def manage(self, *arguments) -> str:
        """Run a management command on this portal's data; returns what it prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=env.BASE_DIR,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise CannotStart(f"{arguments[0]} failed. {done.stderr.strip()}")
        return done.stdout


@contextmanager
def running_portal(
    var_dir: Path | None = None, *, keep: bool = False, **changes: str
) -> Iterator[Portal]:
    """Servers, an empty migrated database, web server, worker and scheduler.

    `changes` go into the environment of all of them, such as DEMO_TODAY. When the block
    is left everything stops, and unless `keep` the folder is removed.
    """
    port = _free_port()
    with services.running(var_dir, keep=keep) as pointing_there:
        here = {"HOST": "127.0.0.1", "PORT": str(port), "SITE_URL": ""}
        portal = Portal(
            url=f"http://127.0.0.1:{port}",
            var_dir=Path(pointing_there["VAR_DIR"]),
            environment=os.environ | pointing_there | here | changes,
        )
        make_folders(portal.var_dir)
        portal.manage("migrate", "--verbosity", "0")
        with _running_programs(portal, port):
            yield portal


@contextmanager
def _running_programs(portal: Portal, port: int):
    started = programs(portal.var_dir, portal.environment)
    try:
        for program in started:
            program.launch()
        wait_until_ready(host="127.0.0.1", port=port, watched=started)
        yield
    finally:
        stop_together(started)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
