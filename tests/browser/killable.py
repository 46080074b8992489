"""A web server of its own that a test may kill: gunicorn, as in production."""

import http.client
import json
import os
import socket
import sys
import time
from pathlib import Path

from contest_portal.embedded.processes import end_session, spawn

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 40


class WebServer:
    """Serves the test's database; `given` are settings that the test changed."""

    def __init__(self, *, log: Path, given: dict):
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        self._log = log
        self._environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PORTAL_OF_THE_TEST": json.dumps(given, default=str),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_PROCESSES": "1",
        }
        self._process = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = spawn(
                [
                    *(sys.executable, "-m", "gunicorn"),
                    *("--config", "python:contest_portal.webserver"),
                    "tests.browser.portal_wsgi",
                ],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + PATIENCE_S
        while not self._answers():
            has_ended = self._process.poll() is not None
            if has_ended or time.monotonic() > deadline:
                raise AssertionError(self._log.read_text())
            time.sleep(0.1)

    def _answers(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request("GET", "/healthz")
            return line.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    def kill(self) -> None:
        """As a power cut does: no goodbye to anybody."""
        if self._process:
            end_session(self._process)
            self._process.wait()
            self._process = None
