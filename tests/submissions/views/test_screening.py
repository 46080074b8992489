"""The reviewers' desk."""

import pytest
from django.utils import timezone

from accounts.models import Membership, Role
from submissions.services import claims
from submissions.services.screening import turn_of
from submissions.states import Decision, ScreeningLevel, State
from tests.factories.accounts import make_worker
from tests.factories.submissions import (
    make_contest,
    make_draft,
    make_failed_file,
    make_handed_in,
    make_media_file,
    make_organiser,
    make_reviewer,
    make_screening,
)
from tests.submissions.views.reviewing import decided, desk, waiting, works


def test_the_queue_begins_with_the_work_that_waits_longest(visit, contest, reviewer):
    short, long = waiting(contest, days=1), waiting(contest, days=9)
    for state in (State.SUBMITTED, State.RETURNED, State.ACCEPTED):
        make_handed_in(contest, state=state)
    make_draft(contest)

    response = visit(reviewer).get("/screening/")

    assert works(response) == [long, short]
    # 10 April 2031 is a Thursday: from the 1st there are 7 working days to it.
    assert [line.waited for line in response.context["lines"]] == [7, 1]


def test_filters_of_the_queue_stand_in_the_address(visit, contest, reviewer):
    street = contest.units.get(key="street")
    first = waiting(contest, unit=street)
    second = waiting(contest)
    make_screening(second)
    browser = visit(reviewer)

    assert works(browser.get("/screening/", {"unit": "street"})) == [first]
    assert works(browser.get("/screening/", {"level": "first"})) == [first]
    assert works(browser.get("/screening/", {"level": "second"})) == [second]
    assert works(browser.get("/screening/", {"category": "film"})) == []


def test_organisers_and_supervisors_may_read_and_everybody_else_may_not(
    visit, contest, reviewer, organiser, citizen
):
    work = waiting(contest, author=citizen)
    other = make_reviewer(make_contest(key="zone"))
    readers = [reviewer, organiser, make_worker(contest, Role.SUPERVISOR)]
    others = [citizen, make_worker(contest, Role.JUDGE), other]

    for address in ("/screening/", desk(work)):
        assert [visit(user).get(address).status_code for user in readers] == [200] * 3
        assert [visit(user).get(address).status_code for user in others] == [404] * 3
        assert visit().get(address).status_code == 302


def test_an_organiser_can_not_decide(visit, contest, organiser):
    work = waiting(contest)

    page = visit(organiser).get(desk(work))
    response = visit(organiser).post(desk(work), decided(work))

    assert page.context["can_decide"] is False
    assert response.status_code == 404
    assert work.screenings.count() == 0


def test_three_works_take_as_many_queries_as_one(visit, contest, reviewer, queries_of):
    browser = visit(reviewer)
    make_screening(waiting(contest, files=2))
    for_one = queries_of(browser, "/screening/")

    waiting(contest, files=2)
    make_screening(waiting(contest, files=2))

    assert queries_of(browser, "/screening/") == for_one


def test_a_decision_leads_to_the_next_work_under_the_same_filter(
    visit, contest, reviewer
):
    street = contest.units.get(key="street")
    first = waiting(contest, days=3, unit=street)
    waiting(contest, days=2)
    third = waiting(contest, days=1, unit=street)
    browser = visit(reviewer)

    to_next = browser.post(desk(first, "?unit=street"), decided(first))
    to_queue = browser.post(desk(third, "?unit=street"), decided(third))

    assert to_next["Location"] == desk(third, "?unit=street")
    assert to_queue["Location"] == "/screening/?unit=street"


def test_two_people_pass_a_work(visit, contest, reviewer):
    work = waiting(contest)
    second = make_reviewer(contest)

    visit(reviewer).post(desk(work), decided(work))
    level_of_second = visit(second).get(desk(work)).context["level"]
    visit(second).post(desk(work), decided(work))

    work.refresh_from_db()
    assert level_of_second == ScreeningLevel.SECOND
    assert [(made.level, made.reviewer) for made in work.screenings.all()] == [
        (ScreeningLevel.FIRST, reviewer),
        (ScreeningLevel.SECOND, second),
    ]
    assert work.state == State.ACCEPTED


def test_the_same_person_can_not_do_both_screenings(visit, contest, reviewer):
    work = waiting(contest)
    make_screening(work, reviewer=reviewer)
    browser = visit(reviewer)

    page = browser.get(desk(work)).content.decode()
    response = browser.post(desk(work), decided(work))

    sentence = "You did the first screening. A second person must do the next one."
    assert sentence in page
    assert response.status_code == 409
    assert sentence in response.content.decode()
    assert work.screenings.count() == 1


def test_a_return_carries_the_reason_and_its_clause(visit, contest, reviewer):
    work = waiting(contest)

    visit(reviewer).post(desk(work), decided(work, "return", reason_key="unclear"))

    work.refresh_from_db()
    made = work.screenings.get()
    assert work.state == State.RETURNED
    assert (made.decision, made.reason, made.clause) == (
        Decision.RETURN,
        "The picture is not clear. Please send a larger one.",
        "1080P.",
    )


def test_own_words_replace_the_sentence_of_the_reason(visit, contest, reviewer):
    work = waiting(contest)

    visit(reviewer).post(
        desk(work),
        decided(work, "return", reason_key="unclear", reason="Picture 2 is blurred."),
    )

    assert work.screenings.get().reason == "Picture 2 is blurred."


@pytest.mark.parametrize("decision", ["return", "reject"])
def test_a_refusal_without_a_reason_is_refused(visit, contest, reviewer, decision):
    work = waiting(contest)

    response = visit(reviewer).post(desk(work), decided(work, decision, reason="No."))

    assert response.status_code == 409
    assert response.context["form"].non_field_errors() == [
        "Please choose the reason the entrant will read."
    ]
    assert "No." in response.content.decode()
    assert work.screenings.count() == 0


def test_a_decision_must_be_chosen(visit, contest, reviewer):
    work = waiting(contest)

    response = visit(reviewer).post(desk(work), {"turn": str(turn_of(work))})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"decision"}


def test_reviewers_read_findings_facts_and_declarations(visit, contest, reviewer):
    work = waiting(contest, state=State.RETURNED)
    make_failed_file(work)

    text = visit(reviewer).get(desk(work)).content.decode()

    assert "IMG-FORMAT-OTHER" in text
    assert "This file is not a JPG picture but PNG." in text
    assert "I made it myself." in text
    assert "Width as shown" in text
    assert work.author.phone not in text
    assert work.author.phone[-11:] not in text
    assert work.author.masked_phone in text


def test_reviewers_read_what_a_file_says_of_its_making(visit, contest, reviewer):
    work = waiting(contest)
    inspection = work.media_files.first().inspection
    inspection.facts |= {
        "camera": "示例 Camera 1",
        "c2pa_state": "invalid",
        "c2pa_signer": "Example Cameras",
    }
    inspection.save()

    text = visit(reviewer).get(desk(work)).content.decode()

    assert "示例 Camera 1" in text
    assert "do not fit the file any more · Example Cameras" in text


def test_reviewers_read_a_label_in_words_beside_what_the_entrant_says(
    visit, contest, reviewer
):
    work = waiting(contest, ai_use="none")
    file = work.media_files.get()
    file.inspection.facts["aigc_label"] = "2"
    file.inspection.save()

    html = visit(reviewer).get(desk(work)).content.decode()

    assert "<dt>The entrant says</dt><dd>No AI was used</dd>" in html
    assert "<dt>Label in file 1</dt><dd>2: may be generated content</dd>" in html


def test_drafts_are_not_on_the_desk(visit, contest, reviewer):
    draft = make_draft(contest)

    assert visit(reviewer).get(desk(draft)).status_code == 404


def test_nobody_screens_an_own_work(visit, contest, citizen):
    organiser_too = make_organiser(contest)
    work = waiting(contest, author=organiser_too)
    Membership.objects.create(user=organiser_too, contest=contest, role=Role.REVIEWER)

    response = visit(organiser_too).post(desk(work), decided(work))

    assert response.status_code == 409
    assert work.screenings.count() == 0


# --- Filters ------------------------------------------------------------------------
def test_more_filters_of_the_queue(visit, contest, reviewer):
    late = waiting(contest, days=9, channel="wechat_mini_program")
    warned = waiting(contest, days=1)
    make_media_file(warned, findings=[("IMG-EXIF-EDITOR", "warning")])
    claims.claim(submission=warned, by=make_reviewer(contest), at=timezone.now())
    browser = visit(reviewer)

    def found(**query):
        return works(browser.get("/screening/", query))

    assert found(only="overdue") == [late]
    assert found(only="warnings") == [warned]
    assert found(only="claimed") == [warned]
    assert found(only="for-me") == [late]
    assert found(only="nonsense") == []
    assert found(channel="wechat_mini_program") == [late]
    assert found(district="-") == [late, warned]
    assert found(district="nowhere") == []


def test_two_working_days_after_the_handing_in_a_work_is_overdue(
    visit, contest, reviewer
):
    # Monday the 7th was due on the 9th; Tuesday the 8th is due on the 10th, 24:00.
    waiting(contest, days=3), waiting(contest, days=2)

    lines = visit(reviewer).get("/screening/").context["lines"]

    assert [line.is_overdue for line in lines] == [True, False]


# --- Originals and likenesses -------------------------------------------------------
def test_a_reviewer_asks_for_the_original_and_closes_the_request(
    visit, contest, reviewer
):
    work = waiting(contest)
    browser = visit(reviewer)

    browser.post(f"/screening/{work.pk}/original/", {"reason": "To compare."})
    asked = work.original_requests.get()
    page = browser.get(desk(work)).content.decode()
    browser.post(f"/original-requests/{asked.pk}/close/")

    asked.refresh_from_db()
    assert "To compare." in page
    assert asked.state == "closed"


def test_the_same_file_in_another_work_stands_beside_this_one(visit, contest, reviewer):
    work, other, draft = waiting(contest), waiting(contest), make_draft(contest)
    sha256 = work.media_files.get().sha256
    for twin in (other, draft):
        make_media_file(twin, sha256=sha256)

    response = visit(reviewer).get(desk(work))

    assert [each.work for each in response.context["dossier"].others] == [other]
    assert "another entrant" in response.content.decode()


def test_a_work_takes_as_many_queries_with_more_of_everything(
    visit, contest, reviewer, queries_of
):
    work = waiting(contest, files=2)
    make_screening(work)
    browser = visit(reviewer)
    for_few = queries_of(browser, desk(work))

    make_media_file(work)
    make_screening(work, cycle=0)

    assert queries_of(browser, desk(work)) == for_few
