"""Waits for what must come about."""

import time
from collections.abc import Callable


class Fault(Exception):
    """What a bench found to be otherwise than promised."""


def until(condition: Callable, *, what: str, seconds: float):
    """What the condition returns once that is true; a Fault when it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise Fault(f"waited {seconds:.0f} s in vain for {what}")


def require(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise Fault(otherwise)
