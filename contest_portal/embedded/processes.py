"""Child processes that never outlive the process that started them."""

import ctypes
import os
import pwd
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


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


def stop(
    process: subprocess.Popen | None,
    *,
    by: signal.Signals = signal.SIGTERM,
    within: float = 8,
) -> None:
    """Ask a child to end; after `within` seconds end its whole session."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(by)
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
