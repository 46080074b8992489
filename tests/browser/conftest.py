"""Journeys in a headless Chromium, on a phone and at a desk.

`page` is a fresh visitor on the screen of the test; `new_page()` opens another person's
browser. Both fail the test when the page logs an error, breaks its security policy,
loads something from elsewhere, or gets a 5xx. Background tasks run where they are sent,
after the commit; a test that wants the real queue asks for `worker`.
"""

import os
from pathlib import Path

import pytest
from celery.contrib.testing.worker import start_worker
from django.db import connections
from playwright.sync_api import sync_playwright

from contest_portal.celery import app
from tests.browser import chromium
from tests.browser.watching import Watch

SCREENS = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "desktop": {"viewport": {"width": 1440, "height": 900}},
}
PATIENCE_MS = 15_000


def pytest_collection_modifyitems(items):
    """Everything in this folder is a browser test, and skipped without a browser."""
    missing = pytest.mark.skip(reason=chromium.MISSING)
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if chromium.find() is None:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def browser():
    # Playwright's own event loop lives in this thread; Django must not mind it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.FLAGS
        )
        yield running
        running.close()


@pytest.fixture(params=SCREENS)
def screen(request):
    """The name of the screen; every journey is walked on each."""
    return request.param


@pytest.fixture
def new_page(browser, live_server, screen):
    """Opens a page in a browser of its own: another person, or the same one anew."""
    opened = []

    def open_page(**options):
        context = browser.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **(SCREENS[screen] | options),
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        watch = Watch(origin=live_server.url)
        watch.begin(page)
        opened.append((context, watch))
        return page

    yield open_page
    for context, _watch in opened:
        context.close()
    for _context, watch in opened:
        watch.assert_clean()


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def worker(transactional_db, settings):
    """A real Celery worker on the real queue, in a thread of this process."""
    app.conf.task_always_eager = False
    with start_worker(app, pool="solo", perform_ping_check=False) as running:
        yield running
    app.conf.task_always_eager = True
    connections.close_all()
