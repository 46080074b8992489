"""A judge looks at a film on the ballot and scores it, by mouse and by key."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from contests import clock
from judging import services
from judging.models import Ballot
from judging.totals import weighted_total
from submissions.models import Submission
from submissions.states import State
from tests.browser.looking import look_at
from tests.browser.works import hand_in
from tests.factories.accounts import make_worker
from tests.submissions.media import makers

SECONDS = 12


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "a.mp4"
    return makers.film(path, seconds=SECONDS, rate=10)


@pytest.fixture
def ballot(contest, film):
    """Of one judge, on a film that is accepted."""
    category = contest.categories.filter(media="video").first()
    work = hand_in(contest, film, category=category.key, title="清晨的渡口")
    Submission.objects.filter(pk=work.pk).update(state=State.ACCEPTED)
    by = {"by": make_worker(contest, Role.ORGANISER), "at": clock.now()}
    round = services.open_round(stage=contest.stages.get(key="selection-2"), **by)
    services.assign_judges(round=round, judges=[make_worker(contest, Role.JUDGE)], **by)
    services.start_judging(round=round, **by)
    return Ballot.objects.get()


@pytest.fixture
def desk(new_page, ballot):
    """The ballot's page, in the judge's browser, once the film can be played."""
    page = new_page(user=ballot.assignment.judge)
    page.goto(reverse("admin:judging_ballot_change", args=[ballot.pk]))
    expect(page.locator("[data-storyboard]")).to_be_visible()
    return page


PLAYED_A_WHILE = """film => new Promise((done) => {
  film.muted = true;
  film.addEventListener("timeupdate", () => film.currentTime > 0.3 && done());
  film.play();
})"""


def test_the_film_plays_and_is_leafed_through_on_its_storyboard(desk):
    film = desk.locator(".stage video")
    look_at(desk)

    film.evaluate(PLAYED_A_WHILE)
    film.evaluate("film => film.pause()")
    range = desk.locator("[data-storyboard] input")
    box = range.bounding_box()
    desk.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    look = desk.locator("[data-storyboard-look]")
    expect(look).to_contain_text(f"0:0{SECONDS // 2}")
    desk.mouse.move(0, 0)
    expect(look).to_be_hidden()
    range.focus()
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight"):
        desk.keyboard.press(key)

    expect(look).to_be_visible()
    expect(film).to_have_js_property("error", None)
    expect(film).to_have_js_property("currentTime", 3)


def test_keys_play_seek_score_and_save(desk, ballot):
    film = desk.locator(".stage video")
    look_at(desk)

    desk.keyboard.press("l")
    expect(film).to_have_js_property("currentTime", 5)
    desk.keyboard.press("j")
    expect(film).to_have_js_property("currentTime", 0)
    film.evaluate("film => { film.muted = true; }")
    desk.keyboard.press("k")
    expect(film).to_have_js_property("paused", False)
    desk.keyboard.press("k")
    for _criterion in ballot.assignment.candidate.round.scoring.criteria:
        desk.keyboard.press("p")
        desk.keyboard.press("9")
    desk.keyboard.press("Enter")

    desk.wait_for_url("**/admin/judging/ballot/")
    look_at(desk)
    ballot.refresh_from_db()
    assert ballot.total_hundredths == 9000


def test_the_points_add_up_before_they_are_saved(desk, ballot):
    total = desk.locator("[data-ballot-total]")
    criteria = ballot.assignment.candidate.round.scoring.criteria
    groups = desk.locator(".score-cells")
    look_at(desk)

    expect(total).to_have_text("—")
    for number in range(len(criteria) - 1):
        groups.nth(number).locator("input[value='18']").dispatch_event("click")
    expect(total).to_have_text("—")
    expect(desk.locator("[data-ballot-open]")).to_be_visible()
    groups.last.locator("input[value='17']").dispatch_event("click")

    whole = weighted_total(
        {each.key: 18 for each in criteria[:-1]} | {criteria[-1].key: 17},
        scoring=ballot.assignment.candidate.round.scoring,
    )
    expect(total).to_have_text(f"{whole / 100:.2f}")
    expect(desk.locator("[data-ballot-open]")).to_be_hidden()


def test_moments_of_the_film_stand_in_a_row_and_lead_there(desk):
    moments = desk.locator("[data-storyboard-strip] button")
    look_at(desk)

    last = moments.count() - 1
    moments.nth(last).click()

    minutes, seconds = moments.nth(last).get_attribute("title").split()[-1].split(":")
    assert last > 0
    expect(desk.locator(".stage video")).to_have_js_property(
        "currentTime", 60 * int(minutes) + int(seconds)
    )


def test_keys_rest_while_a_remark_is_written(desk, ballot):
    look_at(desk)

    desk.locator("[name=comment]").fill("")
    desk.locator("[name=comment]").press_sequentially("jkl9")

    expect(desk.locator(".stage video")).to_have_js_property("currentTime", 0)
    expect(desk.locator("[name=comment]")).to_have_value("jkl9")
    expect(desk.locator(".score-cells input:checked:not([value=''])")).to_have_count(0)
