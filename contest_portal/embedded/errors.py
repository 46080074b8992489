"""What goes wrong on a machine, in one sentence that says what to do."""

import errno
import shutil
from pathlib import Path

SIGNS_OF_A_FULL_DISK = ["No space left on device", "Disk quota exceeded", "wrote only"]
LEAST_FREE_BYTES = 16 << 20  # without room for one more segment Postgres cannot go on


class CannotStart(Exception):
    """Shown to the person at the terminal as it is, without a stack trace."""


def explain(error: OSError) -> str:
    """One sentence for an error of the operating system."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full{where}. Free some space and start again."
    if error.errno in {errno.EACCES, errno.EPERM}:
        return (
            f"This user may not use a file of the portal{where}. It was probably made "
            "by another user: start as that user, or remove the folder var."
        )
    return f"{error.strerror or error}{where}."


def last_words(log: Path, *, since: int = 0) -> str:
    """Why a program says it stopped: a known cause as a sentence, else its last line.

    Only what it wrote after the first `since` bytes counts. On a full disk it may have
    found no room to write anything, so the disk is asked too.
    """
    with log.open("rb") as file:
        file.seek(since)
        lines = file.read().decode(errors="replace").splitlines()[-60:]
    said_so = any(sign in line for line in lines for sign in SIGNS_OF_A_FULL_DISK)
    if said_so or shutil.disk_usage(log).free < LEAST_FREE_BYTES:
        return "The disk is full. Free some space and start again."
    telling = [line for line in lines if "FATAL" in line or "rror" in line] or lines
    return f"{telling[-1].strip() if telling else 'It said nothing.'} (see {log})"
