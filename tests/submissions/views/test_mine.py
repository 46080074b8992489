"""A citizen's own works: the list, the receipt, withdrawing and changing."""

import datetime as dt

import pytest
from django.utils import timezone

from contests import clock
from submissions.models import OriginalRequest
from submissions.services import reopen, submit
from submissions.services.screening import decide, turn_of
from submissions.states import (
    Decision,
    RequestState,
    ScreeningLevel,
    State,
    UploadState,
)
from tests.factories.deadlines import make_begun_upload, make_waiver
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
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


def open_upload(draft, **fields):
    """Goes on for a real week, whatever the contest's day."""
    real = {
        "touched_at": timezone.now(),
        "expires_at": timezone.now() + dt.timedelta(days=7),
    }
    return make_begun_upload(draft, created_at=COLLECTING, **real | fields)


def ask_for_original(work, *, due_at, state=RequestState.OPEN):
    return OriginalRequest.objects.create(
        submission=work,
        state=state,
        reason="The sky looks painted.",
        asked_by=make_reviewer(work.contest),
        asked_at=COLLECTING,
        due_at=due_at,
    )


def test_what_is_on_its_way_stands_first_and_can_be_gone_on_with(
    visit, contest, citizen, stranger
):
    draft = make_draft(contest, author=citizen)
    arriving = open_upload(draft, offset_bytes=620)
    open_upload(make_draft(contest, author=stranger))
    open_upload(draft, expires_at=timezone.now(), original_name="run-out.jpg")

    response = visit(citizen).get("/my/")

    text = response.content.decode()
    assert [upload for upload, _url in response.context["uploads"]] == [arriving]
    assert 'max="100" value="62"' in text
    assert f'href="/submissions/{draft.pk}/edit/files/"' in text
    assert text.index("On their way") < text.index("Drafts")


def test_a_refused_upload_says_why_for_some_days(visit, contest, citizen):
    draft = make_draft(contest, author=citizen)
    refused = {"state": UploadState.REFUSED, "refusal": "This is not a JPG picture."}
    open_upload(draft, **refused)
    long_ago = timezone.now() - dt.timedelta(days=4)
    open_upload(draft, **refused, touched_at=long_ago, original_name="old.jpg")

    text = visit(citizen).get("/my/").content.decode()

    assert text.count("This is not a JPG picture.") == 1
    assert "old.jpg" not in text


def test_what_waits_for_an_answer_stands_with_its_day(visit, contest, citizen):
    photograph = make_handed_in(contest, author=citizen, title="Blue sky")
    due = clock.end_of(dt.date(2031, 4, 13))
    ask_for_original(photograph, due_at=due)
    over = make_handed_in(contest, author=citizen)
    ask_for_original(over, due_at=clock.start_of(dt.date(2031, 4, 10)))

    response = visit(citizen).get("/my/")

    text = response.content.decode()
    assert [each.submission for each in response.context["originals"]] == [photograph]
    assert "Please send it before 13 April 24:00." in text
    assert f'href="/submissions/{photograph.pk}/original/"' in text


def test_a_work_taken_back_says_that_it_must_be_handed_in_again(
    visit, contest, citizen
):
    work = make_handed_in(contest, author=citizen, state=State.DRAFT, number="V-0777")

    text = visit(citizen).get("/my/").content.decode()

    assert "You took V-0777 back to change it." in text
    assert f'href="/submissions/{work.pk}/edit/check/"' in text


def test_a_draft_says_that_the_committee_was_asked(visit, contest, citizen):
    make_waiver(make_draft(contest, author=citizen))

    text = visit(citizen).get("/my/").content.decode()

    assert "A longer film: Waiting for an answer" in text


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
    draft = make_complete_draft(contest, author=citizen)
    open_upload(draft)
    make_waiver(draft)
    ask_for_original(make_handed_in(contest, author=citizen), due_at=TOO_LATE)
    for_one = queries_of(browser, "/my/")

    for _number in range(2):
        draft = make_complete_draft(contest, author=citizen)
        open_upload(draft)
        make_waiver(draft)
        work = make_handed_in(contest, author=citizen)
        ask_for_original(work, due_at=TOO_LATE)

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


def test_a_work_can_be_changed_until_it_is_decided(visit, contest, citizen):
    early = make_handed_in(contest, author=citizen, state=State.SCREENING)
    late = make_handed_in(contest, author=citizen, state=State.ACCEPTED)
    browser = visit(citizen)

    to_draft = browser.post(f"/submissions/{early.pk}/reopen/")
    refused = browser.post(f"/submissions/{late.pk}/reopen/", follow=True)

    early.refresh_from_db()
    late.refresh_from_db()
    assert to_draft["Location"] == f"/submissions/{early.pk}/edit/check/"
    assert (early.state, late.state) == (State.DRAFT, State.ACCEPTED)
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
