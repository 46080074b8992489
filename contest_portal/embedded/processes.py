"""Child processes that never outlive the process that started them."""

import ctypes
import os
import pwd
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1
LARGEST_LOG = 10 * 1024 * 1024


@dataclass(frozen=True)
class Account:
    """Another user to run a server as. Only root can ask for that."""

    uid: int
    gid: int

    def options(self) -> dict:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, folder: Path) -> None:
        os.chown(folder, self.uid, self.gid)


def account_for(data_dir: Path | None) -> Account | None:
    """Who runs a server that refuses root: None (ourselves) unless we are root."""
    if os.geteuid() != 0:
        return None
    if data_dir and data_dir.exists() and data_dir.stat().st_uid != 0:
        owner = data_dir.stat()
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def spawn(
    command: list,
    *,
    last_signal: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    **options,
) -> subprocess.Popen:
    """Start a child in a session of its own, so Ctrl-C reaches only the parent.

    The kernel sends the child `last_signal` when the parent dies, however it dies.
    """
    parent = os.getpid()

    def die_with_parent():
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(last_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,
        **(account.options() if account else {}),
        **options,
    )


def wait_or_end(process: subprocess.Popen, seconds: float) -> None:
    """Wait for a child to end; after `seconds` end its whole session by force."""
    try:
        process.wait(max(0.1, seconds))
    except subprocess.TimeoutExpired:
        end_session(process)
        process.wait()


def end_session(process: subprocess.Popen) -> None:
    """End whatever is left of a child and of the processes it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def open_log(path: Path):
    """Append to a log; one that has grown large is put aside once, as `.1`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_name(f"{path.name}.1"))
    return path.open("ab")
