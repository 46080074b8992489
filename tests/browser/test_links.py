"""Somebody who came by the official account enters a published film by its address."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from contests import clock
from submissions import services
from submissions.models import Submission
from submissions.states import State
from tests.browser import wizard
from tests.browser.looking import look_at
from tests.factories.accounts import CitizenFactory
from tests.factories.contests import make_wenzhou_contest
from tests.factories.submissions import make_handed_in

SHARE_TEXT = (
    "7.94 复制打开抖音，看看【示例作者的作品】早班骑手# 最美in温州 "
    "https://v.douyin.com/iRNBho6u/ 01/02 Eho:/ G@i.Pk"
)
LONG = "https://www.douyin.com/video/7301234567890123456"
HERE = "https://v.douyin.com/iRNBho6u/"


@pytest.fixture
def contest(settings, tmp_path, live_server):
    settings.DEMO_TODAY = dt.date(2024, 6, 1)
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_wenzhou_contest()


@pytest.fixture
def citizen(contest):
    return CitizenFactory(full_name="王小荷")


def begin(page):
    """From the page of the account's menu to the wizard."""
    page.goto("/h5/")
    look_at(page)
    page.locator(".landing-go a").click()
    page.wait_for_url("**/submit/")
    look_at(page)
    page.locator("main form .button-large").click()
    wizard.at_step(page, "track")
    look_at(page)


def choose(page):
    for name, key in {
        "unit": "new-employment",
        "track": "public",
        "category": "douyin",
    }.items():
        page.locator(f"label:has([name={name}][value={key}])").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_published_film_is_handed_in(new_page, citizen, scripts):
    page = new_page(user=citizen, java_script_enabled=scripts)
    begin(page)
    choose(page)
    wizard.go_on(page)
    wizard.at_step(page, "files")
    look_at(page)

    page.locator("[name=links]").fill("https://example.org/")
    wizard.go_on(page)
    expect(page.locator(".field-error")).to_be_visible()
    look_at(page)
    page.locator("[name=links]").fill(SHARE_TEXT)
    if scripts:
        expect(page.locator("[data-links-found]")).to_contain_text("1")
    page.locator("[name=do][value=links-add]").click()
    expect(page.locator(".link-line")).to_have_count(1)
    page.locator("[name=links]").fill(LONG)
    page.locator("[name=do][value=links-add]").click()
    expect(page.locator(".link-line")).to_have_count(2)
    page.locator(".link-line").nth(1).locator("[name=to]").click()
    expect(page.locator(".link-line").first).to_contain_text("7301234567890123456")
    look_at(page)
    wizard.go_on(page)

    wizard.at_step(page, "story")
    page.locator("[name=title]").fill("早班骑手")
    page.locator("[name=story]").fill("字 " * 200)
    if scripts:
        expect(page.locator("[data-counter-spaceless]")).to_contain_text("0")
    page.locator("[name=entrant_name]").fill("王小荷")
    page.locator("[name=author_name]").first.fill("王小荷")
    page.locator("label:has([name=ai_use][value=none])").click()
    look_at(page)
    wizard.go_on(page)
    wizard.at_step(page, "rights")
    for tick in page.locator(".consent-input").all():
        tick.check()
    look_at(page)
    wizard.go_on(page)
    wizard.at_step(page, "check")
    look_at(page)
    expect(page.locator(".link-list a")).to_have_count(2)
    wizard.main_button(page).click()
    page.wait_for_url("**/submissions/*/")
    look_at(page)

    work = Submission.objects.get()
    assert (work.state, work.channel) == (State.SCREENING, "official_account")
    assert [link.url for link in work.links.all()] == [f"{LONG}/", HERE]


def test_everybody_watches_it_where_it_is_published(new_page, contest):
    work = make_handed_in(
        contest,
        state=State.ACCEPTED,
        files=0,
        unit=contest.units.get(key="beautiful"),
        track=contest.tracks.get(key="public"),
        category=contest.categories.get(key="douyin"),
        title="早班骑手",
    )
    work.links.create(position=1, url=HERE)
    page = new_page()

    page.goto(f"/works/{work.number}/")

    look_at(page)
    link = page.locator(".link-list a")
    expect(link).to_have_attribute("href", HERE)
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    page.goto("/works/")
    look_at(page)


def test_a_draft_of_links_shows_what_it_lacks(new_page, contest, citizen):
    at = clock.now()
    draft = services.create_draft(contest=contest, author=citizen, at=at)
    category = contest.categories.get()
    services.update_draft(submission=draft, by=citizen, at=at, category=category)
    page = new_page(user=citizen)

    page.goto(f"/submissions/{draft.pk}/edit/check/")

    look_at(page)
    expect(page.locator(".error-summary")).to_contain_text("请粘贴作品的分享文字")


def test_everybody_reads_what_the_contest_is_about(new_page, contest):
    page = new_page()

    for address in ("/", "/notice/", "/units/beautiful/", "/texts/annex-2/"):
        page.goto(address)
        look_at(page)

    expect(page.locator("table")).to_contain_text("作品链接")
