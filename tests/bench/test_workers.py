"""What the bench of workers makes of what jobs tell."""

import datetime as dt

import pytest
from django.utils import timezone

from bench.workers.news import Heard, News
from submissions.models import Conversion, Inspection
from submissions.states import InspectionState
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_media_file,
)


def after(seconds: float) -> dt.datetime:
    return COLLECTING + dt.timedelta(seconds=seconds)


def is_now(job: Inspection, state: InspectionState, **fields) -> None:
    Inspection.objects.filter(pk=job.pk).update(state=state, **fields)


def test_only_what_is_new_counts_as_news():
    heard = Heard(told_at=COLLECTING)

    for seconds, share in ((0.5, 0.0), (0.9, 0.1), (1.2, 0.1), (2.4, 0.3)):
        heard.hear(share, after(seconds))
    heard.end(after(2.9))

    assert heard.first_s == pytest.approx(0.9)
    assert heard.longest_s == pytest.approx(1.5)


def test_silence_until_the_end_counts():
    heard = Heard(told_at=COLLECTING)
    heard.hear(0.5, after(1))

    heard.end(after(8))

    assert heard.longest_s == pytest.approx(7)


@pytest.mark.django_db
def test_the_worst_of_all_jobs_of_a_kind_is_told():
    job = make_media_file(make_draft(make_contest())).inspection
    is_now(job, InspectionState.RUNNING, started_at=timezone.now(), share_done=0)
    news = News()

    news.listen()
    is_now(job, InspectionState.RUNNING, share_done=0.2)
    news.listen()
    assert news.longest(Inspection) is None
    is_now(job, InspectionState.FINISHED)
    news.listen()

    first_s, longest_s = news.longest(Inspection)
    assert longest_s >= first_s > 0
    assert news.longest(Conversion) is None
