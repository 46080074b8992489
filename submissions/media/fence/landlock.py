"""Landlock: which files a process opens from now on, and that it opens no connection.

The kernel's own interface, three calls with the same numbers on every processor. What
an older kernel does not know is left out; without Landlock there is no rule set.
"""

import ctypes
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_FILE, MAKE_FILE, TRUNCATE = 1 << 5, 1 << 8, 1 << 14
READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_FILE | MAKE_FILE | TRUNCATE
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
# By the version that brought them; all are refused but for what a rule allows.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
CONNECTIONS, CONNECTIONS_SINCE = 0b11, 4
SIGNALS_AND_SOCKETS, SCOPES_SINCE = 0b11, 6

_libc = ctypes.CDLL(None, use_errno=True)


class _Rules(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("connections", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


@cache
def version() -> int:
    """The kernel's version of Landlock; 0 where there is none."""
    return max(0, _libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION))


def rules(allowed: Iterable[tuple[Path, int]]) -> int | None:
    """A rule set as an open file; None where the kernel has no Landlock."""
    if not version():
        return None
    files = (1 << max(n for since, n in FILE_RIGHTS.items() if since <= version())) - 1
    wanted = _Rules(files)
    size = 8
    if version() >= CONNECTIONS_SINCE:
        wanted.connections, size = CONNECTIONS, 16
    if version() >= SCOPES_SINCE:
        wanted.scopes, size = SIGNALS_AND_SOCKETS, 24
    made = _checked(
        _libc.syscall(CREATE_RULESET, ctypes.byref(wanted), ctypes.c_size_t(size), 0)
    )
    for path, rights in allowed:
        with suppress(FileNotFoundError):
            _allow(made, path, rights & files)
    return made


def _allow(made: int, path: Path, rights: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= OF_FILES
        beneath = _Beneath(rights, descriptor)
        _checked(_libc.syscall(ADD_RULE, made, PATH_BENEATH, ctypes.byref(beneath), 0))
    finally:
        os.close(descriptor)


def enter(made: int) -> None:
    """Bind this process and all it starts; it must have given up new privileges."""
    _checked(_libc.syscall(RESTRICT_SELF, made, 0))


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
