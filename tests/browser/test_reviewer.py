"""Two reviewers screen a work; then everybody can see it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from submissions.states import State
from tests.browser import desk
from tests.browser.files import make_film, make_photo
from tests.browser.looking import look_at
from tests.browser.works import hand_in
from tests.factories.submissions import make_reviewer

QUEUE = re.compile(r"/screening/$")


@pytest.fixture
def film(contest, tmp_path):
    path = make_film(tmp_path / "巡河.mp4")
    return hand_in(contest, path, category="short_video", title="清晨的义务巡河队")


@pytest.fixture
def photo(contest, tmp_path):
    path = make_photo(tmp_path / "清晨.jpg")
    return hand_in(contest, path, category="photo", title="放学路口")


def open_from_queue(page, work):
    address = reverse("submissions:screening", args=[work.pk])
    page.locator(f"a[href='{address}']").click()
    page.wait_for_url(f"**{address}")


def decide(page, decision, *, reason=""):
    page.locator(f"label:has([name=decision][value={decision}])").click()
    if reason:
        page.locator(f"label:has([name=reason_key][value={reason}])").click()
    page.locator(".screen-decision .button-main").click()


def expect_playable(video):
    """The browser has read length and size, and the picture moves."""
    video.evaluate("video => { video.muted = true; return video.play(); }")
    assert video.evaluate("video => [video.videoWidth > 0, video.duration > 1]") == [
        True,
        True,
    ]


def test_film_is_passed_by_two_people_and_shown_to_everybody(new_page, contest, film):
    first = new_page()
    desk.sign_in(first, contest, Role.REVIEWER)
    expect(first).to_have_url(QUEUE)
    look_at(first)
    open_from_queue(first, film)
    expect_playable(first.locator("video"))
    look_at(first)
    decide(first, "pass")
    expect(first).to_have_url(QUEUE)
    look_at(first)

    second = new_page(user=make_reviewer(contest))
    second.goto("/screening/")
    look_at(second)
    open_from_queue(second, film)
    look_at(second)
    decide(second, "pass")
    expect(second).to_have_url(QUEUE)
    film.refresh_from_db()
    assert film.state == State.ACCEPTED

    visitor = new_page()
    with visitor.expect_response(lambda answer: answer.status == 206):
        visitor.goto(f"/works/{film.number}/")
    expect_playable(visitor.locator("video"))
    look_at(visitor)
    visitor.goto("/works/")
    look_at(visitor)
    visitor.locator(f"a[href='/works/{film.number}/']").click()
    visitor.wait_for_url(f"**/works/{film.number}/")


def test_photo_goes_back_with_a_reason_that_its_author_reads(new_page, contest, photo):
    reviewer = new_page(user=make_reviewer(contest))
    reviewer.goto(reverse("submissions:screening", args=[photo.pk]))
    decide(reviewer, "return")
    look_at(reviewer)
    expect(reviewer.locator(".error-summary")).to_be_visible()
    decide(reviewer, "return", reason="resolution")
    expect(reviewer).to_have_url(QUEUE)
    look_at(reviewer)

    author = new_page(user=photo.author)
    author.goto("/my/")
    look_at(author)
    reason = photo.screenings.get().reason
    expect(author.locator(".work-line-note")).to_contain_text(reason)
    author.locator(".work-line-note a").click()
    author.wait_for_url("**/edit/track/")
    look_at(author)
