"""What a job took, by the clock and of processors."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Elsewhere:
    """Processor seconds of processes that work for this one, but are not its own."""

    def __init__(self):
        self.cpu_s = 0.0

    def tell(self, cpu_s: float) -> None:
        self.cpu_s += cpu_s


elsewhere = Elsewhere()


class Clock:
    """Writes seconds into `timings`, under names that end in _s."""

    def __init__(self, timings: dict):
        self._timings = timings
        self._began = time.monotonic()
        self._cpu_before = _cpu_s()

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self._timings[name] = round(time.monotonic() - began, 3)

    def take_over(self, timings: dict[str, float]) -> None:
        """What others measured."""
        self._timings |= {name: round(value, 3) for name, value in timings.items()}

    def stop(self) -> None:
        """The whole until now: `total_s`, and `cpu_s` with the tools it started."""
        self._timings["total_s"] = round(time.monotonic() - self._began, 3)
        self._timings["cpu_s"] = round(_cpu_s() - self._cpu_before, 3)


def _cpu_s() -> float:
    """Of this process, of those it has waited for, and of those elsewhere."""
    return sum(os.times()[:4]) + elsewhere.cpu_s
