"""The rehearsal's own parts; `make demo` plays all of it."""

import pytest

from contest_portal.desk.rehearse.client import hidden_and_ticks
from contest_portal.desk.rehearse.progress import Progress, StepFailed, padded
from contest_portal.desk.rehearse.works import brought_works, made_works
from submissions.media.examine import examine
from submissions.states import Verdict
from tests.factories.contests import make_miniature_contest
from tests.factories.submissions import picture_bytes


def test_a_step_that_fails_is_told_and_spoils_the_rehearsal(capsys):
    progress = Progress()
    with progress.step("first") as step:
        step.note("seen")

    with pytest.raises(StepFailed), progress.step("second"):
        raise StepFailed("nothing came")

    assert not progress.went_well()
    assert [(step.name, step.outcome, step.seen) for step in progress.steps] == [
        ("first", "ok", "seen"),
        ("second", "FAILED", "StepFailed: nothing came"),
    ]
    assert "second  FAILED" in progress.summary()


def test_a_rehearsal_of_good_steps_goes_well(capsys, tmp_path):
    progress = Progress()

    with progress.step("only"):
        progress.keep(tmp_path / "list.xlsx")

    assert progress.went_well()
    assert progress.summary().endswith(f"made: {tmp_path / 'list.xlsx'}")


def test_columns_stand_straight_under_chinese_names():
    assert padded("初审", 6) == "初审  "


def test_the_client_sends_hidden_fields_and_ticks_every_box():
    page = (
        '<input type="hidden" name="next" value="/my/">'
        '<input type="checkbox" name="privacy"><input type="text" name="phone">'
    )

    assert hidden_and_ticks(page) == {"next": "/my/", "privacy": "on"}


@pytest.mark.django_db
def test_a_work_is_made_for_each_category_of_any_rule_book(tmp_path):
    contest = make_miniature_contest()

    works = list(made_works(contest, tmp_path))

    assert [(work.category, len(work.files), work.refused) for work in works] == [
        ("clip", 1, False),
        ("pair", 2, False),
        ("clip", 1, False),
        ("clip", 1, True),
    ]
    for work in works:
        category = contest.rulebook.category(work.category)
        failed = examine(work.files[0], category=category).verdict == Verdict.FAILED
        assert failed == work.refused


@pytest.mark.django_db
def test_files_brought_along_find_their_category_or_are_expected_to_fail(tmp_path):
    contest = make_miniature_contest()
    (tmp_path / "a.jpg").write_bytes(picture_bytes())
    (tmp_path / "b.txt").write_text("words", "utf-8")

    works = list(brought_works(contest, tmp_path))

    assert [(work.title, work.category, work.refused) for work in works] == [
        ("a", "clip", True),
        ("b", "clip", True),
    ]
