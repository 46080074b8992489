"""Two reviewers screen a work; then everybody can see it."""

import datetime as dt
import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from contests import clock
from submissions.models import ScreeningClaim
from submissions.states import RequestState, State
from tests.browser import desk
from tests.browser.files import make_film, make_photo
from tests.browser.looking import look_at
from tests.browser.works import hand_in
from tests.factories.submissions import (
    make_handed_in,
    make_organiser,
    make_reviewer,
    make_screening,
)

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
    if decision == "pass":
        page.locator("[data-checks-all]").click()
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


def waiting(contest, number, *, days=0, files=1, **fields):
    """A work of photographs that waits for its screening."""
    return make_handed_in(
        contest,
        files=files,
        submitted_at=clock.now() - dt.timedelta(days=days),
        title=f"示例作品 {number}",
        number=f"HZ23-{number:05d}",
        unit=contest.units.get(key="city"),
        track=contest.tracks.get(key="public"),
        category=contest.categories.get(key="photo"),
        **fields,
    )


def desk_address(work):
    return reverse("submissions:screening", args=[work.pk])


def wait_until_free(work):
    """The word that a page was left travels behind it."""
    deadline = time.monotonic() + 10
    while ScreeningClaim.objects.filter(submission=work).exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_two_reviewers_open_one_work_and_nothing_is_lost(new_page, contest):
    work = waiting(contest, 1, days=9, files=3)
    first = new_page(user=make_reviewer(contest, full_name="王荷"))
    first.goto(desk_address(work))
    look_at(first)

    second = new_page(user=make_reviewer(contest, full_name="李明"))
    second.goto("/screening/")
    expect(second.locator(".queue-claim")).to_contain_text("王*")
    look_at(second)
    second.goto(desk_address(work))
    expect(second.locator(".screen-decision")).to_contain_text("王*")
    expect(second.locator("[name=decision]")).to_have_count(0)
    look_at(second)

    first.goto("/screening/")  # leaving the page lets go of the work
    look_at(first)
    wait_until_free(work)
    second.goto(desk_address(work))
    second.locator("label:has([name=decision][value=return])").click()
    second.locator("label:has([name=reason_key][value=portrait])").click()
    words = second.locator("[data-decision] [name=reason]")
    expect(words).to_have_value(re.compile("出镜"))
    words.fill("第二张里的孩子，家长同意了吗？")
    second.reload()
    expect(words).to_have_value("第二张里的孩子，家长同意了吗？")

    make_screening(work)  # a third person was quicker
    second.locator(".screen-decision .button-main").click()
    expect(second.locator(".error-summary")).to_be_visible()
    expect(words).to_have_value("第二张里的孩子，家长同意了吗？")
    expect(second.locator("[name=turn]")).to_have_value("1-second")
    look_at(second)
    second.locator(".screen-decision .button-main").click()
    expect(second).to_have_url(QUEUE)
    look_at(second)
    work.refresh_from_db()
    assert work.state == State.RETURNED


@pytest.mark.parametrize("screen", ["desktop"])
def test_a_reviewer_screens_by_keys_alone(new_page, contest):
    works = [waiting(contest, number, days=9 - number, files=2) for number in (1, 2)]
    page = new_page(user=make_reviewer(contest))
    page.goto("/screening/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    look_at(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{desk_address(works[0])}")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#file-2")).to_be_visible()
    expect(page.locator("#file-1")).to_be_hidden()
    page.keyboard.press("z")
    expect(page.locator("#file-2 .viewer-zoomed")).to_be_visible()
    look_at(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    look_at(page)
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("1")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{desk_address(works[1])}")
    look_at(page)

    page.keyboard.press("2")
    page.keyboard.press("r")
    page.keyboard.type("123 z q")  # typing decides nothing
    words = page.locator("[data-decision] [name=reason]")
    expect(words).to_have_value("123 z q")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.locator("h1").click()
    page.keyboard.press("3")
    expect(page.locator("[name=decision][value=reject]")).not_to_be_checked()
    assert [work.screenings.count() for work in works] == [1, 0]


def test_several_works_go_back_after_their_names_were_read(new_page, contest):
    works = [waiting(contest, number, days=3) for number in (1, 2, 3)]
    page = new_page(user=make_reviewer(contest))
    page.goto("/screening/")
    for work in works[:2]:
        page.locator(f"label:has([name=works][value^='{work.pk}-'])").click()
    look_at(page)
    page.locator(".queue-bulk button[value=return]").click()
    for work in works[:2]:
        expect(page.locator(".bulk-list")).to_contain_text(work.number)
    page.locator("label:has([name=reason_key][value=story])").click()
    look_at(page)
    page.locator(".screen-decision .button-main").click()
    page.wait_for_url("**/screening/bulk/done/")
    look_at(page)
    states = [type(work).objects.get(pk=work.pk).state for work in works]
    assert states == [State.RETURNED, State.RETURNED, State.SCREENING]


def test_works_of_both_levels_are_not_decided_on_together(new_page, contest):
    first, second = waiting(contest, 1), waiting(contest, 2)
    make_screening(second)
    page = new_page(user=make_reviewer(contest))
    page.goto("/screening/")
    decide_on_all = page.locator(".queue-bulk button[value=pass]")
    expect(decide_on_all).to_be_disabled()
    for work in (first, second):
        page.locator(f"label:has([name=works][value^='{work.pk}-'])").click()
    expect(page.locator("[data-queue-count]")).to_contain_text("请只选择同一环节")
    expect(decide_on_all).to_be_disabled()
    look_at(page)
    page.locator(f"label:has([name=works][value^='{first.pk}-'])").click()
    expect(decide_on_all).to_be_enabled()


def test_an_original_is_asked_for_and_sent_inside_the_portal(
    new_page, contest, worker, tmp_path
):
    work = waiting(contest, 1)
    reviewer = new_page(user=make_reviewer(contest))
    reviewer.goto(desk_address(work))
    reviewer.locator("[data-ask-original] summary").click()
    reviewer.locator("[data-ask-original] textarea").fill("请发相机直出的文件。")
    look_at(reviewer)
    reviewer.locator("[data-ask-original] button").click()
    expect(reviewer.locator("#originals")).to_contain_text("请发相机直出的文件。")
    look_at(reviewer)

    raw = tmp_path / "DSCF0001.RAF"
    raw.write_bytes(b"FUJIFILMCCD-RAW 0201" + bytes(range(256)) * 4096)
    entrant = new_page(user=work.author)
    entrant.goto(reverse("submissions:original", args=[work.pk]))
    look_at(entrant)
    entrant.locator("input[type=file]").set_input_files(raw)
    entrant.locator("[data-original] .button-main").click()
    expect(entrant.locator(".plain-list")).to_contain_text("DSCF0001.RAF")
    look_at(entrant)

    asked = work.original_requests.get()
    assert asked.state == RequestState.ANSWERED
    with asked.attachments.get().file.open() as stored:
        assert stored.read() == raw.read_bytes()


def test_the_organiser_reads_figures_and_what_is_overdue(new_page, contest):
    for number in (1, 2):
        waiting(contest, number, days=9)
    page = new_page(user=make_organiser(contest))
    page.goto("/statistics/")
    look_at(page)
    page.locator(".split-choice:has([value=channel])").click()
    page.wait_for_url("**by=channel**")
    look_at(page)
    page.goto("/screening/overdue/")
    expect(page.locator("tbody tr")).to_have_count(2)
    look_at(page)
