"""A citizen's own works: the list, the receipt, withdrawing and changing."""

import datetime as dt

import pytest

from contests import clock
from submissions.services import reopen, submit
from submissions.services.screening import decide, turn_of
from submissions.states import Decision, ScreeningLevel, State
from tests.factories.submissions import (
    COLLECTING,
    make_complete_draft,
    make_draft,
    make_failed_file,
    make_handed_in,
    make_reviewer,
    make_screening,
)


def page_of(work):
    return f"/submissions/{work.pk}/"


def test_drafts_stand_first_then_returned_works_then_the_others(
    visit, contest, citizen, stranger
):
    accepted = make_handed_in(contest, author=citizen, state=State.ACCEPTED)
    returned = make_handed_in(contest, author=citizen, state=State.RETURNED)
    draft = make_draft(contest, author=citizen, title="Half a film")
    make_draft(contest, author=stranger)
    make_handed_in(contest, author=stranger)
    make_draft(contest, author=citizen, state=State.WITHDRAWN, title="Discarded")

    response = visit(citizen).get("/my/")

    assert [line[0] for line in response.context["drafts"]] == [draft]
    assert [line[0] for line in response.context["works"]] == [returned, accepted]
    assert "Discarded" not in response.content.decode()


def test_somebody_new_is_shown_the_way(visit, citizen):
    text = visit(citizen).get("/my/").content.decode()

    assert "Nothing here yet" in text
    assert visit().get("/my/").status_code == 302


def test_a_returned_work_says_why_and_until_when(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen)
    decide(
        submission=work,
        by=make_reviewer(contest),
        at=COLLECTING,
        turn=turn_of(work),
        decision=Decision.RETURN,
        reason_key="unclear",
    )

    text = visit(citizen).get("/my/").content.decode()
    detail = visit(citizen).get(page_of(work)).content.decode()

    for page in (text, detail):
        assert "The picture is not clear. Please send a larger one." in page
        assert "Please correct it before 15 April 24:00." in page
        assert "Correct it now" in page


def test_a_work_its_files_sent_back_says_that(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen, state=State.RETURNED)
    make_failed_file(work)

    text = visit(citizen).get(page_of(work)).content.decode()

    assert "A file does not meet the rules." in text
    assert "This file is not a JPG picture but PNG." in text


def test_three_works_take_as_many_queries_as_one(visit, contest, citizen, queries_of):
    browser = visit(citizen)
    make_complete_draft(contest, author=citizen)
    make_handed_in(contest, author=citizen)
    for_one = queries_of(browser, "/my/")

    for _number in range(2):
        make_complete_draft(contest, author=citizen)
        make_handed_in(contest, author=citizen)

    assert queries_of(browser, "/my/") == for_one


def test_the_receipt_shows_number_and_days_to_come(visit, contest, citizen):
    draft = make_complete_draft(contest, author=citizen)

    response = visit(citizen).post(f"/submissions/{draft.pk}/submit/", follow=True)

    text = response.content.decode()
    assert [
        (stop.label, stop.text, stop.state) for stop in response.context["path"]
    ] == [
        ("Received", "10 April", "done"),
        ("Screening", "Files are being checked", "now"),
        ("Autumn selection", "September", "todo"),
        ("Annual final", "October", "todo"),
    ]
    assert "V-0001" in text
    assert "You can withdraw it until 31 August 24:00." in text


def test_the_history_tells_every_move_in_a_sentence(visit, contest, citizen):
    work = make_complete_draft(contest, author=citizen)
    submit(submission=work, by=citizen, at=COLLECTING)
    reopen(submission=work, by=citizen, at=COLLECTING + dt.timedelta(minutes=1))

    response = visit(citizen).get(page_of(work))

    assert [line.sentence for line in response.context["history"]] == [
        "The work was handed in.",
        "The author took it back to change something.",
    ]


@pytest.mark.parametrize("state", list(State))
def test_the_page_of_a_work_is_its_authors_in_every_state(
    visit, contest, citizen, stranger, state
):
    make = make_draft if state == State.DRAFT else make_handed_in
    work = make(contest, author=citizen, state=state)

    own = visit(citizen).get(page_of(work))
    other = visit(stranger).get(page_of(work))
    unknown = visit().get(page_of(work))

    assert (own.status_code, other.status_code, unknown.status_code) == (200, 404, 302)


def test_staff_read_without_the_authors_buttons(visit, contest, organiser, reviewer):
    work = make_handed_in(contest)

    answers = [visit(reader).get(page_of(work)) for reader in (organiser, reviewer)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("Withdraw" not in answer.content.decode() for answer in answers)


def test_a_work_can_be_withdrawn_after_being_asked(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen)
    browser = visit(citizen)

    asked = browser.get(f"/submissions/{work.pk}/withdraw/")
    browser.post(f"/submissions/{work.pk}/withdraw/", {"reason": "It was a mistake."})

    work.refresh_from_db()
    assert "This cannot be undone" in asked.content.decode()
    assert work.state == State.WITHDRAWN
    assert work.events.get().reason == "It was a mistake."


def test_after_the_deadline_an_accepted_work_stays(visit, contest, citizen, settings):
    work = make_handed_in(contest, author=citizen, state=State.ACCEPTED)
    settings.DEMO_TODAY = dt.date(2031, 9, 1)
    browser = visit(citizen)

    page = browser.get(page_of(work)).content.decode()
    browser.post(f"/submissions/{work.pk}/withdraw/")

    work.refresh_from_db()
    assert "Withdraw" not in page
    assert work.state == State.ACCEPTED


def test_a_work_can_be_changed_until_screening_begins(visit, contest, citizen):
    early = make_handed_in(contest, author=citizen, state=State.SUBMITTED)
    late = make_handed_in(contest, author=citizen, state=State.SCREENING)
    browser = visit(citizen)

    to_draft = browser.post(f"/submissions/{early.pk}/reopen/")
    refused = browser.post(f"/submissions/{late.pk}/reopen/", follow=True)

    early.refresh_from_db()
    late.refresh_from_db()
    assert to_draft["Location"] == f"/submissions/{early.pk}/edit/check/"
    assert (early.state, late.state) == (State.DRAFT, State.SCREENING)
    assert "This work can no longer be changed" in refused.content.decode()


@pytest.mark.parametrize("verb", ["submit", "withdraw", "reopen"])
def test_strangers_can_do_nothing(visit, contest, stranger, verb):
    work = make_handed_in(contest, state=State.SUBMITTED)

    response = visit(stranger).post(f"/submissions/{work.pk}/{verb}/")

    work.refresh_from_db()
    assert (response.status_code, work.state) == (404, State.SUBMITTED)


def test_a_reason_of_an_earlier_cycle_is_not_shown_again(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen, state=State.RETURNED, cycle=2)
    make_screening(
        work,
        cycle=1,
        level=ScreeningLevel.FIRST,
        decision=Decision.RETURN,
        reason="Of the first time.",
        decided_at=clock.start_of(dt.date(2031, 4, 1)),
    )

    response = visit(citizen).get(page_of(work))

    assert response.context["why_returned"].startswith(
        "A file does not meet the rules."
    )
