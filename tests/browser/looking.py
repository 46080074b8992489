"""Looking at a page as it stands: everybody can use it, and it fits the screen."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.watching import watch_of

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PICTURES = "JOURNEY_PICTURES"  # a folder; keeps a picture of every page looked at


def look_at(page: Page) -> None:
    """Check the page, and note for its watch that it was looked at."""
    page.wait_for_load_state()
    watch = watch_of(page)
    watch.note_look(page.url)
    if folder := os.environ.get(PICTURES):
        _keep_picture(page, Path(folder) / f"{watch.next_picture()}.png")
    with watch.scripts_of_ours():
        _check_accessibility(page)
        _check_width(page)


def _check_accessibility(page):
    """Fail with rule, sentence and place of everything axe finds on the page."""
    options = {
        "runOnly": {"type": "tag", "values": STANDARDS},
        "resultTypes": ["violations"],
        "preload": False,  # would build inline styles, against the page's policy
    }
    found = Axe().run(page, options=options).response["violations"]
    problems = [
        f"{violation['id']}: {violation['help']}: {node['html']}"
        for violation in found
        for node in violation["nodes"]
    ]
    assert problems == [], f"{page.url}\n" + "\n".join(problems)


def _check_width(page):
    """Nobody has to push a page sideways."""
    wide, screen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= screen, f"{page.url} is {wide} px wide on a screen of {screen} px"


def _keep_picture(page, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True, animations="disabled")
