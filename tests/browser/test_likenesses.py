"""A reviewer sets two works that are alike side by side, and decides."""

import subprocess

import pytest
from playwright.sync_api import expect

from bench.duplicates import films, tracks
from bench.duplicates.edits import PICTURE_EDITS
from bench.duplicates.scenes import picture
from submissions.media.tools.ffmpeg import ffmpeg_binary
from submissions.models import LikenessRuling
from tests.browser.looking import look_at
from tests.browser.works import hand_in
from tests.factories.submissions import make_reviewer


@pytest.fixture
def photos(contest, tmp_path):
    """A photograph, and a copy of it by somebody else."""
    original = picture(1, (1620, 1080))
    works = []
    for title, image in (
        ("放学路口", original),
        ("校门口的傍晚", PICTURE_EDITS["crop 5 %"](original).resize((1620, 1080))),
    ):
        path = tmp_path / f"{title}.jpg"
        image.save(path, "JPEG", quality=88, dpi=(300, 300))
        works.append(hand_in(contest, path, category="photo", title=title))
    return works


@pytest.fixture
def clips(contest, tmp_path):
    """A film, and a clip cut from it."""
    scenes = films.make(tmp_path / "scenes.mp4", 1, seconds=12)
    tune = tracks.make(tmp_path / "tune.wav", 1, seconds=12)
    works = []
    for title, start in (("清晨的义务巡河队", 0), ("河边的一天", 4)):
        path = tmp_path / f"{start}.mp4"
        command = ["-ss", start, "-i", scenes, "-ss", start, "-i", tune]
        command += ["-vf", "scale=1920:1080", "-c:v", "libx264", "-preset"]
        command += ["ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", path]
        subprocess.run(
            [ffmpeg_binary(), "-nostdin", "-v", "error", *map(str, command)],
            check=True,
        )
        works.append(hand_in(contest, path, category="short_video", title=title))
    return works


def test_a_photo_like_another_waits_for_what_a_reviewer_makes_of_it(
    new_page, contest, photos
):
    source, copy = photos
    page = new_page(user=make_reviewer(contest))
    page.goto(f"/screening/{copy.pk}/")
    look_at(page)

    beside = page.locator("#similar")
    expect(beside.locator("a", has_text=source.title)).to_be_visible()
    assert beside.locator("img").evaluate_all(
        "images => images.every((image) => image.naturalWidth > 0)"
    )
    page.locator("label:has([name=decision][value=pass])").click()
    page.locator("[data-checks-all]").click()
    page.locator(".screen-decision .button-main").click()
    expect(page.locator(".screen-decision .error-summary")).to_be_visible()
    look_at(page)

    beside.locator("[name=verdict][value=allowed]").check()
    beside.locator("[name=reason]").fill("同一位作者的两次投稿。")
    beside.locator("form button").click()
    expect(page.locator("#similar .screen-finding")).to_contain_text("两次投稿")
    look_at(page)
    assert LikenessRuling.objects.get().other == source


def test_both_films_play_from_the_same_moment(new_page, contest, clips):
    page = new_page(user=make_reviewer(contest))
    page.goto(f"/screening/{clips[1].pk}/")

    page.locator("[data-alike-moments] button").first.click()
    expect(page.locator("#similar video")).to_have_count(4)  # its scenes, its sound
    at = (
        page.locator("#similar [data-alike]")
        .first.locator("video")
        .evaluate_all("films => films.map((film) => film.currentTime)")
    )

    assert 3 <= at[1] - at[0] <= 5
    look_at(page)
