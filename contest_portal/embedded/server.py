"""What every child of the supervisor can do: start, be watched, stop, say why."""

import signal
import subprocess
import time
from pathlib import Path

from contest_portal.embedded import processes
from contest_portal.embedded.errors import last_words

PATIENCE_S = 8


class Server:
    """A program in a session of its own; its standard error goes to `log`."""

    stopped_by = signal.SIGTERM
    account: processes.Account | None = None

    def __init__(self, *, name: str, log: Path):
        self.name = name
        self.log = log
        self.process: subprocess.Popen | None = None
        self._log_began = 0

    def command(self) -> list:
        raise NotImplementedError

    def options(self) -> dict:
        """What else Popen is told: environment, folder, standard output."""
        return {}

    def launch(self) -> None:
        """Start it, and do not wait; what an earlier life left running is ended."""
        if self.process:
            processes.end_session(self.process)
        with processes.open_log(self.log) as log:
            self._log_began = log.tell()
            self.process = processes.spawn(
                self.command(),
                last_signal=self.stopped_by,
                account=self.account,
                **({"stdout": log} | self.options()),
                stderr=log,
            )

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stopped_by)

    def end_by(self, deadline: float) -> None:
        """Wait until it has ended; from `deadline` (monotonic) on, end it by force."""
        if self.process:
            processes.wait_or_end(self.process, deadline - time.monotonic())

    def stop(self) -> None:
        self.ask_to_stop()
        self.end_by(time.monotonic() + PATIENCE_S)

    def last_words(self) -> str:
        return last_words(self.log, since=self._log_began)
