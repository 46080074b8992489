"""What beat starts around unsent drafts."""

import datetime as dt

import pytest

from contests import clock
from notifications.models import Message
from submissions.models import DraftCheck
from submissions.reminder_tasks import look_at_drafts, remind_before_deadline
from tests.factories.submissions import TOO_LATE, make_complete_draft, make_contest

pytestmark = pytest.mark.django_db

TWO_DAYS_BEFORE = TOO_LATE - dt.timedelta(days=3)


@pytest.fixture
def at_hour(monkeypatch):
    """Two days before the deadline, at this hour."""

    def at_hour(hour):
        moment = TWO_DAYS_BEFORE + dt.timedelta(hours=hour)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return at_hour


def test_drafts_are_looked_at_at_any_hour(at_hour):
    make_complete_draft(make_contest())
    at_hour(3)

    look_at_drafts()

    assert DraftCheck.objects.get().gap_steps == []


@pytest.mark.parametrize(("hour", "count"), [(8, 0), (9, 1), (20, 1), (21, 0)])
def test_people_are_reminded_by_day(at_hour, hour, count):
    make_complete_draft(make_contest())
    at_hour(hour)

    remind_before_deadline()

    assert Message.objects.count() == count


def test_without_a_contest_there_is_nothing_to_do(at_hour):
    at_hour(12)

    look_at_drafts()
    remind_before_deadline()

    assert not Message.objects.exists()
