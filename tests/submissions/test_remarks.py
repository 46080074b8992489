"""What reviewers are told to look at twice."""

import pytest

from submissions.remarks import remarks
from submissions.states import State
from tests.factories.submissions import (
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
)

pytestmark = pytest.mark.django_db

GUARDIAN = {
    "fields": [{"key": "story"}, {"key": "shows_children"}],
    "author_roles": [],
    "proofs": [{"key": "consent", "label": "Consent"}],
    "guardian": {"proof": "consent", "explanation": "A guardian must agree."},
}


def codes(draft):
    return [remark["code"] for remark in remarks(draft)]


@pytest.mark.parametrize(
    ("ai_use", "label", "wanted"),
    [
        ("none", "1", ["FRM-AI-CONFLICT"]),
        ("none", "", []),
        ("partly", "1", []),
        ("", "1", []),
    ],
)
def test_a_label_in_a_file_contradicts_that_no_ai_was_used(ai_use, label, wanted):
    draft = make_draft(make_contest(), ai_use=ai_use)
    inspection = make_media_file(draft).inspection
    inspection.facts["aigc_label"] = label
    inspection.save()

    assert codes(draft) == wanted


def test_an_origin_in_a_file_contradicts_that_no_ai_was_used():
    draft = make_draft(make_contest(), ai_use="none")
    inspection = make_media_file(draft).inspection
    inspection.facts["c2pa_source_type"] = "trainedAlgorithmicMedia"
    inspection.save()

    assert codes(draft) == ["FRM-AI-CONFLICT"]


@pytest.mark.parametrize(
    ("story", "children", "wanted"),
    [
        ("小区里最小的志愿者只有六岁。", False, ["FRM-CHILDREN-HINTED"]),
        ("A kindergarten by the river.", None, ["FRM-CHILDREN-HINTED"]),
        ("小区里最小的志愿者只有六岁。", True, []),
        ("A bridge by the river.", False, []),
    ],
)
def test_words_about_children_are_compared_with_the_answer(story, children, wanted):
    draft = make_draft(make_contest(**GUARDIAN), story=story, shows_children=children)

    assert codes(draft) == wanted


def test_the_name_of_a_school_speaks_of_children_as_well():
    draft = make_draft(
        make_contest(**GUARDIAN), school="河边小学", shows_children=False
    )

    assert codes(draft) == ["FRM-CHILDREN-HINTED"]


@pytest.mark.parametrize(
    ("track", "state", "wanted"),
    [
        ("students", State.SCREENING, ["FRM-TRACK-OTHER"]),
        ("students", State.WITHDRAWN, []),
        ("open", State.SCREENING, []),
    ],
)
def test_who_enters_two_tracks_is_told_of(track, state, wanted):
    contest = make_contest()
    draft = make_draft(contest, track=contest.tracks.get(key="open"))
    make_handed_in(
        contest, author=draft.author, track=contest.tracks.get(key=track), state=state
    )

    assert codes(draft) == wanted


def test_a_contest_that_does_not_ask_about_children_hints_at_nothing():
    draft = make_draft(make_contest(), story="A child by the river.")

    assert codes(draft) == []


def test_a_remark_explains_itself(in_english):
    draft = make_draft(make_contest(), ai_use="none")
    inspection = make_media_file(draft).inspection
    inspection.facts["aigc_label"] = "2"
    inspection.save()

    [remark] = remarks(draft)

    assert remark["message"].startswith("A file carries a label of AI-generated")
    assert (remark["severity"], remark["rule"]) == ("warning", "60")
    assert remark["explanation"]
