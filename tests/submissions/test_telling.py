"""Authors learn of every move of their work, organisers of what waits for them."""

import pytest

from accounts.models import Role
from notifications.kinds import Kind
from notifications.models import Message
from submissions.lifecycle import change_state
from submissions.states import TRANSITIONS, State
from submissions.telling import tell_organisers
from tests.factories.accounts import make_worker
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_contest,
    make_handed_in,
    make_organiser,
    make_reviewer,
)

pytestmark = pytest.mark.django_db

TOLD = {
    (State.DRAFT, State.SUBMITTED): "received",
    (State.RETURNED, State.SUBMITTED): "received",
    (State.SUBMITTED, State.SCREENING): "screening_begun",
    (State.SUBMITTED, State.RETURNED): "files_returned",
    (State.SCREENING, State.RETURNED): "returned",
    (State.SCREENING, State.ACCEPTED): "accepted",
    (State.SCREENING, State.REJECTED): "rejected",
    (State.SUBMITTED, State.WITHDRAWN): "withdrawn",
    (State.SCREENING, State.WITHDRAWN): "withdrawn",
    (State.RETURNED, State.WITHDRAWN): "withdrawn",
    (State.ACCEPTED, State.WITHDRAWN): "withdrawn",
    (State.ACCEPTED, State.DISQUALIFIED): "disqualified",
}
SILENT = {(State.DRAFT, State.WITHDRAWN), (State.SUBMITTED, State.DRAFT)}
MOVES = [(old, new) for old, targets in TRANSITIONS.items() for new in sorted(targets)]


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_every_move_tells_its_author_the_right_thing(old, new):
    work = make_handed_in(make_contest(), state=old, title="Morning")
    due = {"correct_by": TOO_LATE} if new == State.RETURNED else {}

    change_state(work, to=new, by=None, at=COLLECTING, reason="Dark.", **due)

    told = [(each.kind, each.recipient) for each in Message.objects.all()]
    expected = [] if (old, new) in SILENT else [(TOLD[old, new], work.author)]
    assert told == expected


def test_a_returned_work_says_why_until_when_and_leads_to_the_wizard():
    work = make_handed_in(make_contest(), title="Morning")

    change_state(
        work,
        to=State.RETURNED,
        by=make_reviewer(work.contest),
        at=COLLECTING,
        reason="The picture is dark.",
        correct_by=TOO_LATE,
    )

    message = Message.objects.get()
    assert message.params == {
        "work": "Morning",
        "reason": "The picture is dark.",
        "due": {"moment": TOO_LATE.isoformat()},
    }
    assert message.link == f"/submissions/{work.pk}/edit/track/"
    assert (message.submission_id, message.contest) == (work.pk, work.contest)


def test_organisers_of_this_contest_are_told_once_each():
    contest = make_contest()
    organisers = [make_organiser(contest), make_organiser(contest)]
    make_organiser(make_contest())
    make_worker(contest, Role.SUPERVISOR)
    work = make_handed_in(contest)
    Message.objects.all().delete()

    tell_organisers(work, Kind.WAIVER_ASKED, at=COLLECTING, link="/waivers/1/")

    assert [
        (each.recipient, each.kind, each.link)
        for each in Message.objects.order_by("recipient")
    ] == [(each, "waiver_asked", "/waivers/1/") for each in organisers]
