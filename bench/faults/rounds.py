"""One upload that something happens to, and the person who sends it to its end."""

import hashlib
import os
import time
from dataclasses import dataclass, field
from io import BytesIO

from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from bench.entrants import Entrant, photograph
from bench.portal import HOST, Portal
from bench.proxy import Proxy
from bench.waiting import Fault, require, until
from bench.wire import ENDPOINT, Broken, Tus
from contests.models import Contest
from submissions.models import Submission, Upload

CHUNK = 512 * 1024
ASK_AGAIN = {409, 423}  # what a cut connection had on its way came in after all
RECONNECT_S = 0.2
SMALLEST, LARGEST = 2_000_000, 4_000_000  # bytes of a file


@dataclass
class Round:
    """`sent` counts every byte that the client put on the wire on its own account."""

    number: int
    portal: Portal
    contest: Contest
    entrant: Entrant
    draft: Submission
    proxy: Proxy
    content: bytes = b""
    path: str = ""
    sent: int = 0
    deadline_s: float = 40
    extra: dict = field(default_factory=dict)

    def __post_init__(self):
        spread = int.from_bytes(os.urandom(3)) % (LARGEST - SMALLEST)
        self.content = self.content or photograph(SMALLEST + spread)
        self.direct = Tus((HOST, self.portal.port), self.entrant.token)
        self.wire = Tus(self.proxy.address, self.entrant.token)

    @property
    def is_even(self) -> bool:
        return self.number % 2 == 0

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def upload(self) -> Upload:
        token = self.path.rstrip("/").rsplit("/", 1)[1]
        return Upload.objects.get(token=token)

    def piece(self, offset: int) -> bytes:
        return self.content[offset : offset + CHUNK]

    def begin(self) -> None:
        answer = self.direct.create(
            self.size, filename="a.jpg", submission=self.draft.pk
        )
        require(answer.status == 201, f"a new upload was answered {answer.status}")
        self.path, self.sent = answer.headers["location"], 0

    def offset(self) -> int:
        """Where the server says to go on, as soon as it says anything."""
        return int(
            until(self._told, what="an offset", seconds=self.deadline_s)[
                "upload-offset"
            ]
        )

    def _told(self):
        try:
            answer = self.direct.head(self.path)
        except Broken:
            return None
        if answer.status >= 500 or answer.status == 429:
            return None
        require(answer.status == 200, f"HEAD was answered {answer.status}")
        return answer.headers

    def send_up_to(self, position: int) -> int:
        """Whole pieces, as long as the next does not reach that place; the offset."""
        offset = self.offset()
        while offset + len(self.piece(offset)) <= position and offset < self.size:
            offset = self._send(offset)
        return offset

    def send_rest(self) -> None:
        offset = self.offset()
        while offset < self.size:
            offset = self._send(offset)

    def _send(self, offset):
        piece = self.piece(offset)
        self.sent += len(piece)
        try:
            answer = self.direct.patch(self.path, offset, piece)
        except Broken:
            return self.offset()
        if answer.status in ASK_AGAIN:
            return self.offset()
        if answer.status != 204:
            raise Fault(f"a piece was answered {answer.status} {answer.body[:80]}")
        return int(answer.headers["upload-offset"])

    def send_broken(self, offset: int) -> None:
        """A piece through the proxy, which has its own plan for it."""
        piece = self.piece(offset)
        self.sent += len(piece)
        try:
            self.wire.patch(self.path, offset, piece)
        except Broken:
            time.sleep(RECONNECT_S)
            return
        raise Fault("the cut did not happen")

    def tuspy(self, address: tuple[str, int]):
        """The same upload in the hands of tuspy, from the server's offset."""
        url = "http://{}:{}".format(*address)
        client = TusClient(
            url + ENDPOINT, headers={"Authorization": f"Token {self.entrant.token}"}
        )
        return client.uploader(
            file_stream=BytesIO(self.content), url=url + self.path, chunk_size=CHUNK
        )

    def send_broken_by_tuspy(self, offset: int) -> None:
        sending = self.tuspy((HOST, self.portal.port))
        sending.client.url = "http://{}:{}".format(*self.proxy.address) + ENDPOINT
        sending.set_url("http://{}:{}".format(*self.proxy.address) + self.path)
        self.sent += len(self.piece(offset))
        try:
            sending.upload_chunk()
        except TusCommunicationError:
            time.sleep(RECONNECT_S)
            return
        raise Fault("the cut did not happen")

    def send_rest_by_tuspy(self) -> None:
        self.offset()
        sending = self.tuspy((HOST, self.portal.port))
        self.sent += self.size - sending.offset
        sending.upload()
