"""Accessibility of a page as it stands, by axe."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def check_accessibility(page: Page) -> None:
    """Fail with rule, sentence and place of everything axe finds on the page."""
    options = {"runOnly": {"type": "tag", "values": STANDARDS}}
    found = Axe().run(page, options=options).response["violations"]
    problems = [
        f"{violation['id']}: {violation['help']}: {node['html']}"
        for violation in found
        for node in violation["nodes"]
    ]
    assert problems == [], "\n".join(problems)
