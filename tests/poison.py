"""Imported by the workers of tests: a file with this ending kills whoever examines it,
as a slip in a decoder would."""

import os
import signal

from submissions.media.jobs import inspection

POISON = b"\0deadly"
_examine = inspection.examine


def examine(path, **options):
    if path.read_bytes().endswith(POISON):
        os.kill(os.getpid(), signal.SIGKILL)
    return _examine(path, **options)


inspection.examine = examine
