"""A stand-in for clamd that speaks its protocol over a real socket.

It knows one signature, and like clamd stops reading what is longer than it was told to
take. Its answers were compared with those of clamd 1.4.6, byte by byte; clamd itself
needs signatures that are fetched from elsewhere.
"""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIGNATURE = (
    b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
)
LONGEST = 20 << 20


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        asked = self.rfile.read(len(b"zINSTREAM\0"))
        if asked != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
            if len(content) > self.server.longest:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(content)
        for byte in self.server.answer_to(content):
            self.wfile.write(bytes([byte]))
            time.sleep(self.server.pause_s)


class Clamd(socketserver.ThreadingMixIn):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 200  # as many as clamd lets wait
    longest = LONGEST
    pause_s = 0.0  # between the bytes of an answer
    answer = b""

    def answer_to(self, content: bytes) -> bytes:
        if self.answer:
            return self.answer
        is_bad = SIGNATURE in content
        return b"stream: Eicar-Signature FOUND\0" if is_bad else b"stream: OK\0"


class TcpClamd(Clamd, socketserver.TCPServer):
    pass


class UnixClamd(Clamd, socketserver.UnixStreamServer):
    pass


@contextmanager
def running(path: Path | None = None) -> Iterator[tuple[Clamd, str]]:
    """The server and its CLAMAV_URL; on a socket file where there is a path."""
    server = UnixClamd(str(path), _Talk) if path else TcpClamd(("127.0.0.1", 0), _Talk)
    server.seen = []
    url = f"unix:{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    try:
        yield server, url
    finally:
        server.shutdown()
        server.server_close()
