"""Starts a tool behind the fence: the narrowest way that works on this machine.

Each way is tried once with each tool, by asking it which protocols it knows. A way that
keeps the tool from answering is left for the next, and the log says which one holds.
Another user can only read an entrant's file that we have opened; an ffmpeg older than 6
cannot be handed one. Beside the system's libraries a tool sees of our disk its own
binary, and those shared objects that it is linked with and that lie elsewhere.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import BinaryIO

import structlog

from submissions.media.fence import accounts, calls, landlock
from submissions.media.fence.accounts import Account
from submissions.media.fence.limits import Limits, libc

log = structlog.get_logger(__name__)

ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}
LIBRARIES = tuple(map(Path, ("/usr", "/lib", "/lib64", "/etc/ld.so.cache")))
LOADERS = ("/lib/ld-*", "/lib64/ld-*", "/usr/lib/*/ld-*")
MACHINE = tuple(
    map(Path, ("/dev/urandom", "/dev/zero", "/proc/cpuinfo", "/proc/meminfo"))
)
NOWHERE = Path("/dev/null")
LINKED = re.compile(r"^\s+(?:\S+ => )?(/.+) \(0x[0-9a-f]+\)$", re.MULTILINE)
TRY_S = 30
FENCE_SIGNAL = 128  # bubblewrap ends with this and the number of its child's signal
PLAIN_SIGNALS = 32  # beyond them lie ffmpeg's own codes: 183 is "invalid data"


@dataclass(frozen=True)
class Way:
    """How a tool is started, and whether it reads from an open file."""

    bubblewrap: str = ""
    layers: bool = False  # Landlock and the filter of calls, as far as they are there
    account: Account | None = None
    reads_open_file: bool = False

    def start(
        self,
        command: list[str],
        *,
        limits: Limits,
        scratch: Path | None = None,
        source: BinaryIO | None = None,
    ) -> subprocess.Popen:
        """A process that reads `source`, writes in `scratch` and does nothing else."""
        if self.account and scratch:
            self.account.own(scratch)
        fence = _Fence(self, command[0], scratch=scratch, source=source, limits=limits)
        try:
            return subprocess.Popen(
                [*fence.wrapping(), str(fence.binary), *command[1:]],
                cwd=scratch or "/",
                env=ENVIRONMENT,
                stdin=source or subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                preexec_fn=fence.enter,
                pass_fds=fence.passed,
                **_options(self.account),
            )
        finally:
            fence.close()

    def __str__(self) -> str:
        names = [
            "bubblewrap" if self.bubblewrap else "",
            f"landlock {landlock.version()}"
            if self.layers and landlock.version()
            else "",
            "call filter" if self.has_filter else "",
            "other user" if self.account else "",
            "limits",
        ]
        return ", ".join(filter(None, names))

    @property
    def has_filter(self) -> bool:
        wanted = self.layers or bool(self.bubblewrap)
        return wanted and calls.program(may_run=True) is not None


def _options(account: Account | None) -> dict:
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


class _Fence:
    """What is got ready in this process, and entered by the new one."""

    def __init__(self, way: Way, binary: str, *, scratch, source, limits: Limits):
        self.limits = limits
        self.binary = Path(binary).resolve()
        self.scratch = scratch
        self.source = None
        if source is not None and not way.reads_open_file:
            self.source = Path(source.name).absolute()
        self.bubblewrap = way.bubblewrap
        self.code = calls.program(may_run=True) if way.has_filter else None
        self.rules = landlock.rules(self._allowed()) if way.layers else None
        self.piped_code = None
        if self.bubblewrap and self.code:
            self.piped_code, writing = os.pipe()
            os.write(writing, self.code)
            os.close(writing)

    @property
    def passed(self) -> tuple[int, ...]:
        return () if self.piped_code is None else (self.piped_code,)

    def enter(self) -> None:
        """Runs in the new process, before the tool does."""
        self.limits.apply()
        if self.bubblewrap:
            return
        calls.give_up_privileges(libc)
        if self.rules is not None:
            landlock.enter(self.rules)
        if self.code:
            calls.enter(self.code, libc)

    def close(self) -> None:
        for descriptor in (self.rules, self.piped_code):
            if descriptor is not None:
                os.close(descriptor)

    def _allowed(self) -> Iterator[tuple[Path, int]]:
        for path in (*LIBRARIES, *MACHINE):
            yield path, landlock.READ
        for path in linked_with(self.binary):
            yield path, landlock.READ_FILE
        yield NOWHERE, landlock.READ | landlock.WRITE_FILE
        for path in (self.binary, *_loaders()):
            yield path, landlock.READ_FILE | landlock.EXECUTE
        if self.scratch:
            yield self.scratch, landlock.WRITE
        if self.source:
            yield self.source, landlock.READ_FILE

    def wrapping(self) -> list[str]:
        """bubblewrap's own part of the command."""
        if not self.bubblewrap:
            return []
        shown = [
            *LIBRARIES,
            self.binary,
            *linked_with(self.binary),
            *([self.source] if self.source else []),
        ]
        return [
            self.bubblewrap,
            *("--unshare-all", "--unshare-user", "--uid", "65534", "--gid", "65534"),
            *("--die-with-parent", "--new-session", "--cap-drop", "ALL"),
            *("--proc", "/proc", "--dev", "/dev"),
            *(word for each in shown for word in ("--ro-bind-try", *2 * (str(each),))),
            *(("--bind", *2 * (str(self.scratch),)) if self.scratch else ()),
            *("--chdir", str(self.scratch or "/")),
            *(("--seccomp", str(self.piped_code)) if self.code else ()),
            "--",
        ]


def exit_code(returncode: int) -> int:
    """As if there were no bubblewrap, which reports its child's signal as a number."""
    is_signal = FENCE_SIGNAL < returncode < FENCE_SIGNAL + PLAIN_SIGNALS
    return FENCE_SIGNAL - returncode if is_signal else returncode


@cache
def linked_with(binary: Path) -> tuple[Path, ...]:
    """The shared objects a binary needs that are not among the system's: none for one
    that is whole in itself, and where nobody can tell."""
    try:
        told = subprocess.run(
            ["ldd", str(binary)],
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TRY_S,
            check=False,
        ).stdout.decode("utf-8", "surrogateescape")
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(path for path in map(Path, LINKED.findall(told)) if _is_own(path))


def _is_own(path: Path) -> bool:
    return not any(path.is_relative_to(system) for system in LIBRARIES)


@cache
def _loaders() -> tuple[Path, ...]:
    root = Path("/")
    return tuple(path for name in LOADERS for path in root.glob(name.lstrip("/")))


@cache
def way_for(binary: str) -> Way:
    """The narrowest way that lets a tool work; MEDIA_SANDBOX=off asks for none."""
    for way in _ways(os.environ.get("MEDIA_SANDBOX", "auto")):
        protocols = _protocols(way, binary)
        if protocols is not None and ("fd" in protocols or not way.account):
            way = replace(way, reads_open_file="fd" in protocols)
            log.info("media tool is fenced", tool=Path(binary).name, by=str(way))
            return way
    log.warning("media tool is fenced by limits alone", tool=Path(binary).name)
    return Way()


@cache
def reads_open_files(binary: str) -> bool:
    """Whether it is an ffmpeg 6 or later, which can be handed an open file."""
    return "fd" in (_protocols(Way(), binary) or ())


def _ways(wanted: str) -> Iterator[Way]:
    """Those to be tried, the narrowest first. Whom bubblewrap shows as nobody is still
    root to the kernel where we are: there another user and Landlock are narrower."""
    if wanted not in ("auto", "bwrap"):
        return
    path = shutil.which("bwrap")
    wrapped = [Way(bubblewrap=path)] if path else []
    account = accounts.unprivileged()
    as_another = [Way(layers=True, account=account)] if account else []
    if wanted == "auto" and landlock.version():
        yield from as_another + wrapped
    else:
        yield from wrapped + as_another
    yield Way(layers=True)


def _protocols(way: Way, binary: str) -> set[str] | None:
    """What the tool can read from; None when it cannot even tell."""
    try:
        with way.start([binary, "-protocols"], limits=Limits(cpu_s=TRY_S)) as process:
            try:
                said, _errors = process.communicate(timeout=TRY_S)
            except subprocess.TimeoutExpired:
                process.kill()
                return None
    except (OSError, subprocess.SubprocessError):
        return None
    if process.returncode:
        return None
    return set(said.decode("ascii", "replace").partition("Output:")[0].split())
