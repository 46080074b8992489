"""What the steps ask of some: credits, minors, papers beside a work."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.services import add_proof
from tests.factories.submissions import (
    COLLECTING,
    COLLECTION_DAY,
    make_complete_draft,
    make_contest,
    make_draft,
    make_media_file,
    rulebook_document,
)
from tests.submissions.media.papers import pdf_bytes
from tests.submissions.views.steps import STORY, TICKS, step

STATEMENT = {
    "key": "statement",
    "label": "I am the guardian and agree.",
    "text": "As the guardian I agree.",
    "version": 1,
    "rules": [],
    "moment": "guardian",
}


def test_buttons_beside_the_credits_save_and_come_back(visit, draft):
    browser = visit(draft.author)

    up = browser.post(step(draft, "story"), STORY | {"do": "author-up-2"})
    more = browser.post(step(draft, "story"), STORY | {"do": "author-add"})
    page = browser.get(more["Location"]).content.decode()

    assert up["Location"] == step(draft, "story") + "#authors"
    assert more["Location"] == step(draft, "story") + "?more=1#authors"
    assert page.count('name="author_name"') == 3


def test_a_button_pressed_beside_a_wrong_field_says_so(visit, draft):
    response = visit(draft.author).post(
        step(draft, "story"), STORY | {"title": "字" * 201, "do": "author-up-2"}
    )

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"title"}


@pytest.fixture
def asking(citizen, settings):
    """A draft of a contest that asks about minors and takes papers."""
    settings.DEMO_TODAY = COLLECTION_DAY
    fields = [
        {"key": key, "required": True} for key in ("author_age", "shows_children")
    ]
    document = rulebook_document().model_dump(mode="json")
    contest = make_contest(
        fields=fields,
        author_roles=[],
        guardian={
            "proof": "consent",
            "statement": "statement",
            "explanation": "A guardian must agree.",
        },
        proofs=[
            {"key": "consent", "label": "Consent of a guardian"},
            {"key": "music", "label": "Licence of the music"},
        ],
        declarations=[*document["declarations"], STATEMENT],
    )
    return make_complete_draft(contest, author=citizen, story="")


def paper(content=None, name="licence.pdf"):
    return SimpleUploadedFile(name, pdf_bytes() if content is None else content)


def test_papers_go_with_the_step_and_can_be_removed(visit, asking):
    browser = visit(asking.author)
    address = step(asking, "rights")
    answers = TICKS | {"author_age": "adult", "shows_children": "no"}

    sent = browser.post(address, answers | {"proof-music": paper(), "do": "add-paper"})
    kept = asking.attachments.get()
    page = browser.get(address).content.decode()
    removed = browser.post(address, answers | {"do": f"remove-paper-{kept.pk}"})

    assert sent["Location"] == removed["Location"] == address + "#papers"
    assert (kept.proof_key, kept.original_name) == ("music", "licence.pdf")
    assert "licence.pdf" in page
    assert not asking.attachments.exists()


def test_a_paper_that_is_none_is_said_beside_it_and_the_rest_is_kept(visit, asking):
    response = visit(asking.author).post(
        step(asking, "rights"),
        TICKS
        | {
            "author_age": "adult",
            "shows_children": "no",
            "proof-music": paper(b"<html></html>"),
            "go": "next",
        },
    )

    asking.refresh_from_db()
    assert response.status_code == 422
    errors = response.context["form"].errors.get_json_data()
    assert [(name, each["code"]) for name, [each] in errors.items()] == [
        ("proof-music", "FRM-PROOF-KIND")
    ]
    assert asking.author_age == "adult"


def test_a_paper_of_somebody_else_is_not_removed(visit, asking, stranger):
    other = make_complete_draft(asking.contest, author=stranger, story="")
    foreign = add_proof(
        submission=other, proof_key="music", file=paper(), by=stranger, at=COLLECTING
    )

    visit(asking.author).post(
        step(asking, "rights"), TICKS | {"do": f"remove-paper-{foreign.pk}"}
    )

    assert other.attachments.get() == foreign


def test_the_guardian_is_asked_for_and_signs(visit, asking):
    browser = visit(asking.author)
    young = TICKS | {"author_age": "under_14", "shows_children": "yes", "go": "next"}

    page = browser.get(step(asking, "rights")).content.decode()
    unsigned = browser.post(step(asking, "rights"), young)
    signed = browser.post(step(asking, "rights"), young | {"guardian_name": "王示例"})
    check = browser.get(step(asking, "check")).content.decode()

    assert "A guardian must agree." in page
    assert set(unsigned.context["form"].errors) == {"guardian_name"}
    assert signed["Location"] == step(asking, "check")
    assert "Signed by 王示例" in check
    assert "An author is younger than 14" in check


def test_nothing_is_asked_that_the_book_does_not_ask(visit, citizen, settings):
    """From the first step to the receipt with the least a contest can ask."""
    settings.DEMO_TODAY = COLLECTION_DAY
    bare = make_contest(fields=[], author_roles=[])
    draft = make_draft(bare, author=citizen)
    make_media_file(draft)
    browser = visit(citizen)

    story = browser.get(step(draft, "story")).context["form"]
    files = browser.get(step(draft, "files")).content.decode()
    rights = browser.get(step(draft, "rights")).context["form"]
    told = browser.post(
        step(draft, "story"),
        {
            "title": "Morning",
            "entrant_name": "王小荷",
            "author_name": ["王小荷"],
            "ai_use": "none",
            "story": "Sent by somebody who knew the field's name",
            "go": "next",
        },
    )
    ticked = browser.post(step(draft, "rights"), TICKS | {"go": "next"})
    handed_in = browser.post(f"/submissions/{draft.pk}/submit/", follow=True)

    draft.refresh_from_db()
    asked = ["title", "entrant_name", "authors", "ai_use", "ai_note"]
    assert list(story.fields) == asked
    assert list(rights.fields) == list(TICKS)
    assert "caption-" not in files
    assert (told["Location"], ticked["Location"]) == (
        step(draft, "rights"),
        step(draft, "check"),
    )
    assert handed_in.redirect_chain == [(f"/submissions/{draft.pk}/", 302)]
    assert (draft.number, draft.story) == ("V-0001", "")
