"""A citizen's browser, as far as the rehearsal needs one: pages, codes, uploads."""

import re
import time
from pathlib import Path

import requests

from contest_portal.desk.rehearse.progress import StepFailed

TIMEOUT_S = 120
CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")


class Citizen:
    """Signs in with a mobile number and speaks the HTTP interface like any client."""

    def __init__(self, address: str, *, outbox: Path):
        self.address = address
        self.outbox = outbox
        self.session = requests.Session()

    def sign_in(self, phone: str) -> None:
        """Ask for a code, read it where the console backend leaves it, hand it in."""
        page = self.get("/accounts/login/")
        fields = hidden_and_ticks(page.text) | {"phone": phone}
        page = self.post("/accounts/login/", fields)
        code = self._code_for(phone)
        answer = self.post(page.url.removeprefix(self.address), {"code": code})
        if "/accounts/login" in answer.url:
            raise StepFailed(f"signing in ended at {answer.url}")

    def _code_for(self, phone: str) -> str:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for line in reversed(self.outbox.read_text("utf-8").splitlines()):
                if phone[-11:] in line:
                    return CODE.findall(line)[-1]
            time.sleep(0.2)
        raise StepFailed(f"no code came for {phone}")

    def get(self, path: str) -> requests.Response:
        return self._checked(self.session.get(self.address + path, timeout=TIMEOUT_S))

    def post(self, path: str, fields: dict | None = None) -> requests.Response:
        """A form as the browser would send it, with its CSRF token."""
        return self._send(path, data=fields or {})

    def call(self, path: str, body: dict | None = None, *, file=None) -> dict:
        """One call of the API: JSON in, or one file; JSON out."""
        if file is None:
            return self._send(f"/api/v1/{path}", json=body or {}).json()
        with file.open("rb") as opened:
            files = {"file": (file.name, opened)}
            return self._send(f"/api/v1/{path}", files=files).json()

    def _send(self, path, **content):
        token = self.session.cookies.get("csrftoken", "")
        headers = {"X-CSRFToken": token, "Referer": self.address + path}
        return self._checked(
            self.session.post(
                self.address + path, headers=headers, timeout=TIMEOUT_S, **content
            )
        )

    @staticmethod
    def _checked(response):
        if response.status_code >= requests.codes.bad_request:
            raise StepFailed(
                f"{response.request.method} {response.url} answered "
                f"{response.status_code}: {response.text[:300]}"
            )
        return response


def hidden_and_ticks(page: str) -> dict[str, str]:
    """The hidden fields of a page, and its tick boxes ticked."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") in {"hidden", "checkbox"} and "name" in attributes:
            found[attributes["name"]] = attributes.get("value", "on")
    return found
