"""Every page of the raw records keeps to the security policy and loads whole."""

from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from accounts.models import Role
from tests.browser.watching import Watch
from tests.factories.accounts import make_contest, make_worker


def sign_in(context, client, user):
    client.force_login(user)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "domain": "localhost",
        "path": "/",
    }
    context.add_cookies([cookie])


def pages_of_the_admin():
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")


def test_no_page_breaks_the_policy(browser, live_server, client):
    organiser = make_worker(make_contest(), Role.ORGANISER, is_superuser=True)
    with browser.new_context(base_url=live_server.url) as context:
        sign_in(context, client, organiser)
        page = context.new_page()
        watch = Watch(origin=live_server.url)
        watch.begin(page)

        answers = {url: page.goto(url).status for url in pages_of_the_admin()}

    assert answers[reverse("admin:index")] == 200
    assert set(answers.values()) == {200, 403}  # some records are only to be read
    assert watch.problems == []
