"""Signs of life of a process and of all it has started, as Linux counts them.

Nothing here fails because a process has ended meanwhile, or belongs to another user:
then there is just less to see.
"""

from collections.abc import Iterator
from pathlib import Path

CHARACTERS = ("rchar:", "wchar:")  # read and written, of files and pipes alike


def effort(pid: int) -> int:
    """Grows while a process or a descendant reads, writes or uses a processor."""
    return sum(_bytes_moved(each) + _ticks(each) for each in family(pid))


def peak_bytes(pid: int) -> int:
    """The most memory one of them had resident since it became the program it is."""
    return max(_memory_bytes(each, "VmHWM:") for each in family(pid))


def resident_bytes(pid: int) -> int:
    return _memory_bytes(pid, "VmRSS:")


def family(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    for child in children(pid):
        yield from family(child)


def children(pid: int) -> list[int]:
    return [int(word) for word in _told(pid, f"task/{pid}/children").split()]


def _bytes_moved(pid: int) -> int:
    lines = map(str.split, _told(pid, "io").splitlines())
    return sum(int(count) for name, count in lines if name in CHARACTERS)


def _ticks(pid: int) -> int:
    """Hundredths of a second of user and system time."""
    words = _told(pid, "stat").rpartition(")")[2].split()
    return sum(map(int, words[11:13]))


def _memory_bytes(pid: int, name: str) -> int:
    for line in _told(pid, "status").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) << 10
    return 0


def _told(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
