"""The organisers' list of drafts one step short."""

import datetime as dt

import pytest

from contests import clock
from notifications.models import Message
from submissions.services.reminders import look_at_drafts
from tests.factories.submissions import (
    LAST_DAY,
    make_complete_draft,
    make_draft,
    make_media_file,
)


@pytest.fixture
def draft(contest, citizen):
    draft = make_complete_draft(
        contest, author=citizen, title="Lanterns", entrant_name="王小荷"
    )
    look(contest)
    return draft


def look(contest):
    look_at_drafts(contest=contest, at=clock.now())


def test_the_list_tells_how_much_is_missing_and_nothing_of_what_is_there(
    visit, organiser, draft
):
    words = visit(organiser).get("/unsent/").content.decode()

    assert "王*荷" in words
    private = ["Lanterns", draft.story, "王小荷", draft.author.phone, "DSC_0001.jpg"]
    assert [each for each in private if each in words] == []


def test_the_numbers_tell_begun_from_complete(visit, contest, organiser, draft):
    make_media_file(make_draft(contest))
    make_draft(contest)
    look(contest)

    page = visit(organiser).get("/unsent/")

    counts = page.context["counts"]
    assert (counts["complete"], counts["begun"]) == (1, 2)


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    visit, queries_of, contest, organiser, draft
):
    browser = visit(organiser)
    one = queries_of(browser, "/unsent/")

    for _number in range(2):
        make_complete_draft(contest)
    look(contest)

    assert queries_of(browser, "/unsent/") == one


def test_only_those_who_run_the_contest_see_it(visit, stranger, reviewer, draft):
    for user in (stranger, reviewer, draft.author):
        assert visit(user).get("/unsent/").status_code == 404
        assert visit(user).post("/unsent/remind/").status_code == 404


def test_one_owner_is_reminded(visit, organiser, draft):
    answer = visit(organiser).post("/unsent/remind/", {"draft": draft.pk}, follow=True)

    assert Message.objects.get().recipient == draft.author
    assert "The owner was reminded." in answer.content.decode()


def test_a_second_press_says_that_it_was_only_just(visit, organiser, draft):
    browser = visit(organiser)
    browser.post("/unsent/remind/", {"draft": draft.pk})

    answer = browser.post("/unsent/remind/", {"draft": draft.pk}, follow=True)

    assert "reminded only a few days ago" in answer.content.decode()
    assert Message.objects.count() == 1


def test_all_of_them_are_reminded(visit, contest, organiser, draft):
    make_complete_draft(contest)
    look(contest)

    answer = visit(organiser).post("/unsent/remind/", follow=True)

    assert Message.objects.count() == 2
    assert "2 owners were reminded." in answer.content.decode()


@pytest.mark.parametrize("chosen", ["0", "x", "9" * 40])
def test_a_draft_that_is_not_there_is_not_found(visit, organiser, draft, chosen):
    answer = visit(organiser).post("/unsent/remind/", {"draft": chosen})

    assert answer.status_code == 404


def test_after_the_deadline_the_list_stays_and_the_buttons_go(
    visit, organiser, draft, settings
):
    settings.DEMO_TODAY = LAST_DAY + dt.timedelta(days=1)

    page = visit(organiser).get("/unsent/")

    assert len(page.context["drafts"]) == 1
    assert "/unsent/remind/" not in page.content.decode()
