"""Files are looked at before their first byte is sent, in the server's own words."""

import json
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from contests import clock
from submissions import services
from submissions.media.codes import Code
from submissions.media.messages import render
from submissions.steps import step_url
from tests.browser import wizard
from tests.browser.files import make_photo
from tests.browser.looking import look_at
from tests.factories.accounts import CitizenFactory
from tests.factories.contests import shipped_rulebook
from tests.submissions.media.makers import film, photograph, picture
from tests.submissions.precheck import jobs

UPLOADS = "**/api/v1/uploads/**"
REFUSED = "[data-upload-refusals] .rule"
KEEP_WHAT_IS_SAID = """
() => {
  window.saidAloud = [];
  const place = document.querySelector("[data-rules-said]");
  const note = () => window.saidAloud.push([performance.now(), place.textContent]);
  new MutationObserver(note).observe(place, { childList: true });
}
"""


@pytest.fixture
def open_files(new_page, contest):
    """Opens the files step of a new draft; tells what was asked of the uploads."""
    citizen = CitizenFactory(full_name="王小荷")

    def open_it(category):
        common = {"by": citizen, "at": clock.now()}
        draft = services.create_draft(contest=contest, author=citizen, at=common["at"])
        services.update_draft(
            submission=draft,
            unit=contest.units.get(key="city"),
            track=contest.tracks.get(key="public"),
            category=contest.categories.get(key=category),
            **common,
        )
        page = new_page(user=citizen)
        page.goto(step_url(draft, "files"))
        look_at(page)
        return page

    return open_it


@pytest.fixture
def hold_uploads():
    """Lets nothing be sent; returns the list of what would have been begun."""

    def hold(page):
        begun = []

        def note(route):
            if is_begun(route.request):
                begun.append(route.request.url)  # and never answered
            else:
                route.continue_()

        page.route(UPLOADS, note)
        return begun

    return hold


@pytest.fixture
def long_film(tmp_path):
    """Four minutes and ten seconds in 1080P, one still picture a second."""
    path = tmp_path / "长片.mp4"
    return film(path, source="color", seconds=250, rate=1, sound=None)


def is_begun(request):
    return request.method == "POST" and "/api/v1/uploads/" in request.url


def line(page, key):
    return page.locator(f"[data-rules] [data-rule={key}]")


def open_rules(page):
    """On a phone the list is a pill above the dock that opens."""
    sheet = page.locator(".wizard-rules .rule-sheet")
    if sheet.get_attribute("open") is None:
        sheet.locator("summary").click()
    expect(line(page, "format")).to_be_visible()


def close_rules(page, screen):
    if screen == "phone":
        page.locator(".wizard-rules summary").click()
        expect(line(page, "format")).to_be_hidden()


@pytest.mark.parametrize("screen", ["desktop"])
def test_the_browser_says_what_the_server_says_of_every_row(open_files):
    page = open_files("photo")
    asked = jobs.all_jobs(shipped_rulebook())

    answered = page.evaluate(
        jobs.ANSWERS.rstrip().rstrip(";"),
        {
            "base": "/static/js/precheck",
            "book": jobs.served(shipped_rulebook()),
            "jobs": [job for _name, job, _expected in asked],
        },
    )

    assert len(answered) == len(asked)
    for (name, _job, expected), answer in zip(asked, answered, strict=True):
        assert answer == json.loads(json.dumps(expected)), name


@pytest.mark.parametrize("screen", ["desktop"])
def test_the_address_of_the_book_on_the_page_is_kept_for_good(open_files):
    page = open_files("photo")
    address = page.evaluate(
        "JSON.parse(document.getElementById('precheck').textContent).book"
    )

    response = page.request.get(address)

    assert response.status == 200
    assert "immutable" in response.headers["cache-control"]


def test_the_rule_list_follows_what_this_device_sees(
    open_files, hold_uploads, tmp_path
):
    page = open_files("graphic")
    hold_uploads(page)
    page.evaluate(KEEP_WHAT_IS_SAID)
    path = picture(tmp_path / "海报.jpg", photograph((2480, 3508), "L"), dpi=(72, 72))

    wizard.upload(page, path)

    open_rules(page)
    expect(line(page, "format")).to_have_class("rule rule-passed")
    expect(line(page, "count")).to_have_class("rule rule-passed")
    expect(line(page, "aspect")).to_have_class("rule rule-passed")
    expect(line(page, "colour")).to_have_class("rule rule-advice")
    expect(line(page, "colour")).to_contain_text(render(Code.IMG_MODE_GREY, {}))
    expect(line(page, "density")).to_contain_text("72 dpi")
    expect(line(page, "density")).to_contain_text("21.0 × 29.7 厘米")
    look_at(page)
    expect(page.locator("[data-rules-said]")).to_contain_text("72 dpi")
    said = page.evaluate("window.saidAloud")
    assert all(b[0] - a[0] > 900 for a, b in pairwise(said))


def test_a_picture_in_cmyk_is_refused_before_a_byte_is_sent(
    open_files, hold_uploads, tmp_path
):
    page = open_files("graphic")
    begun = hold_uploads(page)
    path = picture(tmp_path / "海报.jpg", photograph((2480, 3508), "CMYK"))

    wizard.upload(page, path)

    refusal = page.locator(REFUSED)
    expect(refusal).to_contain_text(render(Code.IMG_MODE_CMYK, {"mode": "CMYK"}))
    expect(refusal.locator("button", has_text="仍")).to_have_count(0)
    open_rules(page)
    expect(line(page, "colour")).to_have_class("rule rule-failed")
    look_at(page)
    assert begun == []

    with page.expect_request(is_begun):
        another = refusal.locator("[data-refusal-pick] input")
        another.set_input_files(make_photo(tmp_path / "改好.jpg"))

    expect(refusal).to_have_count(0)
    expect(line(page, "colour")).to_have_class("rule rule-passed")


def test_a_film_too_long_changes_its_category_with_one_tap(
    open_files, hold_uploads, long_film, screen
):
    page = open_files("short_video")
    begun = hold_uploads(page)

    wizard.upload(page, long_film)

    refusal = page.locator(REFUSED)
    expect(refusal).to_contain_text("4 分 10 秒")
    expect(refusal).to_contain_text("长视频")
    open_rules(page)
    expect(line(page, "duration")).to_have_class("rule rule-failed")
    look_at(page)
    close_rules(page, screen)
    assert begun == []

    refusal.locator("button", has_text="长视频").click()

    expect(page.locator(REFUSED)).to_have_count(0)
    expect(page.locator(".upload-card")).to_have_count(1)
    open_rules(page)
    expect(line(page, "duration")).to_have_class("rule rule-passed")
    expect(line(page, "duration")).to_contain_text("4 分 10 秒")
    expect(line(page, "pixels")).to_contain_text("1920 × 1080")


@pytest.mark.parametrize("screen", ["desktop"])
def test_a_length_may_have_been_misread_so_one_may_insist(
    open_files, hold_uploads, tmp_path
):
    page = open_files("long_video")
    begun = hold_uploads(page)
    small = film(tmp_path / "小.mp4", size="640x360", seconds=190, rate=1, sound=None)

    wizard.upload(page, small)

    expect(page.locator(REFUSED)).to_contain_text("640 × 360")
    assert begun == []

    page.locator(f"{REFUSED} button").first.click()

    expect(page.locator(".upload-card")).to_have_count(1)


@pytest.mark.parametrize("screen", ["desktop"])
def test_without_the_rule_book_files_are_sent_and_looked_at_by_the_server(
    open_files, hold_uploads, tmp_path
):
    page = open_files("photo")
    page.route("**/api/v1/rulebooks/**", lambda route: route.fulfill(body="<html>"))
    page.reload()
    hold_uploads(page)

    wizard.upload(page, make_photo(tmp_path / "清晨.jpg"))

    expect(page.locator(".upload-card")).to_have_count(1)
    look_at(page)


@pytest.mark.parametrize("screen", ["desktop"])
def test_the_same_photograph_twice_is_advised_against(
    open_files, hold_uploads, tmp_path
):
    page = open_files("photo")
    hold_uploads(page)
    one = make_photo(tmp_path / "一.jpg")
    (tmp_path / "二.jpg").write_bytes(one.read_bytes())

    wizard.upload(page, [one, tmp_path / "二.jpg"])

    expect(line(page, "count")).to_have_class("rule rule-advice")
    expect(line(page, "count")).to_contain_text(
        render(Code.SET_FILES_SAME, {"count": 2})
    )
