"""A page under watch: what must never happen while somebody uses the portal."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Page

REPORT_POLICY_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(
    `policy: ${event.violatedDirective} refuses ${event.blockedURI || "inline"}`
    + ` at ${event.sourceFile || document.location.href}:${event.lineNumber}`
  );
});
"""
PARTS_OF_A_PAGE = {"stylesheet", "script", "image", "font", "media", "manifest"}
NOT_OUR_DESIGN = {"/api/v#/docs/"}  # the documentation browser is Swagger's own page

_watches: WeakKeyDictionary[Page, "Watch"] = WeakKeyDictionary()


def watch_of(page: Page) -> "Watch":
    return _watches[page]


@dataclass
class Watch:
    """Collects what went wrong on a page. A page that a test lets fail on purpose
    (a 404, a refused request) is no problem; a broken part of a page is, and so is a
    page that a journey comes through without looking at it."""

    origin: str
    name: str = ""
    may_lose_connection: bool = False
    problems: list[str] = field(default_factory=list)
    visited: dict[str, None] = field(default_factory=dict)  # kinds of page, in order
    looked_at: set[str] = field(default_factory=set)
    pictures: int = 0
    without_scripts: CDPSession | None = None

    def begin(self, page: Page) -> None:
        _watches[page] = self
        page.on("framenavigated", self._navigated)
        page.add_init_script(REPORT_POLICY_VIOLATIONS)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    def refuse_scripts(self, page: Page) -> None:
        """From now on the page runs none of its scripts."""
        self.without_scripts = page.context.new_cdp_session(page)
        self._refuse(True)

    @contextmanager
    def scripts_of_ours(self):
        """Lets scripts run that look at the page; its own stay as they are."""
        self._refuse(False)
        yield
        self._refuse(True)

    def _refuse(self, is_refused):
        if self.without_scripts:
            self.without_scripts.send(
                "Emulation.setScriptExecutionDisabled", {"value": is_refused}
            )

    def assert_clean(self) -> None:
        passed_by = [
            f"nobody looked at {kind}"
            for kind in self.visited
            if kind not in self.looked_at | NOT_OUR_DESIGN
        ]
        assert self.problems + passed_by == [], "\n".join(self.problems + passed_by)

    def note_look(self, url: str) -> None:
        self.looked_at.add(_kind_of(url))

    def next_picture(self) -> str:
        """A name for the next picture of this journey."""
        self.pictures += 1
        return f"{self.name}-{self.pictures:02d}"

    def _navigated(self, frame):
        if frame == frame.page.main_frame and self._is_ours(frame.url):
            self.visited[_kind_of(frame.url)] = None

    def _console(self, message):
        # A failed load is judged by its response below, with its address.
        is_load = message.text.startswith("Failed to load resource")
        if message.type == "error" and not is_load:
            self._note(f"console: {message.text}")

    def _request(self, request):
        if request.url.startswith("http") and not self._is_ours(request.url):
            self._note(f"leaves the portal: {request.url}")

    def _response(self, response):
        is_part = response.request.resource_type in PARTS_OF_A_PAGE
        if response.status >= 500 or (is_part and response.status >= 400):
            self._note(f"{response.status}: {response.url}")

    def _failed(self, request):
        # The browser gives up a load itself when the page is left or a file is saved.
        is_ours = self._is_ours(request.url) and not self.may_lose_connection
        if is_ours and request.failure != "net::ERR_ABORTED":
            self._note(f"{request.failure}: {request.url}")

    def _is_ours(self, url):
        return urlsplit(url).netloc == urlsplit(self.origin).netloc

    def _note(self, problem):
        self.problems.append(problem)


def _kind_of(url):
    """Pages that differ in a number only are one page."""
    return re.sub(r"\d+", "#", urlsplit(url).path)
