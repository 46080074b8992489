"""Only what the rule book asks is shown, taken, required and kept."""

import pytest
from django.core.files.base import ContentFile

from submissions.completeness import missing_for_submit
from submissions.models import Submission
from submissions.services import (
    FileRefused,
    Incomplete,
    NotAsked,
    add_proof,
    caption_file,
    declare,
    set_authors,
    sign_for_child,
    submit,
    update_draft,
)
from tests.factories.submissions import (
    COLLECTING,
    make_complete_draft,
    make_contest,
    make_draft,
    rulebook_document,
)
from tests.submissions.media.papers import pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

STATEMENT = {
    "key": "statement",
    "label": "I am the guardian and agree.",
    "text": "As the guardian I agree.",
    "version": 3,
    "rules": [],
    "moment": "guardian",
}


def book_with_guardian(**guardian):
    document = rulebook_document().model_dump(mode="json")
    asked = [{"key": key, "required": True} for key in ("author_age", "shows_children")]
    return {
        "fields": [*document["fields"], *asked],
        "proofs": [{"key": "consent", "label": "Consent of a guardian"}],
        "guardian": {
            "proof": "consent",
            "statement": "statement",
            "explanation": "A guardian must agree.",
            **guardian,
        },
        "declarations": [*document["declarations"], STATEMENT],
    }


def acting(draft):
    return {"submission": draft, "by": draft.author, "at": COLLECTING}


def codes(draft):
    return [gap.code for gap in missing_for_submit(draft)]


# --- Nothing asked -------------------------------------------------------------
@pytest.fixture
def bare():
    return make_draft(make_contest(fields=[], author_roles=[]))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("story", "Once"),
        ("text_summary", "In words"),
        ("genre", "Story"),
        ("shot_on", "2031-04-01"),
        ("shot_place", "Here"),
        ("organisation_name", "Valley Society"),
        ("organisation_code", "91110000600037341L"),
        ("tags", ["student"]),
        ("author_age", "adult"),
        ("shows_children", False),
        ("school", "Valley University"),
        ("entrant", Submission.Entrant.ORGANISATION),
    ],
)
def test_what_is_not_asked_is_refused_and_not_kept(bare, column, value):
    with pytest.raises(NotAsked) as refusal:
        update_draft(**acting(bare), **{column: value})

    bare.refresh_from_db()
    assert refusal.value.code == "not_asked"
    assert getattr(bare, column) == Submission._meta.get_field(column).get_default()


def test_an_empty_answer_to_what_is_not_asked_does_no_harm(bare):
    update_draft(**acting(bare), story="", tags=[], shows_children=None)

    bare.refresh_from_db()
    assert (bare.story, bare.tags, bare.shows_children) == ("", [], None)


def test_roles_captions_and_statements_are_refused_as_well():
    draft = make_complete_draft(make_contest(fields=[], author_roles=[]), story="")

    with pytest.raises(NotAsked):
        set_authors(**acting(draft), names=["甲"], roles=["Camera"])
    with pytest.raises(NotAsked):
        sign_for_child(**acting(draft), name="王示例")
    with pytest.raises(FileRefused) as refusal:
        caption_file(
            media_file=draft.media_files.get(),
            by=draft.author,
            at=COLLECTING,
            caption="At dawn",
        )

    assert refusal.value.code == "not_asked"


# --- Required ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("story", "FRM-STORY-MISSING"),
        ("genre", "FRM-GENRE-MISSING"),
        ("shot_on", "FRM-DATE-MISSING"),
        ("shot_place", "FRM-PLACE-MISSING"),
        ("captions", "FRM-CAPTION-MISSING"),
    ],
)
def test_a_required_field_is_a_gap_until_answered(key, code):
    contest = make_contest(fields=[{"key": key, "required": True}], author_roles=[])
    draft = make_complete_draft(contest, story="")

    assert codes(draft) == [code]


def test_a_summary_is_required_of_films_only():
    contest = make_contest(
        fields=[{"key": "text_summary", "required": True}], author_roles=[]
    )
    series = make_complete_draft(contest, story="")
    film = make_draft(contest, category=contest.categories.get(key="film"))

    assert codes(series) == []
    assert "FRM-SUMMARY-MISSING" in codes(film)


def test_an_organisation_gives_its_code_where_the_book_asks():
    fields = [{"key": "organisation"}, {"key": "organisation_code", "required": True}]
    contest = make_contest(fields=fields, author_roles=[])
    person = make_complete_draft(contest, story="")
    society = make_complete_draft(
        contest, story="", entrant="organisation", organisation_name="Valley Society"
    )

    assert codes(person) == []
    assert codes(society) == ["FRM-CODE-MISSING"]


def test_each_author_needs_a_role_where_the_book_asks():
    contest = make_contest(fields=[{"key": "author_roles", "required": True}])
    draft = make_complete_draft(contest, story="")
    assert codes(draft) == ["FRM-ROLE-MISSING"]

    set_authors(**acting(draft), names=["甲"], roles=["Camera"])

    assert codes(draft) == []


def test_tags_come_from_the_books_list():
    tags = [{"key": "student", "name": "Student"}]
    contest = make_contest(fields=[{"key": "tags"}], author_roles=[], entrant_tags=tags)
    draft = make_draft(contest)

    update_draft(**acting(draft), tags=["student"])
    with pytest.raises(NotAsked):
        update_draft(**acting(draft), tags=["astronaut"])

    draft.refresh_from_db()
    assert draft.tags == ["student"]


def test_nobody_enters_for_an_organisation_that_is_not_theirs():
    contest = make_contest()
    draft = make_draft(contest)
    foreign = contest.organisations.create(key="x", name="Others", kind="department")

    with pytest.raises(NotAsked):
        update_draft(**acting(draft), organisation=foreign)


@pytest.mark.parametrize("ai_use", ["partly", "wholly"])
def test_the_use_of_ai_is_explained(ai_use):
    draft = make_complete_draft(make_contest(), ai_use=ai_use)
    assert codes(draft) == ["FRM-AI-UNEXPLAINED"]

    update_draft(**acting(draft), ai_note="The music")

    assert codes(draft) == []


def test_a_category_may_bar_what_was_generated():
    document = rulebook_document().model_dump(mode="json")
    document["categories"][1]["generated"] = "barred"
    contest = make_contest(categories=document["categories"])
    draft = make_complete_draft(contest, ai_use="partly", ai_note="The sky")

    assert codes(draft) == ["FRM-AI-BARRED"]


def test_a_required_paper_is_a_gap_that_names_it():
    proof = {"key": "card", "label": "Student card", "required": True}
    draft = make_complete_draft(make_contest(proofs=[proof]))

    [gap] = missing_for_submit(draft)
    add_proof(**acting(draft), proof_key="card", file=ContentFile(pdf_bytes(), "a.pdf"))

    assert (gap.code, gap.step) == ("FRM-PROOF-MISSING", "rights")
    assert "Student card" in gap.message
    assert missing_for_submit(draft) == []


# --- Guardians -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("guardian", "age", "children", "wanted"),
    [
        ({}, "adult", False, []),
        ({}, "under_18", False, []),
        ({}, "under_14", False, ["FRM-GUARDIAN-MISSING"]),
        ({}, "adult", True, ["FRM-GUARDIAN-MISSING"]),
        ({"author_under": 18}, "under_18", False, ["FRM-GUARDIAN-MISSING"]),
        ({}, "", None, ["FRM-AGE-MISSING", "FRM-CHILDREN-MISSING"]),
    ],
)
def test_a_guardian_consents_for_young_authors_and_children_shown(
    guardian, age, children, wanted
):
    contest = make_contest(**book_with_guardian(**guardian))
    draft = make_complete_draft(contest, author_age=age, shows_children=children)
    draft.declarations.filter(key="statement").delete()

    assert codes(draft) == wanted


@pytest.fixture
def young():
    contest = make_contest(**book_with_guardian())
    draft = make_complete_draft(contest, author_age="under_14", shows_children=False)
    draft.declarations.filter(key="statement").delete()
    return draft


def test_the_guardian_signs_the_statement_or_sends_the_paper(young):
    sign_for_child(**acting(young), name="王示例")
    signed = codes(young)
    kept = young.declarations.get(key="statement")
    sign_for_child(**acting(young), name="")
    taken_back = codes(young)
    add_proof(
        **acting(young), proof_key="consent", file=ContentFile(pdf_bytes(), "a.pdf")
    )

    assert (signed, taken_back, codes(young)) == ([], ["FRM-GUARDIAN-MISSING"], [])
    assert (kept.text, kept.version, kept.signed_by) == (
        "As the guardian I agree.",
        3,
        "王示例",
    )


def test_declaring_leaves_the_guardians_signature_alone(young):
    sign_for_child(**acting(young), name="王示例")

    declare(**acting(young), keys={"own"})

    assert dict(young.declarations.values_list("key", "signed_by")) == {
        "own": "",
        "statement": "王示例",
    }


def test_handing_in_forgets_what_is_not_asked_any_more(young):
    sign_for_child(**acting(young), name="王示例")
    Submission.objects.filter(pk=young.pk).update(
        author_age="adult", text_summary="A film", ai_note="Nothing", school="Old one"
    )
    young.refresh_from_db()

    submit(submission=young, by=young.author, at=COLLECTING)

    young.refresh_from_db()
    assert (young.text_summary, young.ai_note, young.school) == ("", "", "")
    assert not young.declarations.filter(key="statement").exists()


def test_a_refused_handing_in_forgets_nothing():
    contest = make_contest()
    draft = make_draft(contest, text_summary="A film")

    with pytest.raises(Incomplete):
        submit(submission=draft, by=draft.author, at=COLLECTING)

    draft.refresh_from_db()
    assert draft.text_summary == "A film"
