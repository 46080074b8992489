"""Servers that take a body, each with a way to send it one."""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings

from bench.entrants import Entrant, waiting_draft
from bench.portal import HOST, Portal, free_port, wait_for_port
from bench.uploads.figures import family
from bench.waiting import require
from bench.wire import ENDPOINT, Line, answer
from contest_portal import env
from contest_portal.embedded.processes import end_session, spawn
from contests.models import Contest
from submissions.models import Upload
from submissions.uploads.staging import Staged, staging_dir

MIB = 1024 * 1024
BLOCK = memoryview(os.urandom(MIB))
PACKAGES = ["@tus/server@2.4.5", "@tus/file-store@2.1.1"]
OFFSET_TYPE = "application/offset+octet-stream"
WEB = ["--worker-class", "gthread", "--workers", "2", "--timeout", "60"]


def pour(line: Line, method: str, path: str, size: int, *, meet=None, **headers):
    """Send so many bytes as one request's body; `meet` is called half-way."""
    with line.opened(method, path, size, **headers) as connection:
        left, half = size, size // 2
        while left:
            if meet is not None and left <= half:
                meet()
                meet = None
            count = min(left, MIB)
            connection.sendall(BLOCK[:count])
            left -= count
        told = answer(connection)
    require(told.status in {201, 204}, f"{method} {path} was answered {told.status}")


@dataclass
class PlainCopy:
    name = "plain copy, same web server"
    port: int
    pid: int
    folder: Path

    def pids(self) -> list[int]:
        return family(self.pid)

    def prepare(self, size: int):
        return None

    def send(self, size: int, prepared=None, *, meet=None) -> None:
        line = Line((HOST, self.port), {"Connection": "close"})
        pour(line, "PUT", "/", size, meet=meet)

    def clean(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()


@dataclass
class TusServer:
    """Speaks tus; `piece` is how much goes into one request, 0 for all."""

    name: str
    port: int
    pid: int
    folder: Path
    endpoint: str
    piece: int = 0
    headers: dict = field(default_factory=dict)

    def pids(self) -> list[int]:
        return family(self.pid)

    def prepare(self, size: int) -> dict:
        """What the creation says beside the length."""
        return {"filename": "film.mp4"}

    def send(self, size: int, prepared: dict, *, meet=None) -> str:
        headers = {"Tus-Resumable": "1.0.0", "Connection": "close"} | self.headers
        line = Line((HOST, self.port), headers)
        described = ",".join(
            f"{key} {base64.b64encode(str(value).encode()).decode()}"
            for key, value in prepared.items()
        )
        told = line.request(
            "POST", self.endpoint, Upload_Length=size, Upload_Metadata=described
        )
        require(told.status == 201, f"a new upload was answered {told.status}")
        path = "/" + told.headers["location"].split("://")[-1].partition("/")[2]
        for offset in range(0, size, self.piece or size):
            pour(
                line,
                "PATCH",
                path,
                min(size - offset, self.piece or size),
                meet=meet,
                Upload_Offset=offset,
                Content_Type=OFFSET_TYPE,
            )
        return path

    def clean(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()


@dataclass
class Ours(TusServer):
    contest: Contest | None = None
    entrant: Entrant | None = None

    def prepare(self, size: int) -> dict:
        draft = waiting_draft(self.contest, self.entrant)
        return {"filename": "film.mp4", "submission": draft.pk}

    def clean(self) -> None:
        for upload in Upload.objects.under_way():
            Staged(upload.token).remove()
            upload.delete()


def ours(portal: Portal, contest: Contest, entrant: Entrant) -> Ours:
    return Ours(
        name=f"this portal, {how_much(0)}",
        port=portal.port,
        pid=portal.programs["web"].process.pid,
        folder=staging_dir(),
        endpoint=ENDPOINT,
        headers={"Authorization": f"Token {entrant.token}"},
        contest=contest,
        entrant=entrant,
    )


def in_pieces(target: TusServer, piece: int) -> TusServer:
    """The same server, sent so many bytes at a time."""
    whose, _comma, _how = target.name.partition(", ")
    return replace(target, name=f"{whose}, {how_much(piece)}", piece=piece)


def how_much(piece: int) -> str:
    return f"{piece // MIB} MiB a request" if piece else "one request"


@contextmanager
def plain_copy(threads: int) -> Iterator[PlainCopy]:
    folder, port = _folder("plain"), free_port()
    command = [sys.executable, "-m", "gunicorn", *WEB, "--threads", str(threads)]
    command += ["--bind", f"{HOST}:{port}", "bench.uploads.plain"]
    environment = os.environ | {"PLAIN_FOLDER": str(folder)}
    with _running(command, environment, port) as pid:
        yield PlainCopy(port, pid, folder)


@contextmanager
def other_tus_server() -> Iterator[TusServer | None]:
    """tusd where it is installed, else the Node server where npm can fetch it; nothing
    with OTHER=no."""
    folder, port = _folder("other"), free_port()
    is_wanted = os.environ.get("OTHER") != "no"
    command = is_wanted and (_tusd(folder, port) or _node_server(folder, port))
    if not command:
        yield None
        return
    with _running(command, dict(os.environ), port) as pid:
        name = "tusd" if "tusd" in Path(command[0]).name else "Node tus server"
        yield TusServer(f"{name}, {how_much(0)}", port, pid, folder, "/files/")


def _tusd(folder, port):
    program = shutil.which("tusd")
    if program is None:
        return None
    where = ["-host", HOST, "-port", str(port), "-base-path", "/files/"]
    return [program, *where, "-upload-dir", str(folder)]


def _node_server(folder, port):
    home = settings.VAR_DIR / "node"
    home.mkdir()
    if shutil.which("npm") is None or shutil.which("node") is None:
        return None
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES]
    done = subprocess.run(install, cwd=home, check=False, capture_output=True)
    if done.returncode != 0:
        return None
    script = shutil.copy(env.BASE_DIR / "bench" / "uploads" / "server.mjs", home)
    return [shutil.which("node"), script, str(port), str(folder)]


def _folder(name):
    folder = settings.VAR_DIR / name
    folder.mkdir()
    return folder


@contextmanager
def _running(command, environment, port):
    with (settings.VAR_DIR / "log" / "other.log").open("ab") as log:
        process = spawn(
            command, env=environment, cwd=env.BASE_DIR, stdout=log, stderr=log
        )
    try:
        wait_for_port(port)
        yield process.pid
    finally:
        end_session(process)
        process.wait()
