"""Films that are converted, seen by their owner; films looked through by a reviewer."""

from playwright.sync_api import expect

from submissions.media.jobs.claims import CONVERSIONS
from submissions.models import Conversion
from submissions.states import ConversionState
from tests.browser.looking import look_at
from tests.browser.works import hand_in
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import make_draft, make_media_file, make_reviewer
from tests.submissions.media import makers


def film_draft(contest):
    return make_draft(
        contest,
        author=CitizenFactory(),
        title="清晨的渡口",
        unit=contest.units.first(),
        track=contest.tracks.first(),
        category=contest.categories.filter(media="video").first(),
    )


def test_an_owner_sees_a_conversion_go_on_stops_it_and_has_it_done(new_page, contest):
    draft = film_draft(contest)
    media_file = make_media_file(draft, original_name="渡口.mp4")
    CONVERSIONS.enqueue(media_file, reasons=["codec", "hdr"])
    row = Conversion.objects.filter(media_file=media_file)
    row.update(state=ConversionState.RUNNING, share_done=0.37)
    page = new_page(user=draft.author)

    page.goto(f"/submissions/{draft.pk}/edit/files/")
    line = page.locator(".conversion")
    expect(line).to_contain_text("37")
    line.locator("summary").click()
    look_at(page)
    row.update(share_done=0.68)
    expect(line).to_contain_text("68", timeout=3000)
    expect(line.locator("details")).to_have_attribute("open", "")
    line.get_by_role("button").click()
    expect(line.locator("progress")).to_have_count(0)

    assert row.get().state == ConversionState.CANCELLED
    page.goto(f"/submissions/{draft.pk}/")
    look_at(page)


def test_a_reviewer_looks_through_a_film(new_page, contest, tmp_path):
    film = makers.film(tmp_path / "a.mp4", seconds=12, rate=10)
    category = contest.categories.filter(media="video").first()
    work = hand_in(contest, film, category=category.key, title="清晨的渡口")
    page = new_page(user=make_reviewer(contest))

    page.goto(f"/screening/{work.pk}/")
    scrubber = page.locator("[data-storyboard] input")
    expect(scrubber).to_be_visible()
    scrubber.focus()
    for _press in range(5):
        page.keyboard.press("ArrowRight")
    look = page.locator("[data-storyboard-look]")
    expect(look).to_be_visible()
    expect(look).to_contain_text("0:05")
    look_at(page)

    assert page.evaluate("document.querySelector('video').currentTime") == 5
    assert (
        page.locator("[data-storyboard-tile]")
        .evaluate("tile => tile.style.backgroundPosition")
        .startswith("-800px")
    )
