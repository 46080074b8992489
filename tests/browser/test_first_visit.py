"""Somebody opens the portal for the first time."""

import pytest
from playwright.sync_api import Error

from tests.browser.looking import look_at
from tests.browser.watching import Watch


def test_api_documentation_keeps_to_the_policy(page):
    page.goto("/api/v1/docs/")

    page.locator(".swagger-ui .info").wait_for()


def test_admin_sign_in_is_accessible(page):
    page.goto("/admin/")

    look_at(page)


def test_watch_reports_what_a_page_must_not_do(browser, live_server):
    with browser.new_page(base_url=live_server.url) as page:
        watch = Watch(origin=live_server.url)
        watch.begin(page)
        page.goto("/api/v1/docs/")

        page.evaluate("document.body.setAttribute('style', 'color: red')")
        page.evaluate("console.error('broken')")
        with pytest.raises(Error):
            page.goto("http://elsewhere.invalid/")

    kinds = {problem.split(":")[0] for problem in watch.problems}
    assert kinds == {"console", "leaves the portal"}
