"""A wire between client and server that may be cut, fall silent or hold back."""

import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum

BLOCK_BYTES = 64 * 1024
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST in place of FIN


class Trouble(Enum):
    CLOSE = "both ends are closed"
    RESET = "both ends are reset"
    HUSH = "nothing more gets through, and nobody is told"
    HOLD = "what follows waits until it is let go"
    DEAF = "all gets through, the answer does not come back"


@dataclass
class Plan:
    """What becomes of one connection after so many bytes of its body."""

    trouble: Trouble
    after: int = 0
    happened: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)


class Proxy:
    """Passes on what comes; a plan is for the next connection alone."""

    def __init__(self, address: tuple[str, int]):
        self._address = address
        self._plans: list[Plan] = []
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = self._listener.getsockname()
        threading.Thread(target=self._listen, daemon=True).start()

    def plan(self, trouble: Trouble, *, after: int = 0) -> Plan:
        made = Plan(trouble, after)
        self._plans.append(made)
        return made

    def close(self) -> None:
        for each in [self._listener, *self._open]:
            _shut(each)

    def _listen(self):
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                plan = self._plans.pop(0) if self._plans else None
                threading.Thread(
                    target=self._join, args=(client, plan), daemon=True
                ).start()

    def _join(self, client, plan):
        try:
            server = socket.create_connection(self._address)
        except OSError:
            _shut(client)
            return
        self._open += [client, server]
        threading.Thread(
            target=_bring_back, args=(server, client, plan), daemon=True
        ).start()
        _send_on(client, server, plan)


def _send_on(client, server, plan):
    """Client to server, as far as the plan lets it."""
    with suppress(OSError):
        if plan is not None and plan.trouble != Trouble.DEAF:
            head, body = _headers(client)
            server.sendall(head)
            rest = _let_through(client, server, body, plan.after)
            plan.happened.set()
            if plan.trouble in {Trouble.HUSH, Trouble.HOLD}:
                plan.let_go.wait()
            if plan.trouble != Trouble.HOLD:
                _cut(plan, client, server)
                return
            server.sendall(rest)
        while block := client.recv(BLOCK_BYTES):
            server.sendall(block)
        server.shutdown(socket.SHUT_WR)


def _headers(client) -> tuple[bytes, bytes]:
    """All up to the body, and what of the body came with it."""
    seen = b""
    while b"\r\n\r\n" not in seen and (block := client.recv(BLOCK_BYTES)):
        seen += block
    head, mark, body = seen.partition(b"\r\n\r\n")
    return head + mark, body


def _let_through(client, server, block, count) -> bytes:
    """So many bytes of the body; returns what was read beyond them."""
    while len(block) < count:
        server.sendall(block)
        count -= len(block)
        if not (block := client.recv(BLOCK_BYTES)):
            return b""
    server.sendall(block[:count])
    return block[count:]


def _cut(plan, client, server):
    for each in (server, client):
        if plan.trouble == Trouble.RESET:
            _reset(each)
        else:
            _shut(each)


def _bring_back(server, client, plan):
    with suppress(OSError):
        while block := server.recv(BLOCK_BYTES):
            if plan is not None and plan.trouble == Trouble.DEAF:
                plan.happened.set()
                break
            client.sendall(block)
    if plan is None or plan.trouble != Trouble.RESET:
        _shut(client)
        _shut(server)


def _shut(connection):
    """A thread that waits on it wakes up; closing alone would not reach it."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


def _reset(connection):
    """Nobody may still read when it is closed, else no RST is sent."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        connection.shutdown(socket.SHUT_RD)
    connection.close()
