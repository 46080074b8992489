"""Who gets a job on a file, and when trying it ends."""

import datetime as dt

import pytest
from django.utils import timezone

from notifications.kinds import Kind
from notifications.models import Message
from submissions.media.jobs.claims import CONVERSIONS, INSPECTIONS, waiting_in
from submissions.media.jobs.leases import Interrupted
from submissions.models import Conversion, Inspection
from submissions.states import InspectionState, Verdict, WorkQueue
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_media_file,
    make_organiser,
)

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(hours=1)


def waiting_file(draft=None, **fields):
    media_file = make_media_file(
        draft or make_draft(make_contest()), state=InspectionState.QUEUED
    )
    Inspection.objects.filter(media_file=media_file).update(**fields)
    media_file.refresh_from_db()
    return media_file


def abandoned(**fields):
    return {
        "state": InspectionState.RUNNING,
        "worker": "there:17/slow",
        "started_at": timezone.now() - LONG_AGO,
        "seen_at": dt.datetime(2031, 5, 20, 8, 30, tzinfo=dt.UTC),
        "leased_until": timezone.now() - LONG_AGO,
    } | fields


def row_of(media_file):
    return Inspection.objects.get(media_file=media_file)


def stands(job):
    try:
        INSPECTIONS.hold(job)
    except Interrupted:
        return False
    return True


def told(kind):
    return [
        (message.recipient, message.params["work"])
        for message in Message.objects.filter(kind=kind).order_by("pk")
    ]


def test_a_claim_counts_a_try_and_says_who_has_it_and_how_long_it_waited():
    media_file = waiting_file(
        queue=WorkQueue.SLOW, queued_at=timezone.now() - dt.timedelta(seconds=90)
    )

    claimed = INSPECTIONS.take(media_file, at=COLLECTING)

    row = row_of(media_file)
    assert (row.state, row.attempts) == (InspectionState.RUNNING, 1)
    assert row.worker.endswith("/slow")
    assert row.started_at == row.seen_at == claimed.started_at
    assert row.leased_until > timezone.now()
    assert row.timings["waited_s"] == pytest.approx(90, abs=5)


@pytest.mark.parametrize("state", [InspectionState.FINISHED, InspectionState.ERRORED])
def test_what_has_ended_is_not_taken_up(state):
    media_file = make_media_file(make_draft(make_contest()), state=state)

    assert INSPECTIONS.take(media_file, at=COLLECTING) is None


def test_what_another_worker_has_is_left_to_it():
    media_file = waiting_file(**abandoned(leased_until=timezone.now() + LONG_AGO))

    assert INSPECTIONS.take(media_file, at=COLLECTING) is None
    assert row_of(media_file).worker == "there:17/slow"


def test_a_dead_workers_try_counts_and_stands_in_the_log():
    media_file = waiting_file(**abandoned(attempts=1))

    INSPECTIONS.take(media_file, at=COLLECTING)

    row = row_of(media_file)
    assert row.attempts == 2
    assert row.log == (
        "Attempt 1 by there:17/slow: No sign of life since 2031-05-20 08:30:00+00:00."
    )


def test_a_file_that_killed_its_worker_each_time_is_not_tried_again(settings):
    settings.INSPECTION_MAX_ATTEMPTS = 3
    media_file = waiting_file(**abandoned(attempts=3))
    organiser = make_organiser(media_file.submission.contest)

    assert INSPECTIONS.take(media_file, at=COLLECTING) is None

    row = row_of(media_file)
    assert (row.state, row.verdict) == (InspectionState.ERRORED, Verdict.ERRORED)
    assert (row.attempts, row.leased_until) == (3, None)
    work = media_file.submission
    assert told(Kind.FILE_UNCHECKED) == [(work.author, work.title)]
    assert told(Kind.FILE_STUCK) == [(organiser, work.title)]
    message = Message.objects.get(kind=Kind.FILE_STUCK)
    assert message.link == "/admin/submissions/inspection/?state__exact=errored"


def test_staff_who_have_one_such_message_unread_get_no_second_one():
    draft = make_draft(make_contest())
    organiser = make_organiser(draft.contest)

    for _number in range(3):
        media_file = waiting_file(draft, **abandoned(attempts=3))
        INSPECTIONS.take(media_file, at=COLLECTING)

    assert told(Kind.FILE_STUCK) == [(organiser, draft.title)]
    assert len(told(Kind.FILE_UNCHECKED)) == 3


def test_a_try_that_failed_comes_back_later_each_time_until_the_last():
    media_file = waiting_file()
    waits = []

    for number in (1, 2, 3):
        claimed = INSPECTIONS.take(media_file, at=COLLECTING)
        waits.append(INSPECTIONS.put_back(claimed, f"reason {number}", at=COLLECTING))

    row = row_of(media_file)
    assert waits == [20, 40, None]
    assert (row.state, row.attempts) == (InspectionState.ERRORED, 3)
    assert row.log == "\n".join(
        f"Attempt {number} by {row.worker}: reason {number}" for number in (1, 2, 3)
    )


def test_an_interrupted_try_does_not_count_and_may_begin_again_at_once():
    media_file = waiting_file()
    claimed = INSPECTIONS.take(media_file, at=COLLECTING)

    wait_s = INSPECTIONS.give_back(claimed)

    row = row_of(media_file)
    assert wait_s == 0
    assert (row.state, row.attempts) == (InspectionState.QUEUED, 0)
    assert (row.leased_until, row.share_done) == (None, 0.0)


def test_a_try_that_was_overtaken_changes_nothing_any_more():
    media_file = waiting_file()
    overtaken = INSPECTIONS.take(media_file, at=COLLECTING)
    Inspection.objects.update(leased_until=timezone.now() - LONG_AGO)
    INSPECTIONS.take(media_file, at=COLLECTING)

    answers = [
        INSPECTIONS.put_back(overtaken, "too late", at=COLLECTING),
        INSPECTIONS.give_back(overtaken),
        stands(overtaken),
    ]

    assert answers == [None, None, False]
    assert row_of(media_file).attempts == 2


def test_what_is_inspected_afresh_loses_its_tries_its_verdict_and_its_log():
    media_file = waiting_file(state=InspectionState.ERRORED, attempts=3, log="old")

    INSPECTIONS.enqueue(media_file)
    INSPECTIONS.take(media_file, at=COLLECTING)

    row = row_of(media_file)
    assert (row.state, row.attempts, row.log) == (InspectionState.RUNNING, 1, "")


def test_an_earlier_run_of_a_file_that_was_put_back_to_the_beginning_is_overtaken():
    media_file = waiting_file()
    earlier = INSPECTIONS.take(media_file, at=COLLECTING)
    INSPECTIONS.enqueue(media_file)
    later = INSPECTIONS.take(media_file, at=COLLECTING)

    assert earlier.attempts == later.attempts
    assert (stands(earlier), stands(later)) == (False, True)


def test_the_abandoned_count_as_stuck_and_the_forgotten_where_messages_were_lost():
    draft = make_draft(make_contest())
    old = {"queued_at": timezone.now() - LONG_AGO}
    waiting_file(draft)
    forgotten = waiting_file(draft, **old)
    waiting_file(draft, **old, queue=WorkQueue.SLOW)
    gone = waiting_file(draft, **abandoned())

    found = INSPECTIONS.stuck_media_files(
        lease_s=900, is_lost=lambda queue: queue == WorkQueue.QUICK
    )

    assert found == [forgotten.pk, gone.pk]


def waiting_copies(draft, **fields):
    media_file = make_media_file(draft)
    CONVERSIONS.enqueue(media_file, reasons=[])
    Conversion.objects.filter(media_file=media_file).update(**fields)
    return media_file


def test_of_conversions_those_count_as_stuck_when_messages_for_films_were_lost():
    draft = make_draft(make_contest())
    waiting_copies(draft)
    forgotten = waiting_copies(draft, queued_at=timezone.now() - LONG_AGO)
    gone = waiting_copies(draft, **abandoned())

    found = {
        queue: CONVERSIONS.stuck_media_files(lease_s=900, is_lost=queue.__eq__)
        for queue in WorkQueue
    }

    assert found == {
        WorkQueue.QUICK: [gone.pk],
        WorkQueue.SLOW: [forgotten.pk, gone.pk],
    }


def test_what_waits_is_counted_in_its_queue_and_conversions_with_the_films():
    draft = make_draft(make_contest())
    waiting_file(draft)
    waiting_file(draft, queue=WorkQueue.SLOW)
    waiting_file(draft, **abandoned(queue=WorkQueue.SLOW))
    waiting_copies(draft)

    assert {queue: waiting_in(queue) for queue in WorkQueue} == {
        WorkQueue.QUICK: 1,
        WorkQueue.SLOW: 2,
    }
