"""What the forms clean, keep and refuse."""

import datetime as dt

import pytest
from django.http import QueryDict

from submissions.forms import CaptionsForm, RightsForm, ScreeningForm, StoryForm
from tests.factories.submissions import (
    declare_all,
    make_contest,
    make_draft,
    make_media_file,
    rulebook_document,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return make_draft(make_contest())


def cleaned(form):
    assert form.is_valid(), form.errors
    return form.cleaned_data


def test_titles_lose_needless_spaces(draft):
    form = StoryForm({"title": "  Morning\n by  the river "}, submission=draft)

    assert cleaned(form)["title"] == "Morning by the river"


def test_a_title_may_be_as_long_as_the_rule_book_says(draft):
    assert cleaned(StoryForm({"title": "字" * 40}, submission=draft))["title"]
    assert not StoryForm({"title": "字" * 41}, submission=draft).is_valid()


def test_spaces_of_a_story_do_not_count(draft):
    form = StoryForm({"story": "字 " * 2000}, submission=draft)
    over = StoryForm({"story": "字" * 2001}, submission=draft)

    assert form.is_valid()
    assert over.errors.get_json_data()["story"][0]["code"] == "FRM-STORY-LONG"


def sent(**fields):
    """A form as the browser sends it; lists are repeated fields."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_authors_are_rows_of_a_name_and_a_role(draft):
    form = StoryForm(
        sent(author_name=[" 王小荷 ", "", "李桂"], author_role=["Director", "", " "]),
        submission=draft,
    )

    assert cleaned(form)["authors"] == [("王小荷", "Director"), ("李桂", "")]


@pytest.mark.parametrize(
    ("do", "names"),
    [
        ("author-up-3", ["甲", "丙", "乙"]),
        ("author-up-1", ["甲", "乙", "丙"]),
        ("author-down-1", ["乙", "甲", "丙"]),
        ("author-down-3", ["甲", "乙", "丙"]),
        ("author-remove-2", ["甲", "丙"]),
        ("author-remove-4", ["甲", "乙", "丙"]),
        ("author-remove-x", ["甲", "乙", "丙"]),
        ("author-add", ["甲", "乙", "丙"]),
        ("paint-2", ["甲", "乙", "丙"]),
    ],
)
def test_a_button_beside_an_author_moves_or_removes_it(draft, do, names):
    form = StoryForm(sent(author_name=["甲", "乙", "丙"], do=do), submission=draft)

    assert [row.name for row in cleaned(form)["authors"]] == names


def test_without_rows_the_credits_are_left_alone(draft):
    assert cleaned(StoryForm(sent(title="x"), submission=draft))["authors"] is None


@pytest.mark.parametrize(
    ("names", "roles", "code"),
    [
        (["名"] * 11, [], "FRM-AUTHORS-MANY"),
        (["名" * 31], [], "name_long"),
        (["名"], ["职" * 41], "role_long"),
        ([""], ["Director"], "name_missing"),
    ],
)
def test_too_many_and_too_long_credits_are_refused(draft, names, roles, code):
    form = StoryForm(sent(author_name=names, author_role=roles), submission=draft)

    assert form.errors.get_json_data()["authors"][0]["code"] == code


def test_what_is_valid_is_kept_beside_what_is_not(draft):
    form = StoryForm(
        {"title": "字" * 41, "shot_on": "2031-04-01", "entrant": ""}, submission=draft
    )

    assert not form.is_valid()
    assert {name: value for name, value in form.details().items() if value} == {
        "shot_on": dt.date(2031, 4, 1)
    }


def test_genres_are_the_categorys_own_else_the_contests(draft):
    series = StoryForm(submission=draft)["genre"].as_widget()
    draft.category = draft.contest.categories.get(key="film")
    film = StoryForm(submission=draft)["genre"].as_widget()

    assert '<option value="Story">' in series
    assert '<option value="Story">' not in film
    assert '<option value="Documentary">' in film


def test_captions_are_those_that_were_sent_and_differ(draft):
    first = make_media_file(draft, caption="At dawn")
    second = make_media_file(draft)
    make_media_file(draft, caption="Left alone")
    form = CaptionsForm(
        {f"caption-{first.pk}": "At dawn", f"caption-{second.pk}": "At noon"},
        submission=draft,
    )

    assert form.is_valid()
    assert list(form.captions()) == [(second, "At noon")]


def test_a_caption_too_long_is_refused(draft):
    media_file = make_media_file(draft)
    form = CaptionsForm({f"caption-{media_file.pk}": "字" * 101}, submission=draft)

    [error] = form.errors.get_json_data()[f"caption-{media_file.pk}"]
    assert error["code"] == "caption_long"


def test_only_declarations_that_concern_the_work_are_asked(draft):
    asked = list(RightsForm(submission=draft).fields)
    draft.category = draft.contest.categories.get(key="poster")

    assert asked == ["declare-own", "declare-portraits", "declare-unmodified"]
    assert list(RightsForm(submission=draft).fields) == asked[:2]


def test_ticks_stand_in_the_rule_books_groups_as_they_were_made(draft):
    declare_all(draft)
    form = RightsForm(submission=draft)

    assert [
        (heading, [(each.key, field.value()) for each, field in ticks])
        for heading, ticks in form.groups()
    ] == [
        ("", [("own", True), ("unmodified", True)]),
        ("Portraits", [("portraits", True)]),
    ]


def test_reasons_stand_below_the_decision_they_are_for():
    form = ScreeningForm(book=rulebook_document())

    assert [
        (decision.value, [radio.data["value"] for radio in radios])
        for decision, radios in form.reason_groups()
    ] == [("return", ["unclear"]), ("reject", ["off-theme"])]
