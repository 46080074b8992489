"""What everybody does who works for the contest."""

from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import Membership
from tests.browser.looking import look_at
from tests.factories.accounts import (
    PASSWORD,
    WorkAccountFactory,
    app_code,
    give_second_factor,
)


def sign_in(page: Page, contest, role) -> None:
    """A new holder of the role comes in by password and authenticator."""
    user = WorkAccountFactory()
    secret = give_second_factor(user)
    Membership.objects.create(user=user, contest=contest, role=role)
    page.goto(reverse("accounts:staff"))
    give_password(page, user)
    page.locator("[name=code]").wait_for()
    look_at(page)
    page.locator("[name=code]").fill(app_code(secret))
    page.locator(".door-button").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


def give_password(page: Page, user) -> None:
    look_at(page)
    page.locator("[name=login]").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(".door-button").click()


def go_to(page: Page, name: str) -> None:
    """Follow a link of the side bar, which narrow screens keep in a menu."""
    menu = page.locator(".desk-menu-button")
    if menu.is_visible():
        menu.click()
    page.locator(f".desk-nav .desk-link[href='{reverse(name)}']").click()
    page.wait_for_url(f"**{reverse(name)}")
