"""Somebody reads what the contest asks for."""

import pytest

from contests.rulebook import default_rulebook
from contests.services import store_pictures
from tests.browser.accessibility import check_accessibility
from tests.factories.contests import make_shipped_contest, shipped_rulebook


@pytest.fixture
def book(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    store_pictures(shipped_rulebook(), folder=default_rulebook())
    make_shipped_contest()
    return shipped_rulebook()


def test_the_notice_can_be_read(page, book):
    page.goto("/notice/")

    page.get_by_role("heading", level=1).wait_for()
    check_accessibility(page)


def test_every_other_text_can_be_read(page, book):
    for key in book.texts.keys() - {"notice"}:
        page.goto(f"/texts/{key}/")

        check_accessibility(page)


def test_a_unit_shows_its_picture(page, book):
    page.goto(f"/units/{book.units[0].key}/")

    page.locator(".unit-picture img").wait_for()
    check_accessibility(page)
