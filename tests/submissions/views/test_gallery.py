"""What everybody may see."""

import re

import pytest

from submissions import ribbons
from submissions.states import State
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    make_contest,
    make_copies,
    make_handed_in,
    make_media_file,
)


def accepted(contest, **fields):
    return make_handed_in(contest, state=State.ACCEPTED, **fields)


def titles(response):
    return [tile.title for tile in response.context["tiles"]]


def test_only_accepted_works_are_shown(visit, contest):
    for state in State:
        if state != State.DRAFT:
            make_handed_in(contest, state=state, title=f"Work {state}")

    response = visit().get("/works/")

    assert titles(response) == ["Work accepted"]


def test_filters_stand_in_the_address(visit, contest):
    street = contest.units.get(key="street")
    accepted(contest, title="By the river")
    accepted(contest, title="In the street", unit=street)
    browser = visit()

    both = browser.get("/works/")
    one = browser.get("/works/", {"unit": "street"})
    none = browser.get("/works/", {"unit": "street", "track": "students"})
    unknown = browser.get("/works/", {"unit": "sea"})

    assert sorted(titles(both)) == ["By the river", "In the street"]
    assert titles(one) == ["In the street"]
    assert (titles(none), titles(unknown)) == ([], [])
    assert [
        (row.label, chip.label, chip.query)
        for row in one.context["chips"]
        for chip in row.chips
        if chip.is_current
    ] == [
        ("Unit", "Street", "?unit=street"),
        ("Track", "All", "?unit=street"),
        ("Category", "All", "?unit=street"),
    ]


def test_a_page_has_24_works_and_htmx_takes_only_the_next(visit, contest, settings):
    author = CitizenFactory()
    for _number in range(25):
        accepted(contest, author=author, files=0)
    browser = visit()

    first = browser.get("/works/")
    second = browser.get("/works/", {"page": 2})
    more = browser.get("/works/", {"page": 2}, headers={"HX-Request": "true"})

    assert (len(titles(first)), len(titles(second)), len(titles(more))) == (24, 1, 1)
    assert 'hx-get="?page=2"' in first.content.decode()
    assert "<html" in second.content.decode()
    assert "<html" not in more.content.decode()


def test_three_works_take_as_many_queries_as_one(visit, contest, queries_of):
    browser = visit()
    accepted(contest, files=2)
    for_one = queries_of(browser, "/works/")

    accepted(contest, files=2)
    accepted(contest, files=2)

    assert queries_of(browser, "/works/") == for_one


def test_tiles_show_the_cover_and_what_kind_of_work_it_is(visit, contest, monkeypatch):
    series = accepted(contest, title="Three mornings", files=3, shot_place="North bank")
    film = accepted(
        contest,
        title="A minute",
        files=0,
        category=contest.categories.get(key="film"),
    )
    make_media_file(film, content_type="mp4")
    inspection = film.media_files.get().inspection
    inspection.facts = {"kind": "video", "duration_s": 47.2}
    inspection.save()
    monkeypatch.setattr(ribbons, "_sources", [lambda works: {series.pk: "Best"}])

    tiles = visit().get("/works/").context["tiles"]

    cover = series.media_files.first()
    assert {
        tile.title: (tile.place, tile.badge, tile.badge_icon, tile.ribbon)
        for tile in tiles
    } == {
        "Three mornings": ("North bank", "Series of 3 pictures", "layers", "Best"),
        "A minute": ("The river of the valley", "00:47", "play", ""),
    }
    assert f"/media/{cover.token}/thumbnail" in [
        tile.picture.url for tile in tiles if tile.picture
    ]


def test_the_page_of_a_work_tells_its_story_and_no_more(visit, contest):
    work = accepted(contest, title="Morning by the river", shot_place="North bank")

    response = visit().get(f"/works/{work.number}/")

    text = response.content.decode()
    cover = work.media_files.get()
    assert "Aunt Zhou sweeps the bank each morning." in text
    assert "王小荷" in text
    assert f"/media/{cover.token}/view" in text
    assert "Help: 000 0000" in text
    assert cover.original_name not in text
    assert work.author.phone not in text
    assert work.author.phone[3:] not in text


def test_a_shared_address_shows_the_title_one_line_and_the_picture(visit, contest):
    work = accepted(contest, title="Morning by the river")

    text = visit().get(f"/works/{work.number}/").content.decode()

    cover = work.media_files.get()
    told = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', text))
    assert told == {
        "type": "article",
        "title": "Morning by the river",
        "description": f"王小荷 · {work.unit.name} · {contest.title_short}",
        "url": f"http://testserver/works/{work.number}/",
        "image": f"http://testserver/media/{cover.token}/thumbnail",
    }


def test_a_film_has_a_player_with_a_poster(visit, contest):
    film = accepted(contest, files=0, category=contest.categories.get(key="film"))
    media_file = make_media_file(film, content_type="mp4", copies=False)
    make_copies(media_file, "view", "poster")

    text = visit().get(f"/works/{film.number}/").content.decode()

    assert f'src="/media/{media_file.token}/view"' in text
    assert f'poster="/media/{media_file.token}/poster"' in text
    assert "playsinline" in text


@pytest.mark.parametrize("state", [state for state in State if state != State.ACCEPTED])
def test_works_that_are_not_accepted_have_no_public_page(visit, contest, state):
    work = make_handed_in(contest, state=state)

    response = visit(work.author).get(f"/works/{work.number}/")

    assert response.status_code == 404


def test_of_two_works_with_one_number_the_newer_contests_is_shown(visit, contest):
    old = make_contest()
    old.starts_on = old.starts_on.replace(year=2030)
    old.save()
    accepted(old, number="X-1", title="Last year's")
    accepted(contest, number="X-1", title="This year's")

    text = visit().get("/works/X-1/").content.decode()

    assert "This year&#x27;s" in text


def test_the_credit_line_says_what_each_did_and_the_film_stands_there_in_words(
    visit, contest
):
    film = contest.categories.get(key="film")
    work = accepted(contest, category=film, text_summary="A bridge at dawn, no words.")
    work.authors.update(role="Director")

    page = visit().get(f"/works/{work.number}/").content.decode()

    assert "王小荷 (Director)" in page
    assert "A bridge at dawn, no words." in page


def test_a_summary_of_pictures_is_not_shown(visit, contest):
    work = accepted(contest, text_summary="Left from another category.")

    page = visit().get(f"/works/{work.number}/").content.decode()

    assert "Left from another category." not in page


def test_every_tile_and_every_page_names_the_authors(visit, contest):
    work = accepted(contest)
    work.authors.create(position=2, name="李青", role="剪辑")
    browser = visit()

    tiles = browser.get("/works/").content.decode()
    page = browser.get(f"/works/{work.number}/").content.decode()

    line = "王小荷, 李青 (剪辑)"
    assert (line in tiles, line in page) == (True, True)
    assert re.search(rf'og:description" content="{re.escape(line)} · ', page)


def test_an_organisation_is_named_behind_its_authors(visit, contest):
    accepted(contest, entrant="organisation", organisation_name="示例社区")

    tiles = visit().get("/works/").context["tiles"]

    assert [tile.credit for tile in tiles] == ["王小荷, 示例社区"]


def test_without_authors_the_entrant_is_named(visit, contest):
    accepted(contest).authors.all().delete()

    tiles = visit().get("/works/").context["tiles"]

    assert [tile.credit for tile in tiles] == ["王小荷"]
