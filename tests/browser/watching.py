"""A page under watch: what must never happen while somebody uses the portal."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page

REPORT_POLICY_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(
    `policy: ${event.violatedDirective} refuses ${event.blockedURI || "inline"}`
    + ` at ${event.sourceFile || document.location.href}:${event.lineNumber}`
  );
});
"""
PARTS_OF_A_PAGE = {"stylesheet", "script", "image", "font", "media", "manifest"}


@dataclass
class Watch:
    """Collects what went wrong on a page. A page that a test lets fail on purpose
    (a 404, a refused request) is no problem; a broken part of a page is."""

    origin: str
    problems: list[str] = field(default_factory=list)

    def begin(self, page: Page) -> None:
        page.add_init_script(REPORT_POLICY_VIOLATIONS)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    def assert_clean(self) -> None:
        assert self.problems == [], "\n".join(self.problems)

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
        if self._is_ours(request.url) and request.failure != "net::ERR_ABORTED":
            self._note(f"{request.failure}: {request.url}")

    def _is_ours(self, url):
        return urlsplit(url).netloc == urlsplit(self.origin).netloc

    def _note(self, problem):
        self.problems.append(problem)
