"""What one process may spend. Every limit is on more than an honest file needs."""

import ctypes
import resource
import signal
from dataclasses import dataclass

MAX_ADDRESS_SPACE_BYTES = 4 << 30
# Memory of its own, written or not: what a program has in the machine's memory is this
# and a share of its own code, together less than 512 MB.
MAX_MEMORY_BYTES = 480 << 20
MAX_FILE_BYTES = 256 << 20
MAX_OPEN_FILES = 256
MAX_PROCESSES = 32_768  # of one user, threads too; does not bind root
STACK_BYTES = 2 << 20  # of each thread, and it counts as memory
PR_SET_PDEATHSIG = 1

libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Limits:
    cpu_s: int
    memory_bytes: int = MAX_MEMORY_BYTES
    file_bytes: int = MAX_FILE_BYTES  # of any file it writes

    def apply(self) -> None:
        """Bind this process and all it starts, and let it not outlive its parent."""
        _limit(resource.RLIMIT_CPU, self.cpu_s, self.cpu_s + 5)
        _limit(resource.RLIMIT_AS, MAX_ADDRESS_SPACE_BYTES)
        _limit(resource.RLIMIT_DATA, self.memory_bytes)
        _limit(resource.RLIMIT_STACK, STACK_BYTES)
        _limit(resource.RLIMIT_FSIZE, self.file_bytes)
        _limit(resource.RLIMIT_NOFILE, MAX_OPEN_FILES)
        _limit(resource.RLIMIT_NPROC, MAX_PROCESSES)
        _limit(resource.RLIMIT_CORE, 0)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(which: int, soft: int, hard: int | None = None) -> None:
    """A lower limit that stands already is kept."""
    soft_now, hard_now = resource.getrlimit(which)
    hard = _lower(soft if hard is None else hard, hard_now)
    resource.setrlimit(which, (min(_lower(soft, soft_now), hard), hard))


def _lower(wanted: int, standing: int) -> int:
    return wanted if standing == resource.RLIM_INFINITY else min(wanted, standing)
