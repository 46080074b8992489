"""What the page gives the script that looks at files."""

import pytest

from contests.wording import rulebook_address
from submissions.precheck import precheck_data
from submissions.rule_items import RuleItem
from submissions.templatetags.works import rule_counts
from tests.factories.submissions import make_contest, make_draft, make_media_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def contest():
    return make_contest()


def test_book_category_and_language_are_named(contest):
    draft = make_draft(contest, category=contest.categories.get(key="film"))

    data = precheck_data(draft)

    assert data["book"] == rulebook_address(draft.rulebook_version)
    assert data["category"] == "film"
    assert data["language"] == "en"
    assert data["update"] == f"/api/v1/submissions/{draft.pk}/"
    assert data["opened"] == {}
    assert data["existing"] == []


def test_files_there_already_are_told(contest):
    draft = make_draft(contest, category=contest.categories.get(key="film"))
    file = make_media_file(draft, content_type="mp4")
    file.inspection.facts = {"duration_s": 47.0, "content_type": "mp4"}
    file.inspection.save()

    assert precheck_data(draft)["existing"] == [
        {
            "id": file.pk,
            "size_bytes": file.size_bytes,
            "sha256": file.sha256,
            "content_type": "mp4",
            "duration_s": 47.0,
        }
    ]


def test_without_a_category_there_is_nothing_to_look_by(contest):
    assert precheck_data(make_draft(contest, category=None)) is None


@pytest.mark.parametrize(
    ("states", "lead"),
    [
        ([], "0 passed"),
        (["passed", "waiting", "advice", "passed"], "2 passed"),
        (["passed", "failed", "failed"], "1 passed, 2 to fix"),
    ],
)
def test_the_list_says_in_words_how_it_stands(states, lead):
    counts = rule_counts([RuleItem(state, "示例") for state in states])

    assert counts["lead"] == lead
    assert counts["total"] == len(states)
