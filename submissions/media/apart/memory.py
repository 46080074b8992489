"""The memory of a process that is copied for every look."""

import ctypes


def give_back() -> None:
    """What is free in this process: a copy of it gets such a page empty and alone, not
    one that must be copied once more when it is written to. Where the C library has
    no such call, all stays as it is."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
