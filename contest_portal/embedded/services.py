"""Postgres and Valkey together: the portal's own, or throw-away ones."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from contest_portal.embedded import places, processes
from contest_portal.embedded.postgres import Postgres
from contest_portal.embedded.server import Server
from contest_portal.embedded.valkey import Valkey


def environment(var_dir: Path) -> dict[str, str]:
    """What points settings at the servers under `var_dir`, whatever else is set."""
    return {
        "ENV_FILE": "",
        "VAR_DIR": str(var_dir),
        "EMBEDDED_SOCKET_DIR": str(places.recorded_socket_dir(var_dir)),
        "MEDIA_ROOT": str(var_dir / "media"),
        "UPLOAD_STAGING_DIR": str(var_dir / "staging"),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "PORTAL_ENV": "demo",
        "MEDIA_STORAGE": "filesystem",
    }


def throw_away_dir(prefix: str = "contest-portal-") -> Path:
    """A temporary folder in which throw-away servers can work, root or not."""
    folder = places.short_temporary_dir(processes.account_for(None), prefix)
    places.make_socket_dir(folder, processes.account_for(None))
    return folder


@contextmanager
def running(var_dir: Path | None = None, *, keep: bool = False) -> Iterator[dict]:
    """Throw-away servers with a database of their own; yields `environment`.

    Everything lies in `var_dir`, or in a temporary folder; unless `keep` it is
    removed at the end. The servers are gone when the block is left.
    """
    var_dir = var_dir or throw_away_dir()
    places.make_var_dir(var_dir)
    try:
        with ExitStack() as stack:
            for server in servers(var_dir, throw_away=True):
                stack.callback(server.stop)
                server.start()
            yield environment(var_dir)
    finally:
        if not keep:
            forget(var_dir)


def servers(
    var_dir: Path,
    *,
    database: bool = True,
    broker: bool = True,
    throw_away: bool = False,
) -> list[Server]:
    """The servers asked for, not yet started, in the order in which they start."""
    account = processes.account_for(var_dir / "postgres")
    sockets = places.make_socket_dir(var_dir, account)
    log_dir = var_dir / "log"
    common = {"sockets": sockets, "throw_away": throw_away}
    found = []
    if database:
        home = places.data_home(var_dir, account)
        log = log_dir / "postgres.log"
        found.append(Postgres(data_dir=home / "postgres", log=log, **common))
    if broker:
        log = log_dir / "valkey.log"
        found.append(Valkey(data_dir=var_dir / "valkey", log=log, **common))
    return found


def forget(var_dir: Path) -> None:
    """Remove a throw-away folder and whatever had to lie outside it."""
    account = processes.account_for(var_dir / "postgres")
    sockets = places.recorded_socket_dir(var_dir)
    home = places.data_home(var_dir, account)
    for folder in {sockets, home / "postgres", home, var_dir}:
        shutil.rmtree(folder, ignore_errors=True)
