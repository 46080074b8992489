"""A practice centre recommends its stations; the organisers plan with them."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from contest_portal.desk.demo_media import make_scan
from outreach.models import Activity, Recommendation
from outreach.states import ActivityState, RecommendationState
from tests.browser import desk
from tests.browser.looking import look_at
from tests.factories.accounts import make_worker
from tests.factories.outreach import (
    district_of,
    make_centre,
    make_centre_worker,
    make_table,
    station_fields,
)

BEFORE_DUE = dt.date(2023, 5, 15)
NAMES = ["name", "address", "wished_on", "wished_from", "contact_name", "seats", "clue"]


@pytest.fixture
def district(contest, settings):
    settings.DEMO_TODAY = BEFORE_DUE
    return district_of(contest)


@pytest.fixture
def organiser(contest):
    return make_worker(contest, Role.ORGANISER)


def fill_station(page, index):
    row = station_fields(index + 1)
    prefix = f"stations-{index}-"
    page.locator(f"label:has([name={prefix}has_clue][value=yes])").click()
    for name in (*NAMES, "contact_phone"):
        value = row[name]
        text = f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)
        page.locator(f"[name={prefix}{name}]").fill(text)
    for equipment in ("projector", "microphone", "sound"):
        page.locator(f"[name={prefix}has_{equipment}]").check()


def press(page, verb):
    page.locator(f"[formaction='{reverse(f'outreach:{verb}')}']").click()


def test_centre_fills_in_prints_stamps_and_hands_in(new_page, district, tmp_path):
    page = new_page(user=make_centre_worker(make_centre(district)))
    page.goto("/recommendation/")
    look_at(page)

    for index in range(3):
        fill_station(page, index)
    page.locator("[name=helps_organise]").check()
    press(page, "save-and-print")
    table = Recommendation.objects.get()
    page.wait_for_url(f"**{reverse('outreach:print', args=[table.pk])}")
    expect(page.locator(".paper-table")).to_contain_text("示例社区文明实践站3")
    look_at(page)

    page.goto("/recommendation/")
    scan = make_scan(tmp_path / "盖章件.jpg")
    page.locator("[name=scan]").set_input_files(scan)
    press(page, "save-and-upload")
    expect(page.locator(".paper-scan")).to_contain_text("盖章件.jpg")
    look_at(page)
    press(page, "hand-in")

    page.wait_for_url(f"**{table.get_absolute_url()}")
    look_at(page)
    table.refresh_from_db()
    assert (table.state, table.stations.count()) == (RecommendationState.HANDED_IN, 3)


def test_table_with_two_stations_is_not_handed_in(new_page, district):
    table = make_table(district, stations=2)
    page = new_page(user=make_centre_worker(table.organisation))
    page.goto("/recommendation/")
    look_at(page)

    press(page, "hand-in")

    expect(page.locator(".error-summary")).to_contain_text("3")
    look_at(page)
    table.refresh_from_db()
    assert table.state == RecommendationState.DRAFT


def test_organiser_accepts_a_table_and_sets_an_activity(new_page, district, organiser):
    table = make_table(district, state=RecommendationState.HANDED_IN)
    page = new_page(user=organiser)
    page.goto("/organiser/")
    look_at(page)
    desk.go_to(page, "outreach:recommendations")
    look_at(page)
    page.locator(f"a[href='{table.get_absolute_url()}']").click()
    look_at(page)

    page.locator("[name=compared]").check()
    page.locator(
        f"form[action='{reverse('outreach:accept', args=[table.pk])}'] button"
    ).click()
    expect(page.locator(".toast-success")).to_be_visible()
    plan = reverse("outreach:plan", args=[district.pk, 1])
    page.locator(f"a[href='{plan}']").click()
    page.wait_for_url(f"**{plan}")
    look_at(page)
    station = table.stations.first()
    page.locator(f"label:has([name=station][value='{station.pk}'])").click()
    page.locator("[name=day]").fill("2023-05-24")
    page.locator("[name=starts]").fill("14:00")
    page.locator("[name=ends]").fill("16:00")
    page.locator("[name=title]").fill("手机拍摄入门课")
    page.locator("[name=confirm]").click()
    expect(page.locator(".toast-success")).to_be_visible()
    look_at(page)
    assert Activity.objects.get().state == ActivityState.CONFIRMED

    page.goto("/schedule/")
    look_at(page)
    visitor = new_page()
    visitor.goto("/activities/")
    expect(visitor.locator(".activities")).to_contain_text("手机拍摄入门课")
    look_at(visitor)
