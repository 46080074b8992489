"""One's own submissions for programs: the whole way, strangers, refusals."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contests.services import publish_rulebook
from submissions.file_cards import FileCard
from submissions.media.jobs.claims import CONVERSIONS
from submissions.models import Conversion, Inspection, Submission
from submissions.states import ConversionState, InspectionState, State
from tests.factories.accounts import CitizenFactory, OrganisationFactory
from tests.factories.submissions import (
    COLLECTING,
    make_complete_draft,
    make_draft,
    make_failed_file,
    make_handed_in,
    make_media_file,
)
from tests.submissions.api.views.calls import LIST, one, post, send_file

DETAILS = {
    "unit": "river",
    "track": "open",
    "category": "series",
    "title": "Morning by the river",
    "entrant_name": "王小荷",
    "authors": ["王小荷", "李桂"],
    "ai_use": "none",
    "declarations": ["own", "portraits", "unmodified"],
}


def test_a_program_hands_a_work_in(api, citizen, django_capture_on_commit_callbacks):
    program = api(citizen)

    created = post(program, LIST, DETAILS)
    work = Submission.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        added = send_file(program, work, caption="At dawn")
    before = program.get(one(work)).json()
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(program, one(work, "submit"))
    after = program.get(one(work, "inspections")).json()

    assert (created.status_code, added.status_code, answer.status_code) == (
        201,
        201,
        200,
    )
    assert before["missing"] == []
    assert (answer.json()["state"], answer.json()["number"]) == ("submitted", "V-0001")
    assert (after["state"], after["number"]) == ("screening", "V-0001")
    assert [
        (file["caption"], file["inspection"], file["verdict"])
        for file in after["files"]
    ] == [("At dawn", "finished", "review")]
    assert (work.channel, answer.json()["authors"]) == (
        "web",
        [{"name": "王小荷", "role": ""}, {"name": "李桂", "role": ""}],
    )


def test_the_list_holds_ones_own_works(api, contest, citizen):
    work = make_handed_in(contest, author=citizen)
    make_handed_in(contest)

    body = api(citizen).get(LIST).json()

    assert body["count"] == 1
    [row] = body["results"]
    assert (row["id"], row["number"], row["unit"]) == (work.pk, work.number, "river")


def test_the_list_takes_as_many_queries_for_three_works_as_for_one(
    api, contest, citizen
):
    program = api(citizen)

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert program.get(LIST).status_code == 200
        return len(captured)

    make_draft(contest, author=citizen)
    for_one = count()
    make_draft(contest, author=citizen)
    make_draft(contest, author=citizen)

    assert count() == for_one


def test_a_failed_file_tells_its_findings(api, contest, citizen):
    draft = make_complete_draft(contest, author=citizen, files=0)
    make_failed_file(draft)

    body = api(citizen).get(one(draft)).json()

    [file] = body["files"]
    assert file["verdict"] == "failed"
    assert file["findings"] == [
        {
            "code": "IMG-FORMAT-OTHER",
            "severity": "error",
            "message": (
                "This file is not a JPG picture but PNG. Please export it as JPG and "
                "send it again."
            ),
            "explanation": (
                "The kind of a file is told by its content, so renaming it changes "
                "nothing."
            ),
            "measured": None,
            "limit": None,
            "rule": "54",
            "clause": "",
        }
    ]
    assert [gap["code"] for gap in body["missing"]] == ["SET-FILE-FAILED"]


@pytest.mark.parametrize(
    "verb", ["", "inspections", "status", "submit", "withdraw", "reopen", "files"]
)
def test_somebody_elses_work_does_not_exist(api, contest, citizen, verb):
    work = make_draft(contest)
    program = api(citizen)
    call = program.get if verb in {"", "inspections", "status"} else program.post

    response = call(one(work, verb))

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "verb"),
    [("get", ""), ("post", ""), ("post", "files"), ("post", "submit")],
)
def test_a_program_must_be_signed_in(api, contest, method, verb):
    work = make_draft(contest)

    response = getattr(api(), method)(one(work, verb))

    assert response.status_code == 401
    assert response.json() == {
        "code": "not_authenticated",
        "detail": "Please sign in first.",
    }


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_only_get_and_post_are_spoken(api, contest, citizen, method):
    draft = make_draft(contest, author=citizen)

    assert getattr(api(citizen), method)(one(draft)).status_code == 405


def test_a_title_of_201_characters_is_refused_with_its_code(api, contest, citizen):
    draft = make_draft(contest, author=citizen, title="Kept")

    response = post(api(citizen), one(draft), {"title": "字" * 201})

    draft.refresh_from_db()
    assert response.status_code == 400
    assert response.json() == {
        "code": "invalid",
        "detail": "Some of the information is missing or wrong.",
        "fields": {
            "title": ["The title is longer than 40 characters. Please shorten it."]
        },
        "codes": {"title": ["FRM-TITLE-LONG"]},
    }
    assert draft.title == "Kept"


def test_an_unknown_unit_is_refused(api, contest, citizen):
    response = post(api(citizen), LIST, {"unit": "sea"})

    assert (response.status_code, set(response.json()["fields"])) == (400, {"unit"})
    assert Submission.objects.count() == 0


def test_an_incomplete_work_is_refused_with_every_gap(api, contest, citizen):
    draft = make_draft(contest, author=citizen)

    response = post(api(citizen), one(draft, "submit"))

    body = response.json()
    assert (response.status_code, body["code"]) == (409, "incomplete")
    assert "FRM-TITLE-MISSING" in body["fields"]


def test_the_day_after_the_end_is_too_late(api, contest, citizen, settings):
    draft = make_complete_draft(contest, author=citizen)
    settings.DEMO_TODAY = dt.date(2031, 9, 1)

    response = post(api(citizen), one(draft, "submit"))

    draft.refresh_from_db()
    assert (response.status_code, response.json()["code"]) == (409, "collection_closed")
    assert draft.state == State.DRAFT


def test_a_work_handed_in_can_not_be_written(api, contest, citizen):
    work = make_handed_in(contest, author=citizen)

    response = post(api(citizen), one(work), {"title": "Other"})

    work.refresh_from_db()
    assert (response.status_code, response.json()["code"]) == (409, "not_editable")
    assert work.title == "Morning by the river"


def test_a_work_can_be_reopened_and_withdrawn(api, contest, citizen):
    work = make_handed_in(contest, author=citizen, state=State.SUBMITTED)
    program = api(citizen)

    reopened = post(program, one(work, "reopen"))
    withdrawn = post(program, one(work, "withdraw"), {"reason": "A mistake."})

    assert reopened.json()["state"] == "draft"
    assert withdrawn.json()["state"] == "withdrawn"
    assert work.events.last().reason == "A mistake."


def test_without_a_contest_there_is_nothing_to_begin(api, db):
    assert post(api(CitizenFactory()), LIST, DETAILS).status_code == 404


def test_authors_come_with_what_they_did(api, contest, citizen):
    draft = make_draft(contest, author=citizen)
    authors = [{"name": "王小荷", "role": "Director"}, {"name": "李桂", "role": ""}]

    answer = post(api(citizen), one(draft), {"authors": authors})

    assert answer.json()["authors"] == authors


def test_all_that_is_sent_is_written_or_nothing(api, contest, citizen):
    draft = make_draft(contest, author=citizen, title="Kept")
    roles = [{"name": "王小荷", "role": "Director"}]
    book = contest.rulebook.model_copy(update={"fields": []})
    contest = publish_rulebook(book, at=COLLECTING).contest

    answer = post(api(citizen), one(draft), {"title": "Other", "authors": roles})

    draft.refresh_from_db()
    assert (answer.status_code, answer.json()["code"]) == (409, "not_asked")
    assert (draft.title, draft.authors.count()) == ("Kept", 0)


def test_a_draft_that_is_refused_is_not_begun(api, contest, citizen):
    answer = post(api(citizen), LIST, {"tags": ["courier"]})

    assert (answer.status_code, answer.json()["code"]) == (409, "not_asked")
    assert not Submission.objects.exists()


@pytest.mark.parametrize("field", ["state", "number", "channel", "author", "titel"])
def test_a_field_no_draft_has_is_told(api, contest, citizen, field):
    answer = post(api(citizen), LIST, {field: "a"})

    assert (answer.status_code, set(answer.json()["fields"])) == (400, {field})
    assert not Submission.objects.exists()


def test_nobody_enters_for_an_organisation_not_ones_own(api, contest, citizen):
    OrganisationFactory(contest=contest, key="daily")

    answer = post(api(citizen), LIST, {"organisation": "daily"})

    assert (answer.status_code, set(answer.json()["fields"])) == (400, {"organisation"})


def test_the_status_tells_receipts_and_events_in_sentences(
    api, contest, citizen, django_capture_on_commit_callbacks
):
    work = make_complete_draft(contest, author=citizen)
    program = api(citizen)

    with django_capture_on_commit_callbacks(execute=True):
        post(program, one(work, "submit"))
    body = program.get(one(work, "status")).json()

    assert (body["state"], body["state_name"]) == ("screening", "In screening")
    assert [event["sentence"] for event in body["events"]] == [
        "The work was handed in.",
        "All files were checked; screening began.",
    ]
    [receipt] = body["receipts"]
    assert receipt["document"]["number"] == body["number"]
    assert receipt["address"].endswith(f"/{receipt['code']}/")


def film_that_is_converted(work, **fields):
    film = make_media_file(work)
    CONVERSIONS.enqueue(film, reasons=["codec", "hdr"])
    Conversion.objects.filter(media_file=film).update(**fields)
    return film


def told_of_files(program, work, verb):
    keys = ("inspection", "share_done", "ahead", "conversion")
    files = program.get(one(work, verb)).json()["files"]
    return [tuple(file[key] for key in keys) for file in files]


@pytest.mark.parametrize("verb", ["", "inspections", "status"])
def test_each_file_tells_how_far_it_is_as_its_page_does(api, contest, citizen, verb):
    make_media_file(make_draft(contest), state=InspectionState.QUEUED)
    draft = make_draft(contest, author=citizen)
    film_that_is_converted(draft, state=ConversionState.RUNNING, share_done=0.5)
    make_media_file(draft, state=InspectionState.QUEUED)
    running = make_media_file(draft, state=InspectionState.RUNNING)
    Inspection.objects.filter(media_file=running).update(share_done=0.25)

    told = told_of_files(api(citizen), draft, verb)

    why = [
        "Not every browser can play the way its pictures are coded.",
        "It was filmed in high dynamic range, which most screens cannot show.",
    ]
    assert told == [
        (
            "finished",
            0.0,
            None,
            {"state": "running", "share_done": 0.5, "reasons": why},
        ),
        ("queued", 0.0, 1, None),
        ("running", 0.25, None, None),
    ]
    cards = FileCard.all_of(draft)
    assert [card.progress.ahead for card in cards] == [None, 1, None]
    assert [card.progress.percent for card in cards] == [None, None, 25]
    assert cards[0].conversion.reasons == why


def test_the_status_takes_as_many_queries_for_three_files_as_for_one(
    api, contest, citizen, queries_of
):
    draft = make_draft(contest, author=citizen)
    program = api(citizen)
    counts = []
    for more in (1, 2):
        for _number in range(more):
            film_that_is_converted(draft)
            make_media_file(draft, state=InspectionState.QUEUED)
        counts.append(queries_of(lambda: program.get(one(draft, "status"))))

    assert counts[0] == counts[1]
