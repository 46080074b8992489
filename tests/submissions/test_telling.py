"""Authors learn of every move of their work, organisers of what waits for them."""

from hashlib import sha256

import pytest

from accounts.models import Role
from notifications.kinds import Kind
from notifications.models import Message
from submissions.lifecycle import change_state
from submissions.media.jobs import inspection
from submissions.models import Upload
from submissions.states import TRANSITIONS, InspectionState, State, UploadState
from submissions.telling import tell_organisers
from submissions.uploads.finishing import finish
from tests.factories.accounts import make_worker
from tests.factories.submissions import (
    COLLECTING,
    TOO_LATE,
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
    make_organiser,
    make_reviewer,
    picture_bytes,
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
SILENT = {
    (State.DRAFT, State.WITHDRAWN),
    (State.SUBMITTED, State.DRAFT),  # its author took it back to change it
    (State.SCREENING, State.DRAFT),
}
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


def make_cut_file(submission, **fields):
    """A picture whose end is missing, not looked at yet."""
    content = picture_bytes()[:200]
    return make_media_file(
        submission,
        content=content,
        sha256=sha256(content).hexdigest(),
        state=InspectionState.QUEUED,
        **fields,
    )


def test_a_file_of_a_draft_against_the_rules_is_told():
    draft = make_draft(make_contest(), title="Morning")
    file = make_cut_file(draft, original_name="DSC_1.jpg")

    inspection.inspect(file, at=COLLECTING)

    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("file_refused", draft.author)
    assert message.params == {"work": "Morning", "file": "DSC_1.jpg"}


def test_a_failed_file_of_a_handed_in_work_is_told_by_its_return_alone():
    work = make_handed_in(make_contest(), state=State.SUBMITTED, files=0)
    file = make_cut_file(work)

    inspection.inspect(file, at=COLLECTING)

    assert [each.kind for each in Message.objects.all()] == ["files_returned"]


def test_an_error_of_ours_is_told_once_when_no_try_is_left(settings):
    draft = make_draft(make_contest())
    file = make_media_file(draft, state=InspectionState.QUEUED)
    file.file.storage.delete(file.file.name)
    told = []

    for _try in range(settings.INSPECTION_MAX_ATTEMPTS + 1):
        inspection.inspect(file, at=COLLECTING)
        told.append([each.kind for each in Message.objects.all()])

    assert told == [[], [], ["file_unchecked"], ["file_unchecked"]]


def test_an_upload_that_could_not_be_used_is_told_to_its_owner():
    draft = make_draft(make_contest(), title="Morning")
    upload = Upload.objects.create(
        owner=draft.author,
        submission=draft,
        state=UploadState.FINISHING,
        original_name="DSC_1.jpg",
        size_bytes=9,
        created_at=COLLECTING,
        touched_at=COLLECTING,
        finished_at=COLLECTING,
        expires_at=TOO_LATE,
    )

    upload = finish(upload.pk, at=COLLECTING)

    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("upload_refused", draft.author)
    assert message.params == {
        "work": "Morning",
        "file": "DSC_1.jpg",
        "reason": upload.refusal,
    }
    assert message.link == f"/submissions/{draft.pk}/edit/files/"
