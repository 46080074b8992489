"""Somebody opens the home page, in every way the portal can be read."""

import pytest
from playwright.sync_api import expect

from contests.rulebook import default_rulebook
from contests.services import store_pictures
from submissions.models import Submission
from submissions.states import State
from tests.browser.looking import look_at
from tests.browser.watching import watch_of
from tests.factories.contests import make_shipped_contest, shipped_rulebook
from tests.factories.submissions import make_contest, make_handed_in


@pytest.fixture
def shipped(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    store_pictures(shipped_rulebook(), folder=default_rulebook())
    return make_shipped_contest()


@pytest.fixture
def works(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    contest = make_contest()
    film = contest.categories.get(media="video")
    make_handed_in(contest, title="A film", category=film, state=State.ACCEPTED)
    make_handed_in(contest, title="A series", state=State.ACCEPTED)
    return Submission.objects.all()


def test_the_home_page_is_accessible(page, shipped):
    page.goto("/")

    page.locator(".hero-picture img").wait_for()
    look_at(page)


def test_large_text_changes_the_page_and_is_remembered(page, shipped):
    page.goto("/")
    look_at(page)

    page.locator("header .topbar-size").click()

    page.locator("html.large-text").wait_for()
    look_at(page)
    page.goto("/notice/")
    page.locator("html.large-text").wait_for()
    look_at(page)


def test_a_chip_filters_the_works_and_changes_the_address(page, works):
    page.goto("/")
    look_at(page)

    page.get_by_role("link", name="Film", exact=True).click()

    expect(page.locator("#works .tile")).to_have_count(1)
    expect(page.locator("#works")).to_contain_text("A film")
    assert "category=" in page.url


def test_the_page_can_be_read_without_scripts(new_page, shipped):
    page = new_page(java_script_enabled=False)
    page.goto("/")

    expect(page.locator("[data-countdown-number], .hero-until").first).to_be_visible()
    expect(page.locator(".scroll")).to_have_count(len(shipped.rulebook.units))
    watch_of(page).note_look(page.url)  # axe is itself a script


@pytest.mark.parametrize("part", ["", "desk/", "wizard/", "lost/"])
def test_every_component_is_accessible(page, shipped, part):
    page.goto(f"/style/{part}")

    look_at(page)


@pytest.mark.parametrize("path", ["/", "/style/", "/style/desk/", "/style/wizard/"])
def test_pages_fit_the_narrowest_phone(new_page, shipped, path):
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto(path)

    look_at(page)
