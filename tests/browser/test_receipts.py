"""我的, requests to the committee, and receipts that anybody can check."""

import datetime as dt
from hashlib import sha256

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Role
from contests import clock
from submissions.models import OriginalRequest
from submissions.services.reminders import look_at_drafts
from submissions.states import State
from tests.browser.files import make_photo
from tests.browser.looking import look_at
from tests.browser.works import hand_in
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.deadlines import make_begun_upload, make_waiver
from tests.factories.submissions import make_complete_draft, make_handed_in


@pytest.fixture
def photo(tmp_path):
    return make_photo(tmp_path / "清晨.jpg")


@pytest.fixture
def citizen(contest):
    """Somebody in the middle of everything."""
    citizen = CitizenFactory(full_name="王小荷")
    place = {
        "author": citizen,
        "unit": contest.units.get(key="city"),
        "track": contest.tracks.get(key="public"),
    }
    photo = place | {"category": contest.categories.get(key="photo")}
    film = place | {"category": contest.categories.get(key="long_video")}
    draft = make_complete_draft(contest, title="外婆的船", files=0, **film)
    make_begun_upload(
        draft,
        created_at=clock.now(),
        original_name="外婆的船-成片.mp4",
        size_bytes=2_400_000_000,
        offset_bytes=1_488_000_000,
        touched_at=timezone.now(),
        expires_at=timezone.now() + dt.timedelta(days=7),
    )
    make_waiver(draft, asked_duration_s=1200, asked_at=clock.now())
    make_complete_draft(contest, title="放学路口", files=2, **photo)
    at = clock.now() - dt.timedelta(days=3)
    make_handed_in(
        contest,
        title="微笑亭的一天",
        state=State.RETURNED,
        submitted_at=at,
        correct_by=clock.end_of(clock.today()),
        **photo,
    )
    photograph = make_handed_in(contest, title="晨曦", submitted_at=at, **photo)
    OriginalRequest.objects.create(
        submission=photograph,
        reason="天空的颜色想再看一看。",
        asked_by=make_worker(contest, Role.REVIEWER),
        asked_at=at,
        due_at=clock.end_of(clock.today()),
    )
    make_handed_in(
        contest, title="巡河", state=State.ACCEPTED, submitted_at=at, **photo
    )
    return citizen


def in_large_text(page):
    page.context.add_cookies(
        [{"name": "large_text", "value": "1", "url": page.url or "about:blank"}]
    )
    page.reload()


def test_one_s_own_page_says_what_is_on_its_way_and_what_waits(new_page, citizen):
    page = new_page(user=citizen)

    page.goto("/my/")
    look_at(page)
    expect(page.locator("progress")).to_have_attribute("value", "62")
    in_large_text(page)
    look_at(page)


def test_a_longer_film_is_asked_for_and_agreed_to(new_page, contest, citizen):
    film = citizen.submissions.get(title="外婆的船")
    film.waivers.all().delete()
    page = new_page(user=citizen)

    page.goto(f"/submissions/{film.pk}/edit/track/")
    look_at(page)
    page.locator(f"a[href='/submissions/{film.pk}/waivers/duration/']").first.click()
    look_at(page)
    page.locator("[name=duration_s]").fill("20")
    page.locator("[name=reason]").fill("一部关于老渡口的纪录片。")
    page.locator("main .button-main").click()
    page.wait_for_url("**/edit/check/**")
    look_at(page)

    desk = new_page(user=make_worker(contest, Role.ORGANISER))
    desk.goto("/waivers/")
    look_at(desk)
    desk.locator("td .button").first.click()
    look_at(desk)
    desk.locator("label:has([name=decision][value=grant])").click()
    desk.locator("main .button-main").click()
    desk.wait_for_url("**/waivers/")
    look_at(desk)

    assert film.waivers.get().granted_duration_s == 1200


def test_organisers_see_drafts_one_step_short(new_page, contest, citizen):
    look_at_drafts(contest=contest, at=clock.now())
    desk = new_page(user=make_worker(contest, Role.ORGANISER))

    desk.goto("/unsent/")
    look_at(desk)

    desk.locator("button[name=draft]").first.click()
    look_at(desk)
    assert "外婆的船" not in desk.content()


def test_anybody_checks_a_receipt_and_a_file(new_page, contest, photo, tmp_path):
    work = hand_in(contest, photo, category="photo", title="清晨的义务巡河队")
    receipt = work.receipts.get()
    owner = new_page(user=work.author)
    owner.goto(f"/submissions/{work.pk}/")
    look_at(owner)
    owner.goto(f"/submissions/{work.pk}/receipt/")
    look_at(owner)

    page = new_page()
    page.goto(f"/receipts/{receipt.code}/")
    look_at(page)
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.locator("[data-word=same]")).to_be_visible()
    digest = page.locator("[data-digest]")
    expect(digest).to_have_text(receipt.document["files"][0]["sha256"])
    other = make_photo(tmp_path / "另一张.jpg", mode="L")
    page.locator("input[type=file]").set_input_files(other)
    expect(page.locator("[data-word=other]")).to_be_visible()
    look_at(page)


SIZES = [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 100_003]
SUMS = """async (sizes) => {
  const { Sha256 } = await import("/static/js/sha256.js");
  return sizes.map((size) => {
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 31) % 251);
    const sum = new Sha256();
    for (let at = 0; at < size; at += 37) sum.update(bytes.subarray(at, at + 37));
    return sum.hex();
  });
}"""


def test_the_browser_s_sums_are_those_of_the_standard(page, contest):
    page.goto("/")
    look_at(page)

    sums = page.evaluate(SUMS, SIZES)

    contents = [bytes(at * 31 % 251 for at in range(size)) for size in SIZES]
    assert sums == [sha256(content).hexdigest() for content in contents]
