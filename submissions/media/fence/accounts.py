"""Who runs what reads an entrant's file: nobody in particular, where we are root."""

import logging
import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    def own(self, folder: Path) -> None:
        """Let it write in a folder of ours."""
        os.chown(folder, self.uid, self.gid)

    def become(self) -> None:
        os.setgroups([])
        os.setresgid(self.gid, self.gid, self.gid)
        os.setresuid(self.uid, self.uid, self.uid)


@cache
def unprivileged() -> Account | None:
    """The account named by MEDIA_USER; None when we are no root, or it is empty."""
    name = os.environ.get("MEDIA_USER", "nobody")
    if os.geteuid() != 0 or not name:
        return None
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        logger.warning("There is no account %r; tools run as root.", name)
        return None
    account = Account(found.pw_uid, found.pw_gid)
    return account if _can_become(account) else None


def _can_become(account: Account) -> bool:
    """A root without all of root's rights, as in some containers, cannot."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            account.own(Path(folder))
        subprocess.run(
            ["/bin/true"],
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        logger.warning("Tools run as our own user: %s", error)
        return False
    return True
