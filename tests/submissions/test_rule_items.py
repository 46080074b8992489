"""The rule list beside the wizard says how each rule stands."""

import datetime as dt

import pytest

from submissions.rule_items import RuleItem, rule_items
from submissions.states import InspectionState, Severity, State
from tests.factories.submissions import (
    COLLECTING,
    LAST_DAY,
    TOO_LATE,
    declare_all,
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def contest():
    return make_contest()


def states(draft, *, at=COLLECTING):
    return [(item.state, item.title) for item in rule_items(draft, at=at)]


def film_draft(contest, **facts):
    draft = make_draft(contest, category=contest.categories.get(key="film"))
    film = make_media_file(draft, content_type="mp4")
    film.inspection.facts = {
        "display_width_px": 1920,
        "display_height_px": 1080,
        "duration_s": 47.0,
    } | facts
    film.inspection.save()
    return draft


def test_before_a_category_is_chosen_the_limits_wait(contest):
    draft = make_draft(contest, category=None)

    assert states(draft) == [
        ("waiting", "Format and limits"),
        ("passed", "Within the collection"),
        ("waiting", "Copyright and portraits"),
    ]


def test_before_a_file_is_there_each_limit_waits(contest):
    draft = make_draft(contest, category=contest.categories.get(key="poster"))

    assert states(draft)[:-2] == [
        ("waiting", "Format JPG"),
        ("waiting", "One file"),
        ("waiting", "RGB colours"),
        ("waiting", "300 dpi"),
        ("waiting", "No long strips of several pages"),
    ]


def test_what_was_measured_stands_beside_what_is_passed(contest):
    items = rule_items(film_draft(contest), at=COLLECTING)

    assert items[:4] == [
        RuleItem("passed", "Format MP4", key="format"),
        RuleItem("passed", "One file", "1 file so far", key="count"),
        RuleItem("passed", "At most 1 min", "47 s", key="duration"),
        RuleItem(
            *("passed", "At least 1920 × 1080, upright or wide", "1920 × 1080"),
            key="pixels",
        ),
    ]


@pytest.mark.parametrize(
    ("severity", "state"),
    [
        (Severity.ERROR, "failed"),
        (Severity.WARNING, "advice"),
        (Severity.INFO, "passed"),
    ],
)
def test_a_limit_stands_as_the_worst_that_was_found_about_it(contest, severity, state):
    draft = make_draft(contest)
    make_media_file(draft)
    make_media_file(draft, findings=[("IMG-EDIT-SOFTWARE", severity)])
    finding = draft.media_files.last().inspection.findings.get()
    finding.params = {"software": "Brush"}
    finding.save()

    assert {title: state for state, title in states(draft)} == {
        "Format JPG": "passed",
        "1 to 3 files": "passed",
        "Only moderate changes of light and colour": state,
        "Within the collection": "passed",
        "Copyright and portraits": "waiting",
    }


def test_limits_run_until_every_file_is_checked(contest):
    draft = make_draft(contest)
    make_media_file(draft)
    make_media_file(draft, state=InspectionState.RUNNING)

    assert states(draft)[0] == ("running", "Format JPG")


def test_the_days_to_the_deadline_are_counted(contest):
    draft = make_draft(contest)
    day_before = COLLECTING.replace(month=LAST_DAY.month, day=LAST_DAY.day - 1)

    def period(at):
        return next(
            (item.state, item.text)
            for item in rule_items(draft, at=at)
            if item.title == "Within the collection"
        )

    assert period(day_before) == ("passed", "1 day to the deadline")
    assert period(TOO_LATE) == ("failed", "The collection is not open at this time.")


def test_a_returned_work_has_its_own_day(contest):
    work = make_handed_in(contest, state=State.RETURNED)
    late = TOO_LATE + dt.timedelta(seconds=1)

    text = "To be handed in again before 31 August 24:00."
    found = [
        next(item for item in rule_items(work, at=at) if "again" in item.text)
        for at in (COLLECTING, late)
    ]
    assert [(item.state, item.text) for item in found] == [
        ("passed", text),
        ("failed", text),
    ]


def test_all_ticks_made_is_all_confirmed(contest):
    draft = make_draft(contest)
    declare_all(draft)

    assert states(draft)[-1] == ("passed", "Copyright and portraits")


def test_a_fault_beyond_every_limit_stands_in_the_list_too(contest):
    draft = make_draft(contest, category=contest.categories.get(key="poster"))
    make_media_file(draft, findings=[("IMG-DATA-TRUNCATED", Severity.ERROR)])

    items = rule_items(draft, at=COLLECTING)

    failed = [(item.title, item.key) for item in items if item.state == "failed"]
    assert failed == [("Wholeness of the file", "IMG-DATA-TRUNCATED")]
