"""Filling in a draft."""

import pytest

from contests.services import publish_rulebook
from submissions.models import Submission, SubmissionEvent
from submissions.services import (
    NotEditable,
    create_draft,
    declare,
    set_authors,
    update_draft,
)
from submissions.services.drafts import ManyDrafts
from submissions.states import EDITABLE, InspectionState, State
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
    rulebook_document,
)

pytestmark = pytest.mark.django_db

LOCKED = [state for state in State if state not in EDITABLE]


def test_a_new_draft_stands_under_the_rule_book_in_force():
    contest = make_contest()
    author = CitizenFactory(full_name="王小荷")

    draft = create_draft(contest=contest, author=author, at=COLLECTING)

    assert (draft.state, draft.number, draft.cycle) == (State.DRAFT, "", 0)
    assert draft.rulebook_version == contest.current_version
    assert draft.entrant_name == "王小荷"
    assert not SubmissionEvent.objects.exists()


def test_details_are_saved_one_by_one():
    draft = make_draft(make_contest())

    update_draft(submission=draft, by=draft.author, at=COLLECTING, title="晨光")

    draft.refresh_from_db()
    assert draft.title == "晨光"


def test_a_misspelt_detail_is_a_bug_and_not_a_silent_loss():
    draft = make_draft(make_contest())

    with pytest.raises(TypeError, match="titel"):
        update_draft(submission=draft, by=draft.author, at=COLLECTING, titel="晨光")


@pytest.mark.parametrize("state", LOCKED)
def test_a_work_that_was_handed_in_is_not_changed(state):
    work = make_handed_in(make_contest(), state=state)

    with pytest.raises(NotEditable) as refusal:
        update_draft(submission=work, by=work.author, at=COLLECTING, title="x")

    work.refresh_from_db()
    assert refusal.value.code == "not_editable"
    assert work.title == "Morning by the river"


def test_nobody_edits_the_draft_of_somebody_else():
    draft = make_draft(make_contest())

    with pytest.raises(NotEditable):
        update_draft(submission=draft, by=CitizenFactory(), at=COLLECTING, title="x")


def test_a_new_category_has_the_files_judged_again():
    contest = make_contest()
    draft = make_draft(contest)
    media_file = make_media_file(draft)

    update_draft(
        submission=draft,
        by=draft.author,
        at=COLLECTING,
        category=contest.categories.get(key="poster"),
    )

    media_file.inspection.refresh_from_db()
    assert media_file.inspection.state == InspectionState.QUEUED
    assert media_file.inspection.verdict == ""


def test_the_same_category_leaves_verdicts_alone():
    draft = make_draft(make_contest())
    media_file = make_media_file(draft)

    update_draft(
        submission=draft, by=draft.author, at=COLLECTING, category=draft.category
    )

    media_file.inspection.refresh_from_db()
    assert media_file.inspection.state == InspectionState.FINISHED


def test_the_credit_line_keeps_the_order_given():
    draft = make_draft(make_contest())
    set_authors(submission=draft, names=["甲"], by=draft.author, at=COLLECTING)

    set_authors(submission=draft, names=["乙", "甲"], by=draft.author, at=COLLECTING)

    assert list(draft.authors.values_list("position", "name")) == [(1, "乙"), (2, "甲")]


def test_a_declaration_is_kept_with_its_text_and_version():
    draft = make_draft(make_contest())

    declare(submission=draft, keys={"own"}, by=draft.author, at=COLLECTING)

    assert list(
        draft.declarations.values_list("key", "version", "text", "accepted_at")
    ) == [("own", 2, "Works are the entrant's own.", COLLECTING)]


def test_a_tick_taken_away_is_taken_back():
    draft = make_draft(make_contest())
    declare(submission=draft, keys={"own", "portraits"}, by=draft.author, at=COLLECTING)

    declare(submission=draft, keys={"portraits"}, by=draft.author, at=COLLECTING)

    assert list(draft.declarations.values_list("key", flat=True)) == ["portraits"]


def test_what_does_not_concern_the_category_is_not_declared():
    contest = make_contest()
    draft = make_draft(contest, category=contest.categories.get(key="poster"))

    declare(submission=draft, keys={"unmodified"}, by=draft.author, at=COLLECTING)

    assert not draft.declarations.exists()


def test_a_draft_moves_to_a_new_rule_book_and_must_tick_the_new_text():
    contest = make_contest(key="valley-news")
    draft = make_draft(contest)
    declare(submission=draft, keys={"portraits"}, by=draft.author, at=COLLECTING)
    changed = rulebook_document("valley-news").model_dump(mode="json")
    changed["declarations"][1] |= {"version": 2, "text": "A new text."}
    publish_rulebook(type(contest.rulebook).model_validate(changed), at=COLLECTING)
    draft = type(draft).objects.get(pk=draft.pk)

    declare(submission=draft, keys={"portraits"}, by=draft.author, at=COLLECTING)

    draft.refresh_from_db()
    assert draft.rulebook_version == draft.contest.current_version
    assert list(draft.declarations.values_list("version", "text")) == [
        (2, "A new text.")
    ]


def test_nobody_heaps_up_drafts_without_end():
    contest = make_contest(defaults={"max_drafts": 2})
    author = CitizenFactory()
    for _draft in range(2):
        create_draft(contest=contest, author=author, at=COLLECTING)

    with pytest.raises(ManyDrafts) as refusal:
        create_draft(contest=contest, author=author, at=COLLECTING)
    make_handed_in(contest, author=author)
    Submission.objects.filter(state=State.DRAFT).first().delete()
    create_draft(contest=contest, author=author, at=COLLECTING)
    create_draft(contest=contest, author=CitizenFactory(), at=COLLECTING)

    assert refusal.value.code == "drafts_many"
    assert Submission.objects.filter(state=State.DRAFT).count() == 3
