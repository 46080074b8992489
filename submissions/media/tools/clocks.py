"""What a job took, by the clock and of processors."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Writes seconds into `timings`, under names that end in _s."""

    def __init__(self, timings: dict):
        self._timings = timings
        self._began = time.monotonic()
        self._cpu_before = _cpu_s()
        self._cpu_elsewhere = 0.0

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self._timings[name] = round(time.monotonic() - began, 3)

    def take_over(self, timings: dict[str, float]) -> None:
        """What others measured; their `cpu_s` is of processes we do not wait for."""
        self._timings |= {name: round(value, 3) for name, value in timings.items()}
        self._cpu_elsewhere += self._timings.pop("cpu_s", 0.0)

    def stop(self) -> None:
        """The whole until now: `total_s`, and `cpu_s` with the tools it started."""
        self._timings["total_s"] = round(time.monotonic() - self._began, 3)
        spent = _cpu_s() - self._cpu_before + self._cpu_elsewhere
        self._timings["cpu_s"] = round(spent, 3)


def _cpu_s() -> float:
    """Of this process and of those it has waited for."""
    return sum(os.times()[:4])
