"""Works that wait although every file has its verdict."""

import pytest

from submissions.media.jobs import settling
from submissions.models import Submission
from submissions.states import InspectionState, State
from submissions.tasks import resume_stuck_inspections
from tests.factories.submissions import (
    make_contest,
    make_failed_file,
    make_handed_in,
    make_media_file,
)

pytestmark = pytest.mark.django_db


def submitted(contest, **fields):
    return make_handed_in(contest, state=State.SUBMITTED, **fields)


def test_only_works_that_nothing_holds_back_are_left_lying():
    contest = make_contest()
    lying = submitted(contest)
    failed = submitted(contest)
    make_media_file(failed, state=InspectionState.QUEUED)
    make_failed_file(failed)
    for state in set(InspectionState) - {InspectionState.FINISHED}:
        make_media_file(submitted(contest), state=state)
    make_handed_in(contest, state=State.SCREENING)

    assert settling.unsettled() == [lying.pk, failed.pk]


def test_a_work_whose_worker_died_after_its_last_verdict_goes_on(settings):
    work = submitted(make_contest())

    resume_stuck_inspections()

    assert Submission.objects.get(pk=work.pk).state == State.SCREENING
