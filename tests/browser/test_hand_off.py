"""A draft begun on the phone goes on at a computer, and the other way."""

import base64

import pytest
from playwright.sync_api import expect

from contests import clock
from submissions import services
from submissions.steps import step_url
from tests.browser.conftest import SCREENS
from tests.browser.looking import look_at
from tests.factories.accounts import CitizenFactory

AT_A_DESK = SCREENS["desktop"] | {
    "device_scale_factor": 1,
    "is_mobile": False,
    "has_touch": False,
}


@pytest.fixture
def screen():
    """Both screens have their part in one journey."""
    return "phone"


@pytest.fixture
def citizen():
    return CitizenFactory(full_name="王小荷")


@pytest.fixture
def draft(contest, citizen):
    common = {"by": citizen, "at": clock.now()}
    made = services.create_draft(contest=contest, author=citizen, at=common["at"])
    services.update_draft(
        submission=made,
        title="清晨的河",
        category=contest.categories.get(key="photo"),
        **common,
    )
    return made


def test_phone_signs_the_computer_in_at_the_same_draft(new_page, citizen, draft):
    computer = new_page(**AT_A_DESK)
    computer.goto("/accounts/login/")
    look_at(computer)
    computer.locator("main a[href='/continue/']").click()
    code = computer.locator(".hand-off-number").inner_text()
    look_at(computer)

    phone = new_page(user=citizen)
    phone.goto("/my/")
    look_at(phone)
    phone.locator(f"a[href$='?draft={draft.pk}']").click()
    look_at(phone)
    phone.locator("[name=code]").fill(code)
    phone.locator(".door-button").click()
    expect(phone.locator("main")).to_contain_text("Chrome · Linux")
    look_at(phone)
    expect(computer.locator("[data-hand-off]")).to_have_attribute("data-state", "seen")
    phone.locator(".door-button").click()
    expect(phone.locator("main")).to_contain_text("清晨的河")

    computer.wait_for_url(f"**{step_url(draft, 'files')}")
    look_at(computer)


def test_computer_shows_the_phone_the_way_to_the_draft(new_page, citizen, draft):
    computer = new_page(user=citizen, **AT_A_DESK)
    computer.goto(step_url(draft, "files"))

    computer.locator(".hand-off-wide summary").click()

    picture = computer.locator(".hand-off-wide img")
    expect(picture).to_be_visible()
    look_at(computer)
    drawn = base64.b64decode(picture.get_attribute("src").partition(",")[2])
    assert drawn.startswith(b"<?xml") or b"<svg" in drawn
