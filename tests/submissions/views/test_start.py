"""The door to the wizard."""

import datetime as dt

from submissions.models import Submission
from tests.factories.submissions import COLLECTION_DAY, make_contest, make_draft


def test_a_visitor_reads_what_is_needed_and_is_led_to_sign_in(visit, contest):
    response = visit().get("/submit/", {"unit": "street"})

    text = response.content.decode()
    assert response.status_code == 200
    assert "/accounts/login/?next=/submit/%3Funit%3Dstreet" in text
    assert "The street of the valley" in text
    assert response.context["drafts"] == []


def test_beginning_asks_to_sign_in(visit, contest):
    response = visit().post("/submit/")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/submit/"
    assert Submission.objects.count() == 0


def test_beginning_makes_a_draft_in_the_unit_and_opens_its_first_step(visit, citizen):
    response = visit(citizen).post("/submit/", {"unit": "street"})

    draft = Submission.objects.get()
    assert (draft.author, draft.unit.key, draft.channel) == (citizen, "street", "web")
    assert response["Location"] == f"/submissions/{draft.pk}/edit/track/"


def test_open_drafts_are_offered_first(visit, contest, citizen, stranger):
    draft = make_draft(contest, author=citizen, title="Half a film")
    make_draft(contest, author=stranger, title="Not mine")

    response = visit(citizen).get("/submit/")

    assert [draft for draft, _url in response.context["drafts"]] == [draft]
    assert "Half a film" in response.content.decode()


def test_after_the_deadline_the_page_says_so(visit, contest, settings):
    settings.DEMO_TODAY = dt.date(2031, 9, 1)

    response = visit().get("/submit/")

    assert response.context["is_over"] is True
    assert "24:00" in response.content.decode()


def test_without_a_contest_there_is_nothing_to_enter(visit, db):
    assert visit().get("/submit/").status_code == 404


def test_one_draft_too_many_is_refused_with_a_way_out(visit, db, settings):
    settings.DEMO_TODAY = COLLECTION_DAY
    draft = make_draft(make_contest(defaults={"max_drafts": 1}))

    page = visit(draft.author).post("/submit/", follow=True)

    assert "You have 1 drafts already." in page.content.decode()
    assert Submission.objects.count() == 1
