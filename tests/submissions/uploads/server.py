"""A running portal, and a person who sends works to it over real connections."""

import json
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import requests

from contest_portal.embedded.portal import Portal, running_portal
from tests.factories.submissions import COLLECTION_DAY
from tests.submissions.uploads.protocol import ENDPOINT, described

DRAFTS = 200
MAX_FILE_MB = 64
SETUP = f"""
import json
from accounts.models import AccessToken
from accounts.tokens import issue_token
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import make_contest, make_draft
contest = make_contest(
    defaults={{"title_max_length": 40, "max_file_mb": {MAX_FILE_MB}}}
)
people = CitizenFactory(), CitizenFactory()
drafts = [make_draft(contest, author=people[0]).pk for _ in range({DRAFTS})]
tokens = [issue_token(user=user, channel=AccessToken.Channel.values[0])[1]
          for user in people]
print(json.dumps({{"drafts": drafts, "tokens": tokens}}))
"""


@dataclass
class Server:
    portal: Portal
    tokens: list[str]
    drafts: list[int]
    _used: count = field(default_factory=count)

    @property
    def url(self):
        return self.portal.url

    @property
    def staging(self) -> Path:
        return Path(self.portal.var_dir) / "staging"

    def next_draft(self) -> int:
        return self.drafts[next(self._used)]

    def shell(self, code: str) -> str:
        """The last line that code prints in the portal's own Python."""
        printed = self.portal.manage("shell", "--no-imports", "-c", code)
        return printed.strip().splitlines()[-1] if printed.strip() else ""

    def sender(self, token=0) -> "Sender":
        return Sender(self, self.tokens[token], self.next_draft())


@contextmanager
def running_server(**changes):
    changes = {
        "DJANGO_SETTINGS_MODULE": "contest_portal.settings",
        "DEMO_TODAY": COLLECTION_DAY.isoformat(),
        "DEMO_DATA": "no",
        "UPLOADS_PER_PERSON": "1000",
    } | changes
    with running_portal(**changes) as portal:
        server = Server(portal, [], [])
        made = json.loads(server.shell(SETUP))
        server.tokens, server.drafts = made["tokens"], made["drafts"]
        yield server


class Sender:
    """One person with one draft, speaking tus over HTTP or over a bare socket."""

    def __init__(self, server, token, draft):
        self.server = server
        self.draft = draft
        self.headers = {"Authorization": f"Token {token}", "Tus-Resumable": "1.0.0"}

    def send(self, method, url, content=b"", **headers):
        """Headers that are None are left out."""
        given = self.headers | headers
        return requests.request(
            method,
            self.absolute(url),
            data=content,
            headers={
                name: str(value) for name, value in given.items() if value is not None
            },
            timeout=60,
        )

    def absolute(self, url):
        return url if url.startswith("http") else self.server.url + url

    def create(self, size, content=b"", *, details=None, **headers):
        details = {"filename": "a.jpg", "submission": self.draft} | (details or {})
        given = {"Upload-Length": size, "Upload-Metadata": described(**details)}
        return self.send("POST", ENDPOINT, content, **given | headers)

    def begun(self, size, **options) -> str:
        response = self.create(size, **options)
        assert response.status_code == 201, response.text
        return response.headers["Location"]

    def patch(self, url, offset, content, **headers):
        given = {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": offset,
        }
        return self.send("PATCH", url, content, **given | headers)

    def head(self, url):
        return self.send("HEAD", url)

    def offset(self, url) -> int:
        return int(self.head(url).headers["Upload-Offset"])

    def status(self, url) -> dict:
        return self.send("GET", url).json()

    def ended(self, url, seconds=30) -> dict:
        """The status once it has stopped changing."""
        return until(lambda: self._end_of(url), seconds)

    def _end_of(self, url):
        status = self.status(url)
        return status if status["state"] in {"finished", "refused"} else None

    def files(self) -> list[dict]:
        answer = self.send("GET", f"/api/v1/submissions/{self.draft}/")
        return answer.json()["files"]

    def opened(self, url, offset, length, **headers) -> socket.socket:
        """A connection on which a PATCH has been announced and no byte sent."""
        parts = urlsplit(self.absolute(url))
        lines = self.headers | {
            "Host": parts.netloc,
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": length,
            "Upload-Offset": offset,
        }
        text = "".join(
            f"{name}: {value}\r\n" for name, value in (lines | headers).items()
        )
        connection = socket.create_connection((parts.hostname, parts.port), timeout=60)
        connection.sendall(f"PATCH {parts.path} HTTP/1.1\r\n{text}\r\n".encode())
        return connection


def status_line(connection) -> int:
    """The status of the answer that comes on a connection."""
    answer = connection.makefile("rb").readline()
    return int(answer.split()[1])


def until(condition, seconds=10):
    """What the condition returns once that is true; it must come in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")
