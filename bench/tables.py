"""Tables as they stand in docs/benchmarks.md, and the machine they are from."""

import os
import platform
from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone


def table(heads: Iterable[str], rows: Iterable[Iterable]) -> str:
    return "\n".join([head(heads), *map(row, rows)]) + "\n"


def head(heads: Iterable[str]) -> str:
    """The two lines a table begins with, for one whose rows come one by one."""
    heads = list(heads)
    return f"{row(heads)}\n{row(['---'] + ['---:'] * (len(heads) - 1))}"


def row(cells: Iterable) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def machine() -> str:
    """Processors, memory, how busy it was when asked, and the day."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} × {_processor()}, {pages / 1e9:.0f} GB, "
        f"{platform.system()} {platform.release()}, Python "
        f"{platform.python_version()}, load {busy:.1f}, {timezone.localdate()}"
    )


def _processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
