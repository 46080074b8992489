"""Somebody reads what the contest asks for."""

import pytest

from tests.browser.looking import look_at
from tests.factories.contests import shipped_rulebook


@pytest.fixture
def book(contest):
    return shipped_rulebook()


def test_the_notice_can_be_read(page, book):
    page.goto("/notice/")

    page.get_by_role("heading", level=1).wait_for()
    look_at(page)


def test_every_other_text_can_be_read(page, book):
    for key in book.texts.keys() - {"notice"}:
        page.goto(f"/texts/{key}/")

        look_at(page)


def test_a_unit_shows_its_picture(page, book):
    page.goto(f"/units/{book.units[0].key}/")

    page.locator(".unit-picture img").wait_for()
    look_at(page)
