"""Who runs what reads an entrant's file: nobody in particular, where we are root."""

import os
import pwd
from dataclasses import dataclass
from functools import cache
from pathlib import Path


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
        return None
    return Account(found.pw_uid, found.pw_gid)
