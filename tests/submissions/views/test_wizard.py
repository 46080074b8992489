"""The five steps, as a browser without script walks them, and as the script saves."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.models import Submission
from submissions.states import State
from tests.factories.submissions import (
    make_complete_draft,
    make_contest,
    make_draft,
    make_failed_file,
    make_handed_in,
    make_media_file,
    picture_bytes,
    rulebook_document,
)
from tests.submissions.views.steps import STORY, TICKS, step


def test_a_citizen_hands_a_work_in_without_any_script(
    visit, contest, citizen, django_capture_on_commit_callbacks
):
    browser = visit(citizen)
    at_track = browser.post("/submit/")["Location"]
    draft = Submission.objects.get()
    at_files = browser.post(
        at_track,
        {"unit": "river", "track": "open", "category": "series", "go": "next"},
    )["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(
            f"/submissions/{draft.pk}/files/",
            {"file": SimpleUploadedFile("a.jpg", picture_bytes(size=(1600, 1200)))},
        )
    at_story = browser.post(at_files, {"go": "next"})["Location"]
    at_rights = browser.post(at_story, STORY | {"go": "next"})["Location"]
    at_check = browser.post(at_rights, TICKS | {"go": "next"})["Location"]
    check = browser.get(at_check)
    with django_capture_on_commit_callbacks(execute=True):
        receipt = browser.post(f"/submissions/{draft.pk}/submit/", follow=True)

    draft.refresh_from_db()
    assert at_check == step(draft, "check")
    assert check.context["gap_lines"] == []
    assert receipt.redirect_chain == [(f"/submissions/{draft.pk}/", 302)]
    assert "V-0001" in receipt.content.decode()
    assert (draft.state, draft.number) == (State.SCREENING, "V-0001")
    assert [author.credit for author in draft.authors.all()] == [
        "王小荷 (Director)",
        "李桂",
    ]


@pytest.mark.parametrize("name", ["track", "files", "story", "rights", "check"])
def test_every_step_opens_for_its_author_only(visit, draft, stranger, organiser, name):
    visitors = [draft.author, stranger, organiser]

    answers = [
        visit(visitor).get(step(draft, name)).status_code for visitor in visitors
    ]

    assert answers == [200, 404, 404]
    assert visit().get(step(draft, name)).status_code == 302


def test_there_is_no_other_step(visit, draft):
    assert visit(draft.author).get(step(draft, "paint")).status_code == 404


def test_cards_say_what_the_rule_book_says_and_show_the_choice(visit, draft):
    response = visit(draft.author).get(step(draft, "track"))

    text = response.content.decode()
    assert "Pictures of the river." in text
    assert "For students of the valley." in text
    assert "A film of one minute." in text
    assert [
        radio.data["value"]
        for name in ("unit", "track", "category")
        for radio in response.context["form"][name]
        if radio.data["selected"]
    ] == ["river", "open", "series"]


def test_going_on_without_a_choice_is_answered_beside_the_field(visit, citizen):
    browser = visit(citizen)
    address = browser.post("/submit/")["Location"]

    response = browser.post(address, {"unit": "river", "go": "next"})

    assert response.status_code == 422
    assert response.context["form"].errors.get_json_data() == {
        "track": [{"message": "Please choose a track.", "code": "FRM-TRACK-MISSING"}],
        "category": [
            {"message": "Please choose a category.", "code": "FRM-CATEGORY-MISSING"}
        ],
    }
    assert Submission.objects.get().unit.key == "river"


def test_a_title_of_201_characters_is_refused_and_nothing_typed_is_lost(visit, draft):
    title = "字" * 201

    response = visit(draft.author).post(
        step(draft, "story"), STORY | {"title": title, "go": "next"}
    )

    draft.refresh_from_db()
    assert response.status_code == 422
    assert response.context["form"].errors.get_json_data() == {
        "title": [
            {
                "message": "The title is longer than 40 characters. Please shorten it.",
                "code": "FRM-TITLE-LONG",
            }
        ]
    }
    assert title in response.content.decode()
    assert (draft.title, draft.story) == ("", STORY["story"])


def test_what_is_missing_is_said_before_going_on_but_not_before_going_back(
    visit, draft
):
    browser = visit(draft.author)
    empty = STORY | {"title": "", "author_name": "", "author_role": "", "ai_use": ""}

    on = browser.post(step(draft, "story"), empty | {"go": "next"})
    back = browser.post(step(draft, "story"), empty | {"go": "back"})

    assert set(on.context["form"].errors) == {"title", "authors", "ai_use"}
    assert (back.status_code, back["Location"]) == (302, step(draft, "files"))


def test_the_school_is_asked_for_where_the_track_asks(visit, contest, citizen):
    student = contest.tracks.get(key="students")
    draft = make_draft(contest, author=citizen, track=student)
    browser = visit(citizen)

    without = browser.post(step(draft, "rights"), TICKS | {"go": "next"})
    with_it = browser.post(
        step(draft, "rights"),
        TICKS | {"school": "other", "school_other": "Another one", "go": "next"},
    )
    listed = browser.post(
        step(draft, "rights"), TICKS | {"school": "Valley University", "go": "next"}
    )

    assert set(without.context["form"].errors) == {"school"}
    assert (with_it.status_code, listed.status_code) == (302, 302)
    assert Submission.objects.get().school == "Valley University"


def test_rights_quote_each_clause_and_keep_each_tick(visit, draft):
    browser = visit(draft.author)

    page = browser.get(step(draft, "rights")).content.decode()
    refused = browser.post(step(draft, "rights"), {"declare-own": "on", "go": "next"})

    assert "Portrait rights are clear." in page
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {
        "declare-portraits",
        "declare-unmodified",
    }
    assert [
        (made.key, made.version, made.text) for made in draft.declarations.all()
    ] == [("own", 2, "Works are the entrant's own.")]


def test_the_script_saves_while_somebody_types(visit, draft):
    response = visit(draft.author).post(
        step(draft, "story"), STORY, headers={"X-Draft-Save": "1"}
    )

    draft.refresh_from_db()
    assert (response.status_code, response.content) == (204, b"")
    assert draft.title == STORY["title"]


def test_the_script_hears_of_wrong_fields_while_the_others_are_kept(visit, draft):
    response = visit(draft.author).post(
        step(draft, "story"),
        STORY | {"title": "字" * 201, "shot_place": "South bank"},
        headers={"X-Draft-Save": "1"},
    )

    draft.refresh_from_db()
    assert response.status_code == 422
    assert json.loads(response.content) == {
        "fields": {
            "title": ["The title is longer than 40 characters. Please shorten it."]
        }
    }
    assert (draft.title, draft.shot_place) == ("", "South bank")


def test_an_old_draft_is_put_under_the_rule_book_in_force(visit, draft):
    make_contest(key=draft.contest.key, ai_policy="Another policy since yesterday.")

    page = visit(draft.author).get(step(draft, "story")).content.decode()

    draft.refresh_from_db()
    assert "Another policy since yesterday." in page
    assert draft.rulebook_version == draft.contest.current_version
    assert draft.rulebook_version.rulebook.ai_policy != rulebook_document().ai_policy


def test_a_work_handed_in_can_not_be_edited(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen)

    response = visit(citizen).post(step(work, "story"), STORY | {"go": "next"})

    work.refresh_from_db()
    assert response["Location"] == f"/submissions/{work.pk}/"
    assert work.title == "Morning by the river"
    assert work.shot_place == ""


def test_the_last_step_lists_each_gap_with_its_way(visit, draft):
    make_failed_file(draft)

    response = visit(draft.author).get(step(draft, "check"))

    lines = [(gap.code, url) for gap, url in response.context["gap_lines"]]
    assert lines[:2] == [
        ("SET-FILE-FAILED", step(draft, "files")),
        ("FRM-TITLE-MISSING", step(draft, "story")),
    ]
    assert lines[-1] == ("FRM-DECLARATION-MISSING", step(draft, "rights"))


def test_an_incomplete_draft_is_refused_and_sent_back_to_the_list(visit, draft):
    response = visit(draft.author).post(f"/submissions/{draft.pk}/submit/", follow=True)

    draft.refresh_from_db()
    assert response.redirect_chain == [(step(draft, "check"), 302)]
    assert "Something is still missing" in response.content.decode()
    assert draft.state == State.DRAFT


def test_one_day_late_the_draft_stays_and_the_reason_is_said(
    visit, contest, citizen, settings
):
    draft = make_complete_draft(contest, author=citizen)
    settings.DEMO_TODAY = dt.date(2031, 9, 1)

    response = visit(citizen).post(f"/submissions/{draft.pk}/submit/", follow=True)

    draft.refresh_from_db()
    assert (
        "The collection ended on 31 August 24:00. Your draft is kept."
        in response.content.decode()
    )
    assert draft.state == State.DRAFT


def test_captions_are_saved_with_the_step(visit, draft):
    first, second = make_media_file(draft), make_media_file(draft)

    response = visit(draft.author).post(
        step(draft, "files"),
        {
            f"caption-{first.pk}": "At dawn",
            f"caption-{second.pk}": "At noon",
            "go": "next",
        },
    )

    captions = list(draft.media_files.values_list("caption", flat=True))
    assert response["Location"] == step(draft, "story")
    assert captions == ["At dawn", "At noon"]


def test_three_files_take_as_many_queries_as_one(visit, draft, queries_of):
    browser = visit(draft.author)
    make_media_file(draft)
    for_one = queries_of(browser, step(draft, "files"))

    make_media_file(draft)
    make_media_file(draft)

    assert queries_of(browser, step(draft, "files")) == for_one
