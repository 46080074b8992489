"""A citizen hands in a work: every way there, and what may go wrong on it."""

import re

import pytest
from playwright.sync_api import expect

from accounts import sms
from contests import clock
from submissions import services
from submissions.models import Submission
from submissions.states import State
from submissions.steps import step_url
from tests.browser import wizard
from tests.browser.files import make_film, make_photo
from tests.browser.looking import look_at
from tests.browser.watching import watch_of
from tests.factories.accounts import CitizenFactory
from tests.factories.contests import shipped_rulebook

PHONE = "199 0000 1234"


@pytest.fixture
def citizen():
    return CitizenFactory(full_name="王小荷")


@pytest.fixture
def photo(tmp_path):
    return make_photo(tmp_path / "清晨.jpg")


@pytest.fixture
def open_step(new_page, contest, citizen):
    """Opens a step of a draft whose unit, track and category are chosen."""

    def open_it(step, *, category="photo", **options):
        common = {"by": citizen, "at": clock.now()}
        draft = services.create_draft(contest=contest, author=citizen, at=common["at"])
        services.update_draft(
            submission=draft,
            unit=contest.units.get(key="city"),
            track=contest.tracks.get(key="public"),
            category=contest.categories.get(key=category),
            **common,
        )
        page = new_page(user=citizen, **options)
        page.goto(step_url(draft, step))
        look_at(page)
        return page

    return open_it


def begin(page):
    page.goto("/submit/")
    look_at(page)
    page.locator("main form .button-large").click()
    wizard.at_step(page, "track")
    look_at(page)


def to_files(page):
    wizard.choose(page)
    wizard.go_on(page)
    wizard.at_step(page, "files")
    look_at(page)


def ask_for_code(page):
    page.locator("[name=phone]").fill(PHONE)
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    page.locator(".door-button").click()
    page.locator("[name=code]").wait_for()


def enter_code(page, code):
    page.locator("[name=code]").fill(code)
    page.locator(".door-button").click()


def code_sent():
    last = sms.outbox_path().read_text("utf-8").splitlines()[-1]
    return re.findall(r"(?<!\d)\d{6}(?!\d)", last)[-1]


# --- The whole way -----------------------------------------------------------
def test_work_goes_from_the_home_page_to_its_receipt_and_is_withdrawn(
    page, contest, worker, photo
):
    page.goto("/")
    look_at(page)
    page.locator(".hero-actions a[href='/submit/']").click()
    look_at(page)

    page.locator("main a[href^='/accounts/login/']").click()
    look_at(page)
    ask_for_code(page)
    look_at(page)
    enter_code(page, code_sent())

    begin(page)
    to_files(page)
    wizard.upload(page, photo)
    wizard.expect_state_of_file(page, "he")
    expect(page.locator(".wizard-rules .ring-text")).to_have_text("6/7")
    expect(page.locator(".rule-sheet-lead")).to_contain_text("6")
    look_at(page)
    wizard.go_on(page)

    wizard.at_step(page, "story")
    look_at(page)
    wizard.tell_story(page)
    wizard.go_on(page)

    wizard.at_step(page, "rights")
    look_at(page)
    wizard.tick_everything(page)
    wizard.go_on(page)

    wizard.at_step(page, "check")
    look_at(page)
    wizard.go_on(page)

    work = Submission.objects.get()
    expect(page.locator(".receipt-number")).to_have_text("HZ23-00001")
    assert work.number == "HZ23-00001"
    look_at(page)

    page.goto("/my/")
    expect(page.locator(".work-line")).to_contain_text(wizard.TITLE)
    look_at(page)
    page.locator(f".work-line a[href='{work.get_absolute_url()}']").click()

    page.locator(f"main a[href='/submissions/{work.pk}/withdraw/']").click()
    look_at(page)
    page.locator("[name=reason]").fill("换一张更清楚的。")
    page.locator(".button-danger").click()
    page.wait_for_url("**/my/")
    work.refresh_from_db()
    assert work.state == State.WITHDRAWN


def test_wizard_takes_one_file_without_script(new_page, contest, citizen, photo):
    page = new_page(user=citizen, java_script_enabled=False)

    begin(page)
    to_files(page)
    wizard.upload(page, photo)
    wizard.expect_state_of_file(page, "he")
    wizard.go_on(page)
    look_at(page)
    wizard.tell_story(page)
    wizard.go_on(page)
    look_at(page)
    wizard.tick_everything(page)
    wizard.go_on(page)
    look_at(page)
    wizard.go_on(page)

    expect(page.locator(".receipt-number")).to_have_text("HZ23-00001")
    look_at(page)
    assert Submission.objects.get().state == State.SCREENING


def test_film_is_accepted_and_can_be_replaced(open_step, tmp_path):
    page = open_step("files", category="short_video")
    wizard.upload(page, make_film(tmp_path / "巡河.mp4"))
    wizard.expect_state_of_file(page, "he")

    page.locator(".file-replace summary").click()
    page.locator(".file-replace input[type=file]").set_input_files(
        make_film(tmp_path / "巡河-新.mp4", seconds=1)
    )

    expect(page.locator(".file-name")).to_have_text("巡河-新.mp4")
    wizard.expect_state_of_file(page, "he")


def test_large_text_stays_on_from_home_to_wizard(new_page, contest, citizen):
    page = new_page(user=citizen)
    page.goto("/")
    page.locator(".topbar-size").first.click()
    expect(page.locator("html")).to_have_class("large-text js")
    look_at(page)

    page.locator(".hero-actions a[href='/submit/']").click()
    begin(page)
    to_files(page)

    assert root_size(page) >= 21


def root_size(page):
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    return float(size.removesuffix("px"))


def test_keyboard_skips_to_the_content_and_sees_where_it_is(open_step):
    page = open_step("track")
    page.reload()  # as it opens, before anything was looked at

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    main_button = wizard.main_button(page)
    for _press in range(60):
        page.keyboard.press("Tab")
        if main_button.evaluate("button => button === document.activeElement"):
            break
    expect(main_button).to_be_focused()
    expect(main_button).to_be_in_viewport()
    assert outline_of(main_button) == ("solid", 3)


def outline_of(button):
    style, width = button.evaluate(
        "button => { const style = getComputedStyle(button);"
        " return [style.outlineStyle, style.outlineWidth]; }"
    )
    return style, float(width.removesuffix("px"))


# --- What may go wrong -------------------------------------------------------
def test_wrong_code_may_be_entered_again(page, contest):
    page.goto("/accounts/login/")
    look_at(page)
    ask_for_code(page)
    right = code_sent()

    enter_code(page, f"{(int(right) + 1) % 1_000_000:06d}")
    expect(page.locator(".field-error")).to_be_visible()
    look_at(page)
    enter_code(page, right)

    page.wait_for_url("**/my/")
    look_at(page)


def test_file_that_lies_about_its_kind_is_refused_before_it_is_sent(
    open_step, tmp_path
):
    pretender = tmp_path / "照片.jpg"
    pretender.write_text("不是照片")
    page = open_step("files")

    wizard.upload(page, pretender)

    expect(page.locator(".upload-refusals .rule-failed")).to_contain_text("照片")
    look_at(page)
    assert Submission.objects.get().media_files.count() == 0


def test_file_that_fails_says_why_and_what_to_do(open_step, tmp_path):
    page = open_step("files", java_script_enabled=False)  # nobody looks before

    wizard.upload(page, make_photo(tmp_path / "印刷稿.jpg", mode="CMYK"))

    wizard.expect_state_of_file(page, "ri")
    finding = page.locator(".file-findings .rule-failed .rule-text")
    expect(finding).to_contain_text("RGB")
    look_at(page)


def test_draft_is_kept_when_the_page_is_loaded_again(open_step):
    page = open_step("story")

    with page.expect_response(lambda answer: answer.status == 204):
        wizard.tell_story(page)
    page.reload()

    expect(page.locator("[name=title]")).to_have_value(wizard.TITLE)
    expect(page.locator("[name=author_name]").first).to_have_value("王小荷")
    expect(page.locator("[name=author_name]").nth(1)).to_have_value("李示例")


def test_what_is_typed_offline_is_kept_on_the_device(open_step):
    page = open_step("story")
    cut_off(page, "**/story/")

    page.locator("[name=title]").fill(wizard.TITLE)
    expect(page.locator(".save-state-late")).to_be_visible()
    page.unroute("**/story/")
    with page.expect_response(lambda answer: answer.status == 204):
        page.reload()

    expect(page.locator("[name=title]")).to_have_value(wizard.TITLE)
    assert Submission.objects.get().title == wizard.TITLE


def cut_off(page, address):
    """The network is gone for whatever is sent there."""

    def lose(route):
        if route.request.method == "POST":
            route.abort("internetdisconnected")
        else:
            route.continue_()

    watch_of(page).may_lose_connection = True
    page.route(address, lose)


def test_title_that_is_too_long_is_said_beside_the_field(open_step):
    page = open_step("story")

    wizard.tell_story(page, title="河" * 201)
    wizard.go_on(page)

    limit = shipped_rulebook().defaults.title_max_length
    wizard.at_step(page, "story")
    expect(page.locator("#id_title_error")).to_contain_text(str(limit))
    look_at(page)
