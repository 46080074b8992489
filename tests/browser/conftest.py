"""Journeys in a headless Chromium, on a phone and at a desk.

`page` is a fresh visitor on the screen of the test; `new_page()` opens another person's
browser, signed in as `user` if one is given. Both fail the test when the page logs an
error, breaks its security policy, loads something from elsewhere, gets a 5xx, or when
`look_at` was not called on a page that was visited. `contest` is the shipped one on a
day of its collection. Background tasks run where they are sent, after the commit; a
test that wants the real queue asks for `worker`.
"""

import datetime as dt
import os
from pathlib import Path

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings as portal
from django.db import connections
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from contest_portal.celery import app
from contests.rulebook import default_rulebook
from contests.services import store_pictures
from submissions.states import WorkQueue
from tests.browser import chromium
from tests.browser.watching import Watch
from tests.factories.contests import make_shipped_contest, shipped_rulebook

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
TODAY = dt.date(2023, 9, 23)  # the first selection is over, the second collects


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
    expect.set_options(timeout=PATIENCE_MS)
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
def contest(settings, tmp_path, live_server):
    """The shipped contest with its pictures, on a day of the collection."""
    settings.DEMO_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAR_DIR = tmp_path
    store_pictures(shipped_rulebook(), folder=default_rulebook())
    return make_shipped_contest()


@pytest.fixture
def new_page(browser, live_server, screen, request):
    """Opens a page in a browser of its own: another person, or the same one anew."""
    opened = []

    def open_page(*, user=None, java_script_enabled=True, origin=None, **options):
        origin = origin or live_server.url
        context = browser.new_context(
            base_url=origin,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **(SCREENS[screen] | options),
        )
        context.set_default_timeout(PATIENCE_MS)
        if user:
            context.add_cookies([session_cookie(user, origin)])
        page = context.new_page()
        watch = Watch(origin=origin, name=picture_name(request, len(opened)))
        watch.begin(page)
        if not java_script_enabled:  # the browser's own switch would stop axe as well
            watch.refuse_scripts(page)
        opened.append((context, watch))
        return page

    yield open_page
    for context, _watch in opened:
        context.close()
    for _context, watch in opened:
        watch.assert_clean()


def session_cookie(user, origin):
    """Signed in, where signing in is not what the test is about."""
    client = Client()
    client.force_login(user)
    name = portal.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": origin}


def picture_name(request, number):
    name = request.node.name.removeprefix("test_").replace("[", "-").rstrip("]")
    return f"{request.path.stem.removeprefix('test_')}-{name}-{number + 1}"


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def worker(transactional_db, settings):
    """A real Celery worker on the real queue, in a thread of this process."""
    app.conf.task_always_eager = False
    queues = ",".join(["storing", "storing_large", *WorkQueue.values])
    with start_worker(
        app, pool="solo", perform_ping_check=False, queues=queues
    ) as running:
        yield running
    app.conf.task_always_eager = True
    connections.close_all()
