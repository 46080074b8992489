"""A network that can be slow, cut and mended: a TCP proxy before the portal."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field

PIECE = 16 * 1024


@dataclass
class Network:
    """Listens on a port of its own; what comes in goes to `port`.

    `bytes_per_second` slows what the browser sends; `sent` counts it. Once
    `is_mute_after` bytes were sent, no answer comes back any more.
    """

    port: int
    bytes_per_second: float = float("inf")
    sent: int = 0
    is_cut: bool = False
    is_mute_after: int | None = None
    _lines: set = field(default_factory=set)

    def __post_init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.own_port = self._listener.getsockname()[1]
        self._run(self._accept)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.own_port}"

    def cut(self) -> None:
        """Every line breaks in the middle of what it carries; no new one is taken."""
        self.is_cut = True
        for line in list(self._lines):
            self._end(line)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        self._end(self._listener)

    def _accept(self):
        while True:
            try:
                inner, _address = self._listener.accept()
            except OSError:
                return
            if self.is_cut:
                self._end(inner)
            else:
                self._run(self._connect, inner)

    def _connect(self, inner):
        try:
            outer = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        except OSError:  # the server was killed
            self._end(inner)
            return
        outer.settimeout(None)
        self._lines |= {inner, outer}
        self._run(self._carry, outer, inner, False)
        self._carry(inner, outer, True)

    def _carry(self, source, target, is_from_browser):
        try:
            while piece := source.recv(PIECE):
                if not is_from_browser and self._is_mute():
                    continue
                target.sendall(piece)
                if is_from_browser:
                    self.sent += len(piece)
                    time.sleep(len(piece) / self.bytes_per_second)
        except OSError:
            pass  # cut
        finally:
            self._end(source)
            self._end(target)

    def _is_mute(self):
        return self.is_mute_after is not None and self.sent > self.is_mute_after

    def _end(self, line):
        self._lines.discard(line)
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()

    def _run(self, work, *arguments):
        threading.Thread(target=work, args=arguments, daemon=True).start()
