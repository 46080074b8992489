"""Somebody who was given a role comes in for the first time, and looks around."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Membership, Role
from accounts.permissions import has_second_factor
from tests.browser import desk
from tests.browser.looking import look_at
from tests.factories.accounts import WorkAccountFactory, app_code, make_worker


@pytest.fixture
def newcomer(contest):
    user = WorkAccountFactory()
    Membership.objects.create(user=user, contest=contest, role=Role.REVIEWER)
    return user


def test_newcomer_must_set_up_the_authenticator_first(new_page, newcomer):
    page = new_page()
    page.goto("/screening/")
    look_at(page)
    page.locator(f"a[href^='{reverse('accounts:staff')}']").click()
    desk.give_password(page, newcomer)
    page.wait_for_url("**/2fa/totp/activate/**")
    expect(page.locator(".door-qr")).to_be_visible()
    look_at(page)

    page.locator("[name=code]").fill(
        app_code(page.locator(".door-secret").inner_text())
    )
    page.locator(".door-button").click()

    page.wait_for_url(lambda url: "activate" not in url)
    look_at(page)
    assert has_second_factor(newcomer)


def test_worker_finds_account_language_and_the_way_out(new_page, contest):
    page = new_page(user=make_worker(contest, Role.ORGANISER))
    page.goto("/accounts/me/")
    look_at(page)
    page.locator(f"main a[href='{reverse('account_change_password')}']").click()
    look_at(page)
    page.goto(reverse("mfa_index"))
    look_at(page)

    page.goto("/organiser/")
    page.locator("[name=language]").first.evaluate("button => button.click()")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    look_at(page)
    page.goto("/accounts/logout/")
    look_at(page)
    page.locator("main form button").click()

    page.wait_for_url("**/")
    look_at(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
