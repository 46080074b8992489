"""tus 1.0 over bare sockets: every byte and every moment is the caller's own choice."""

import base64
import json
import socket
from dataclasses import dataclass, field

ENDPOINT = "/api/v1/uploads/"
PATIENCE_S = 30


class Broken(Exception):
    """The connection ended, or fell silent, before an answer."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self):
        return json.loads(self.body)


@dataclass
class Line:
    """One client's way to one server; every request has a connection of its own."""

    address: tuple[str, int]
    headers: dict[str, str]
    patience_s: float = PATIENCE_S

    def request(self, method: str, path: str, body: bytes = b"", **headers) -> Answer:
        connection = self.opened(method, path, len(body), **headers)
        with connection:
            try:
                connection.sendall(body)
            except OSError:
                return answer(connection)  # it may have refused before the end
            return answer(connection)

    def opened(self, method: str, path: str, length: int, **headers) -> socket.socket:
        """A connection on which a request is announced and no byte of its body sent."""
        lines = self.headers | {"Host": "bench", "Content-Length": str(length)}
        lines |= {name.replace("_", "-"): str(each) for name, each in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        try:
            connection = socket.create_connection(self.address, self.patience_s)
            connection.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode())
        except OSError as error:
            raise Broken from error
        return connection


def answer(connection: socket.socket) -> Answer:
    """The answer that comes on a connection; Broken when none does."""
    try:
        with connection.makefile("rb") as stream:
            status = stream.readline().split()
            headers = {}
            while line := stream.readline().strip():
                name, _colon, value = line.decode("latin-1").partition(":")
                headers[name.lower()] = value.strip()
            length = int(headers.get("content-length", 0))
            body = stream.read(length) if length else b""
    except OSError as error:
        raise Broken from error
    if len(status) < 2:
        raise Broken
    return Answer(int(status[1]), headers, body)


class Tus(Line):
    """One person's uploads."""

    def __init__(self, address, token, *, patience_s=PATIENCE_S):
        headers = {
            "Authorization": f"Token {token}",
            "Tus-Resumable": "1.0.0",
            "Connection": "close",
        }
        super().__init__(address, headers, patience_s)

    def create(self, size: int, **details) -> Answer:
        described = ",".join(
            f"{key} {base64.b64encode(str(value).encode()).decode()}"
            for key, value in details.items()
        )
        return self.request(
            "POST", ENDPOINT, Upload_Length=size, Upload_Metadata=described
        )

    def head(self, path: str) -> Answer:
        return self.request("HEAD", path)

    def patch(self, path: str, offset: int, body: bytes, **headers) -> Answer:
        return self.request("PATCH", path, body, **_piece(offset), **headers)

    def begin_patch(self, path: str, offset: int, length: int) -> socket.socket:
        return self.opened("PATCH", path, length, **_piece(offset))


def _piece(offset):
    return {
        "Content_Type": "application/offset+octet-stream",
        "Upload_Offset": offset,
    }
