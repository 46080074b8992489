import pytest

from submissions.services import missing_for_submit
from submissions.steps import step_lines
from tests.factories.submissions import make_complete_draft, make_contest, make_draft

pytestmark = pytest.mark.django_db


def states(draft):
    lines = step_lines(draft, now="story", gaps=missing_for_submit(draft))
    return [line.state for line in lines]


def test_step_is_done_when_nothing_of_it_is_missing():
    draft = make_complete_draft(make_contest())

    assert states(draft) == ["done", "done", "now", "done", "todo"]


def test_files_are_not_done_before_the_category_is_chosen():
    draft = make_draft(make_contest(), category=None)

    assert states(draft) == ["todo", "todo", "now", "todo", "todo"]
