"""What becomes of a stopped conversion, and of one that failed on our side."""

import pytest

from accounts.models import AuditEntry
from submissions import services
from submissions.media.jobs.claims import CONVERSIONS
from submissions.models import Conversion
from submissions.states import JOBS_TO_DO, ConversionState
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    make_complete_draft,
    make_contest,
    make_organiser,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def media_file():
    draft = make_complete_draft(make_contest())
    media_file = draft.media_files.get()
    CONVERSIONS.enqueue(media_file, reasons=["codec"])
    return media_file


def leave_as(media_file, state):
    Conversion.objects.filter(media_file=media_file).update(state=state, attempts=2)


def state_of(media_file):
    return Conversion.objects.get(media_file=media_file).state


def test_a_stopped_conversion_goes_on_once_the_work_is_handed_in(media_file):
    leave_as(media_file, ConversionState.CANCELLED)
    draft = media_file.submission

    services.submit(submission=draft, by=draft.author, at=COLLECTING)

    assert state_of(media_file) == ConversionState.QUEUED


@pytest.mark.parametrize(
    "state", [state for state in ConversionState if state not in JOBS_TO_DO]
)
def test_what_is_over_cannot_be_stopped(media_file, state):
    leave_as(media_file, state)

    with pytest.raises(services.ConversionRefused) as refused:
        services.stop_conversion(
            media_file=media_file, by=media_file.submission.author, at=COLLECTING
        )

    assert refused.value.code == "not_converting"
    assert state_of(media_file) == state


@pytest.mark.parametrize(
    "state", [state for state in ConversionState if state != ConversionState.CANCELLED]
)
def test_its_author_begins_again_only_what_was_stopped(media_file, state):
    leave_as(media_file, state)

    with pytest.raises(services.ConversionRefused) as refused:
        services.convert_again(
            media_file=media_file, by=media_file.submission.author, at=COLLECTING
        )

    assert refused.value.code == "not_stopped"
    assert state_of(media_file) == state


@pytest.mark.parametrize(
    "state", [state for state in ConversionState if state != ConversionState.ERRORED]
)
def test_staff_try_again_only_what_failed_on_our_side(media_file, state):
    leave_as(media_file, state)

    with pytest.raises(services.ConversionRefused) as refused:
        services.retry_conversion(
            failed=Conversion.objects.get(), by=CitizenFactory(), at=COLLECTING
        )

    assert refused.value.code == "not_errored"
    assert state_of(media_file) == state


def test_nobody_else_begins_or_stops_it(media_file):
    stranger = CitizenFactory()
    for change in (services.stop_conversion, services.convert_again):
        with pytest.raises(services.ConversionRefused):
            change(media_file=media_file, by=stranger, at=COLLECTING)

    assert state_of(media_file) == ConversionState.QUEUED


def test_organisers_have_what_failed_tried_again_in_the_admin(client, media_file):
    leave_as(media_file, ConversionState.ERRORED)
    organiser = make_organiser(media_file.submission.contest)
    client.force_login(organiser)
    row = Conversion.objects.get()

    listed = client.get("/admin/submissions/conversion/?state__exact=errored")
    client.post(
        "/admin/submissions/conversion/",
        {"action": "retry", "_selected_action": [row.pk]},
    )

    row.refresh_from_db()
    assert listed.context["cl"].result_count == 1
    assert (row.state, row.attempts) == (ConversionState.QUEUED, 0)
    entry = AuditEntry.objects.get(action="conversion.retried")
    assert entry.actor_id == organiser.pk
    assert entry.target == f"submissions.mediafile:{media_file.pk}"
