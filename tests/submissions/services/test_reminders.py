"""Looking at drafts and reminding their owners: who, when, and never too often."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from notifications.models import Message
from submissions.models import DraftCheck
from submissions.services.reminders import (
    ReminderRefused,
    look_at_drafts,
    remind,
    remind_all,
    remind_before_deadline,
)
from submissions.states import State
from submissions.unsent import unsent_drafts
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_complete_draft,
    make_contest,
    make_draft,
    make_failed_file,
    make_handed_in,
    make_media_file,
    make_organiser,
)

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)
A_WEEK_BEFORE = TOO_LATE - 8 * DAY + dt.timedelta(hours=10)


@pytest.fixture
def contest(in_english):
    return make_contest(
        defaults={"reminder_days_before": [7, 2], "reminder_pause_days": 3}
    )


@pytest.fixture
def organiser(contest):
    return make_organiser(contest)


def told():
    """(kind, whom, where it leads) of every message, in order."""
    return list(Message.objects.order_by("pk").values_list("kind", "recipient", "link"))


def test_what_a_draft_lacks_is_noted_step_by_step(contest):
    complete = make_complete_draft(contest)
    nearly = make_complete_draft(contest, title="")
    begun = make_draft(contest, unit=None)
    make_media_file(begun)
    make_draft(contest)

    looked_at = look_at_drafts(contest=contest, at=COLLECTING)

    checks = {each.submission_id: each.gap_steps for each in DraftCheck.objects.all()}
    assert looked_at == 3
    assert checks[complete.pk] == []
    assert checks[nearly.pk] == ["story"]
    assert checks[begun.pk][0] == "track"


def test_the_list_holds_what_lacks_nothing_and_then_what_lacks_little(contest):
    nearly = make_complete_draft(contest, title="")
    complete = make_complete_draft(contest, files=2)
    begun = make_draft(contest)
    make_media_file(begun)
    look_at_drafts(contest=contest, at=COLLECTING)

    listed = list(unsent_drafts(contest))

    assert [(each.pk, each.gaps) for each in listed] == [
        (complete.pk, 0),
        (nearly.pk, 1),
    ]
    sizes = [file.size_bytes for file in complete.media_files.all()]
    assert (listed[0].file_count, listed[0].file_bytes) == (2, sum(sizes))
    assert listed[0].reminded_at is None


def test_a_draft_handed_in_meanwhile_leaves_the_list(contest):
    draft = make_complete_draft(contest)
    look_at_drafts(contest=contest, at=COLLECTING)

    draft.state = State.WITHDRAWN
    draft.save()

    assert list(unsent_drafts(contest)) == []


def test_the_owner_of_a_complete_draft_is_led_to_the_last_step(contest, organiser):
    draft = make_complete_draft(contest)

    remind(submission=draft, by=organiser, at=COLLECTING)

    assert told() == [
        ("draft_reminder", draft.author_id, f"/submissions/{draft.pk}/edit/check/")
    ]
    line = AuditEntry.objects.get(action="draft.reminded")
    assert (line.actor_id, line.target) == (
        organiser.pk,
        f"submissions.submission:{draft.pk}",
    )


def test_the_owner_of_an_almost_complete_one_is_led_to_what_is_missing(
    contest, organiser
):
    draft = make_complete_draft(contest, title="")

    remind(submission=draft, by=organiser, at=COLLECTING)

    assert told() == [
        ("draft_unfinished", draft.author_id, f"/submissions/{draft.pk}/edit/story/")
    ]


def test_a_file_that_failed_since_the_last_look_is_not_called_complete(
    contest, organiser
):
    draft = make_complete_draft(contest)
    look_at_drafts(contest=contest, at=COLLECTING)
    make_failed_file(draft)

    remind(submission=draft, by=organiser, at=COLLECTING)

    assert [kind for kind, _whom, _where in told()] == ["draft_unfinished"]
    assert draft.draft_check.gap_steps == ["files"]


@pytest.mark.parametrize(
    ("later", "is_told"), [(3 * DAY - SECOND, False), (3 * DAY, True)]
)
def test_nobody_is_reminded_twice_within_the_pause(contest, organiser, later, is_told):
    draft = make_complete_draft(contest)
    remind(submission=draft, by=organiser, at=COLLECTING)

    if is_told:
        remind(submission=draft, by=organiser, at=COLLECTING + later)
    else:
        with pytest.raises(ReminderRefused) as refusal:
            remind(submission=draft, by=organiser, at=COLLECTING + later)
        assert refusal.value.code == "reminded_lately"

    assert len(told()) == (2 if is_told else 1)


def test_after_the_deadline_nobody_is_reminded(contest, organiser):
    draft = make_complete_draft(contest)

    remind(submission=draft, by=organiser, at=TOO_LATE - 4 * DAY)
    with pytest.raises(ReminderRefused) as refusal:
        remind(submission=draft, by=organiser, at=TOO_LATE)

    assert refusal.value.code == "not_possible"


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_only_drafts_are_reminded_of(contest, organiser, state):
    work = make_handed_in(contest, state=state)

    with pytest.raises(ReminderRefused) as refusal:
        remind(submission=work, by=organiser, at=COLLECTING)

    assert refusal.value.code == "not_possible"


def test_only_organisers_of_this_contest_remind(contest):
    draft = make_complete_draft(contest)
    elsewhere = make_organiser(make_contest())

    with pytest.raises(ReminderRefused) as refusal:
        remind(submission=draft, by=elsewhere, at=COLLECTING)

    assert refusal.value.code == "reminder_refused"


def test_all_of_them_are_reminded_but_those_who_were_lately(contest, organiser):
    first, second = make_complete_draft(contest), make_complete_draft(contest)
    look_at_drafts(contest=contest, at=COLLECTING)
    remind(submission=first, by=organiser, at=COLLECTING)

    count = remind_all(contest=contest, by=organiser, at=COLLECTING + DAY)

    assert count == 1
    assert [whom for _kind, whom, _where in told()] == [
        first.author_id,
        second.author_id,
    ]


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (A_WEEK_BEFORE - DAY, 0),
        (A_WEEK_BEFORE, 1),
        (A_WEEK_BEFORE + DAY, 0),
        (A_WEEK_BEFORE + 5 * DAY, 1),
        (TOO_LATE, 0),
    ],
)
def test_the_portal_reminds_on_the_rule_book_s_days(contest, moment, count):
    make_complete_draft(contest)

    assert remind_before_deadline(contest=contest, at=moment) == count


def test_an_hour_later_on_the_same_day_the_portal_says_nothing_more(contest):
    make_complete_draft(contest)
    remind_before_deadline(contest=contest, at=A_WEEK_BEFORE)

    again = remind_before_deadline(
        contest=contest, at=A_WEEK_BEFORE + dt.timedelta(hours=1)
    )

    assert (again, len(told())) == (0, 1)
