"""Organisers look at the portal on another day."""

import datetime as dt
import re

import pytest
from django.contrib.messages import get_messages
from django.utils.formats import date_format

from accounts.models import Role
from contest_portal.preview import PreviewMiddleware
from contests import clock
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.contests import make_miniature_contest

pytestmark = pytest.mark.django_db


def day_shown(client):
    """The day in the line above every page; None without that line."""
    html = client.get("/notice/").content.decode()
    line = re.search(r'<form class="preview-line".*?<b>(.*?)</b>', html, re.DOTALL)
    return line and line[1]


@pytest.fixture
def contest():
    return make_miniature_contest()


@pytest.fixture
def organiser(client, contest):
    user = make_worker(contest, Role.ORGANISER)
    client.force_login(user)
    return user


def choose(client, day, **more):
    return client.post("/organiser/preview/", {"day": day, **more})


def test_an_organiser_sees_every_page_on_the_day_chosen(client, organiser):
    response = choose(client, "2031-04-05", next="/notice/")

    assert response.headers["Location"] == "/notice/"
    assert day_shown(client) == date_format(dt.date(2031, 4, 5))


def test_the_preview_ends_when_no_day_is_given(client, organiser):
    choose(client, "2031-04-05")

    choose(client, "")

    assert day_shown(client) is None


@pytest.mark.parametrize(
    ("method", "seen"),
    [("GET", dt.date(2031, 4, 5)), ("HEAD", dt.date(2031, 4, 5)), ("POST", None)],
)
def test_only_reading_is_moved_to_the_day_chosen(client, organiser, rf, method, seen):
    choose(client, "2031-04-05")
    request = rf.generic(method, "/notice/")
    request.COOKIES = {cookie.key: cookie.value for cookie in client.cookies.values()}
    request.session, request.user = client.session, organiser

    answer = PreviewMiddleware(lambda request: clock.previewed_day())(request)

    assert answer == seen
    assert clock.previewed_day() is None


@pytest.mark.parametrize("day", ["tomorrow", "2031-02-30", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_is_told_and_changes_nothing(client, organiser, day):
    response = choose(client, day)

    assert response.status_code == 302
    assert [m.level_tag for m in get_messages(response.wsgi_request)] == ["error"]
    assert day_shown(client) is None


def test_the_way_back_stays_on_this_site(client, organiser):
    response = choose(client, "2031-04-05", next="https://elsewhere.example/")

    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.JUDGE, Role.SUPERVISOR])
def test_no_other_role_has_a_preview(client, contest, role):
    client.force_login(make_worker(contest, role))

    assert choose(client, "2031-04-05").status_code == 404


def test_a_citizen_has_no_preview(client, contest):
    client.force_login(CitizenFactory())

    assert choose(client, "2031-04-05").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, contest):
    assert "login" in choose(client, "2031-04-05").headers["Location"]


def test_the_preview_ends_with_the_role(client, contest, organiser):
    choose(client, "2031-04-05")

    organiser.memberships.update(role=Role.SUPERVISOR)

    assert day_shown(client) is None


def test_a_page_is_not_chosen_by_reading(client, organiser):
    assert client.get("/organiser/preview/").status_code == 405
