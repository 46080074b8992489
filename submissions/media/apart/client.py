"""Has a picture looked at by a copy of the clean process, and waits for the answer."""

import json
import os
import selectors
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from submissions.media.apart import parcel
from submissions.media.content_type import ContentType
from submissions.media.facts import Credentials, FileFacts, ImageFacts
from submissions.media.fence import accounts
from submissions.media.looking import Look
from submissions.media.pictures.derivatives import Copy
from submissions.media.provenance.labels import AigcLabel
from submissions.media.tools.clocks import elsewhere
from submissions.media.tools.processes import ToolFailed, ensure_room, peak

ROOT = Path(__file__).parents[3]
START_S = 60
WALL_S = 60
MOST_ANSWER_BYTES = 16 << 20
STOPPED_BY_OTHERS = {-9, -15, -2}
ENVIRONMENT_KEPT = (
    *("PATH", "LANG", "TMPDIR", "MEDIA_USER", "MEDIA_SANDBOX", "C2PA_TRUST_LIST"),
)
# One thread; and much memory at once in large pages, where the kernel has them: each
# copy gets all of its own anew, and page by page that is a seventh of a decode.
LEAN = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}


class Server:
    """One clean process, for one picture at a time."""

    def __init__(self):
        self.control, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        kept = {key: os.environ[key] for key in ENVIRONMENT_KEPT if key in os.environ}
        with its:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "submissions.media.apart.server"),
                    str(its.fileno()),
                ],
                cwd=ROOT,
                env=kept | LEAN,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[its.fileno()],
                start_new_session=True,
            )
        self.control.settimeout(START_S)
        if self._told() != b"ready":
            self.end()
            raise ToolFailed("The process that looks at pictures would not start.")

    def _told(self) -> bytes:
        with suppress(OSError):
            return self.control.recv(4096)
        return b""

    def look(self, file: BinaryIO, request: dict) -> tuple[bytes, dict]:
        """The answer of a copy of it, and how that copy ended."""
        reading, writing = os.pipe()
        try:
            try:
                socket.send_fds(
                    self.control,
                    [json.dumps(request).encode()],
                    [file.fileno(), writing],
                )
            finally:
                os.close(writing)
            answer = _read_all(reading, ends_at=time.monotonic() + WALL_S)
        finally:
            os.close(reading)
        self.control.settimeout(WALL_S)
        told = self._told()
        if not told:
            raise ToolFailed("The process that looks at pictures has died.")
        return answer, json.loads(told)

    def end(self) -> None:
        self.control.close()
        self.process.kill()
        self.process.wait()


class Servers:
    """The clean processes of this process that have nothing to do at the moment."""

    def __init__(self):
        self.idle: list[Server] = []
        self.lock = threading.Lock()

    def look(self, file: BinaryIO, request: dict) -> tuple[bytes, dict]:
        server = self._taken()
        try:
            found = server.look(file, request)
        except BaseException:
            server.end()
            raise
        with self.lock:
            self.idle.append(server)
        return found

    def _taken(self) -> Server:
        """An idle one that is alive, or a new one."""
        while True:
            with self.lock:
                server = self.idle.pop() if self.idle else None
            if server is None:
                return Server()
            if server.process.poll() is None:
                return server
            server.end()

    def forget(self) -> None:
        """In a process that was just forked: they belong to the one it came from."""
        for server in self.idle:
            server.control.close()
        self.idle, self.lock = [], threading.Lock()


_servers = Servers()
os.register_at_fork(after_in_child=_servers.forget)


def look_at_picture(
    file: BinaryIO, *, base: FileFacts, folder: Path, wants_copies: bool
) -> Look:
    """What looking.at_picture gives. A picture that makes the look break, or cost more
    than one may, is told as such; failures of ours are raised."""
    folder = _handed_over(folder)
    request = _request(base, folder) | {"wants_copies": wants_copies}
    answer, end = _asked(file, request)
    if end["returncode"] in STOPPED_BY_OTHERS:
        raise ToolFailed("The look at the picture was stopped from outside.")
    if end["returncode"] < 0:
        return _unsafe(base)
    return _look_in(answer, base=base, folder=folder)


def slow_copies_of_picture(
    path: Path, *, label: AigcLabel | None, folder: Path
) -> list[Copy]:
    """What derivatives.slow_of_picture gives. It has been looked at before, so what
    breaks it now is a failure of ours."""
    folder = _handed_over(folder)
    base = FileFacts(content_type=ContentType.JPEG)
    request = _request(base, folder) | {
        "is_about": "slow copies",
        "label": label.raw if label else "",
    }
    with path.open("rb") as file:
        answer, end = _asked(file, request)
    found = parcel.read(answer) if end["returncode"] == 0 else parcel.Parcel()
    if found.copies is None:
        reason = found.failure or f"it ended with {end['returncode']}"
        raise ToolFailed(f"The slow copies could not be made: {reason}")
    return parcel.unpacked_copies(found, folder=folder)


def grey_of_picture(path: Path, *, folder: Path) -> Image.Image | None:
    """A copy for showing as fingerprints compare it, small; None of one that is none.

    It is ours, but what wrote it had an entrant's file before it.
    """
    base = FileFacts(content_type=ContentType.JPEG)
    request = _request(base, _handed_over(folder)) | {"is_about": "grey"}
    with path.open("rb") as file:
        answer, end = _asked(file, request)
    if end["returncode"] in STOPPED_BY_OTHERS:
        raise ToolFailed("The look at a copy was stopped from outside.")
    found = parcel.read(answer) if end["returncode"] == 0 else parcel.Parcel()
    return parcel.unpacked_grey(found.grey) if found.grey else None


def _handed_over(folder: Path) -> Path:
    """A folder with room in it, for the copy to write in."""
    folder = folder.absolute()
    ensure_room(folder, 0)
    if account := accounts.unprivileged():
        account.own(folder)
    return folder


def read_credentials(file: BinaryIO, *, base: FileFacts, folder: Path) -> Credentials:
    """What credentials.read_credentials gives, of a picture or a film. Its reader is
    not ours: a file that breaks it is no worse than one it cannot read."""
    request = _request(base, folder.absolute()) | {"is_about": "credentials"}
    answer, end = _asked(file, request)
    if end["returncode"] in STOPPED_BY_OTHERS:
        raise ToolFailed("The reading of credentials was stopped from outside.")
    found = parcel.read(answer) if end["returncode"] == 0 else parcel.Parcel()
    return found.credentials or Credentials(c2pa_state="unreadable")


def _asked(file: BinaryIO, request: dict) -> tuple[bytes, dict]:
    """The answer and how the copy that gave it ended, which is told to who counts."""
    answer, end = _servers.look(file, request)
    peak.tell(end["peak_bytes"])
    elsewhere.tell(end["cpu_s"])
    return answer, end


def _request(base: FileFacts, folder: Path) -> dict:
    return {
        "size_bytes": base.size_bytes,
        "sha256": base.sha256,
        "content_type": base.content_type.value,
        "folder": str(folder),
        "wants_copies": False,
        "is_fenced": os.environ.get("MEDIA_SANDBOX", "auto") != "off",
        "is_about": "picture",
        "label": "",
    }


def _look_in(answer: bytes, *, base: FileFacts, folder: Path) -> Look:
    found = parcel.read(answer)
    if found.ran_out:
        return _unsafe(base)
    if found.failure:
        raise RuntimeError(f"Looking at the picture went wrong.\n{found.failure}")
    return parcel.unpacked(found, base=base, folder=folder)


def _unsafe(base: FileFacts) -> Look:
    return Look(
        ImageFacts(
            size_bytes=base.size_bytes,
            sha256=base.sha256,
            content_type=base.content_type,
            is_unsafe=True,
        )
    )


def _read_all(pipe: int, *, ends_at: float) -> bytes:
    """All that is written to a pipe, within bounds of time and size."""
    data = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, ends_at - time.monotonic())):
                raise ToolFailed("The look at a picture took too long.")
            some = os.read(pipe, 1 << 16)
            if not some:
                return bytes(data)
            data += some
            if len(data) > MOST_ANSWER_BYTES:
                raise parcel.Unfit("The answer is too long.")
