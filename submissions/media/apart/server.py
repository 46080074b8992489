"""The clean process: `python -m submissions.media.apart.server 3`.

On the socket with that number it is handed, for each picture, the open file, a pipe for
the answer and the name of a folder. It never opens the file itself: a copy of this
process does, behind the fence. When the socket closes, it ends, and the copy with it.
"""

import codecs
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import tempfile
import traceback
import warnings
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

import cv2
from PIL import Image

from submissions.media import looking
from submissions.media.apart import memory, parcel
from submissions.media.apart.parcel import Parcel
from submissions.media.content_type import ContentType
from submissions.media.facts import FileFacts
from submissions.media.fence import accounts, calls, landlock
from submissions.media.fence.limits import Limits, libc
from submissions.media.fingerprints import pictures
from submissions.media.pictures import derivatives
from submissions.media.provenance import credentials, trust
from submissions.media.provenance.labels import AigcLabel

MOST_REQUEST_BYTES = 1 << 16
CPU_S = 30
LOOK_S = 0.01
FILE_BYTES = 64 << 20
# For one picture, beside what this process has; images.is_too_big refuses before.
PICTURE_BYTES = 424 << 20
LACKS_MEMORY = ("nsufficient memory", "OutOfMemory", "annot allocate memory")
LOADED_LATE = ("PIL.ImageOps", "PIL.MpoImagePlugin", "PIL.TiffImagePlugin")
# Codings of text that files use; behind the fence their modules may be out of reach.
CODINGS = ("ascii", "latin-1", "utf-8", "utf-16", "utf-16-be", "utf-16-le", "gb18030")
READABLE = ("/usr", "/lib", "/lib64", sys.prefix, sys.base_prefix)


@dataclass(frozen=True)
class Request:
    base: FileFacts
    folder: Path
    wants_copies: bool
    is_fenced: bool
    is_about: str  # "picture", its "slow copies", its "grey" alone, or "credentials"
    label: str  # of generated content, for the slow copies


def serve(control: socket.socket) -> None:
    """Answer requests one after the other, until there can be none any more."""
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(
            control, MOST_REQUEST_BYTES, 2
        )
        if not message:
            return
        file, answer = descriptors
        pid = os.fork()
        if pid == 0:
            _be_the_copy(_request(message), file, answer)
        os.close(file)
        os.close(answer)
        status, usage = _end_of(pid, control)
        told = {
            "returncode": os.waitstatus_to_exitcode(status),
            "cpu_s": usage.ru_utime + usage.ru_stime,
            "peak_bytes": usage.ru_maxrss << 10,
        }
        control.sendall(json.dumps(told).encode())


def _end_of(pid: int, control: socket.socket) -> tuple[int, resource.struct_rusage]:
    """Wait for the copy; when the worker is gone meanwhile, so is the copy."""
    try:
        ended = os.pidfd_open(pid)
    except OSError:  # before Linux 5.3, or where it is refused
        return _end_looked_for(pid, control)
    ready, _writable, _odd = select.select([ended, control], [], [])
    if ended not in ready:
        os.kill(pid, signal.SIGKILL)
    os.close(ended)
    _pid, status, usage = os.wait4(pid, 0)
    return status, usage


def _end_looked_for(pid, control):
    while True:
        found, status, usage = os.wait4(pid, os.WNOHANG)
        if found:
            return status, usage
        ready, _writable, _odd = select.select([control], [], [], LOOK_S)
        if ready:
            os.kill(pid, signal.SIGKILL)
            _pid, status, usage = os.wait4(pid, 0)
            return status, usage


def _request(message: bytes) -> Request:
    told = json.loads(message)
    base = FileFacts(
        size_bytes=told["size_bytes"],
        sha256=told["sha256"],
        content_type=ContentType(told["content_type"]),
    )
    return Request(
        base,
        Path(told["folder"]),
        told["wants_copies"],
        told["is_fenced"],
        told["is_about"],
        told["label"],
    )


def _be_the_copy(request: Request, file: int, answer: int) -> None:
    """Go behind the fence, look, answer, end. Nothing returns from here."""
    code = 1
    try:
        _keep_only(file, answer)
        _go_behind_the_fence(request)
        with os.fdopen(answer, "wb") as pipe:
            pipe.write(parcel.written(_looked(request, file)))
        code = 0
    except BrokenPipeError:
        code = 0  # whoever asked has been stopped and needs no answer
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _keep_only(*kept: int) -> None:
    before = 3
    for descriptor in sorted(kept):
        os.closerange(before, descriptor)
        before = descriptor + 1
    os.closerange(before, 1 << 16)


def _go_behind_the_fence(request: Request) -> None:
    os.chdir(request.folder)
    rules = _rules() if request.is_fenced else None
    memory_bytes = _own_memory_bytes() + PICTURE_BYTES
    if account := accounts.unprivileged():
        account.become()
    Limits(CPU_S, memory_bytes=memory_bytes, file_bytes=FILE_BYTES).apply()
    if not request.is_fenced:
        return
    calls.give_up_privileges(libc)
    if rules is not None:
        landlock.enter(rules)
    if code := calls.program(may_run=False):
        calls.enter(code, libc)


def _own_memory_bytes() -> int:
    """As the limit counts it: what this process may write to, whether or not it has."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) << 10
    return 0


def _rules() -> int | None:
    readable = ((Path(path), landlock.READ) for path in READABLE)
    return landlock.rules([*readable, (Path(), landlock.WRITE)])


def _looked(request: Request, file: int) -> Parcel:
    try:
        with os.fdopen(file, "rb") as opened:
            return _ABOUT[request.is_about](request, opened)
    except MemoryError:
        return Parcel(ran_out=True)
    except Exception as error:
        if any(words in str(error) for words in LACKS_MEMORY):
            return Parcel(ran_out=True)
        return Parcel(failure=traceback.format_exc()[-4000:])


def _look(request: Request, file: BinaryIO) -> Parcel:
    look = looking.at_picture(
        file, base=request.base, folder=Path(), wants_copies=request.wants_copies
    )
    if any(words in look.facts.decode_warning for words in LACKS_MEMORY):
        return Parcel(ran_out=True)
    return parcel.packed(look)


def _slow_copies(request: Request, file: BinaryIO) -> Parcel:
    label = AigcLabel(request.label) if request.label else None
    made = derivatives.slow_of_picture(file, label=label, folder=Path())
    return Parcel(copies=parcel.packed_copies(made))


def _credentials(request: Request, file: BinaryIO) -> Parcel:
    mime_type = request.base.content_type.mime_type
    told = credentials.read_credentials(file, mime_type, anchors=_anchors())
    return Parcel(credentials=told)


@cache
def _anchors() -> str:
    """Read once, before there is a fence. Without a good list nobody is trusted, which
    the system check tells at the start."""
    try:
        return trust.anchors()
    except trust.Unusable:
        traceback.print_exc()
        return ""


def _grey(request: Request, file: BinaryIO) -> Parcel:
    side = pictures.CORNERS_PX
    with Image.open(file, formats=("JPEG",)) as image:
        image.draft("L", (side, side))
        small = image.convert("L")
    small.thumbnail((side, side), Image.Resampling.BOX)
    return Parcel(grey=parcel.packed_grey(small))


_ABOUT = {
    "picture": _look,
    "slow copies": _slow_copies,
    "grey": _grey,
    "credentials": _credentials,
}


def _warm_up() -> None:
    """Load all that a look needs, once for all copies."""
    for is_progressive in (False, True):
        _look_at_something(progressive=is_progressive)
    for name in LOADED_LATE:
        import_module(name)
    for coding in CODINGS:
        codecs.lookup(coding)
    calls.program(may_run=False)
    accounts.unprivileged()
    _anchors()


def _look_at_something(**options) -> None:
    with tempfile.TemporaryFile() as file, tempfile.TemporaryDirectory() as folder:
        Image.radial_gradient("L").convert("RGB").save(file, "JPEG", **options)
        file.flush()
        base = FileFacts(size_bytes=file.tell(), content_type=ContentType.JPEG)
        look = looking.at_picture(
            file, base=base, folder=Path(folder), wants_copies=True
        )
        parcel.written(parcel.packed(look))
        derivatives.slow_of_picture(file, label=None, folder=Path(folder))


def main() -> None:
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the worker decides
    cv2.setNumThreads(1)
    control = socket.socket(fileno=int(sys.argv[1]))
    _warm_up()
    gc.collect()
    gc.freeze()
    memory.give_back()
    control.sendall(b"ready")
    serve(control)


if __name__ == "__main__":
    main()
