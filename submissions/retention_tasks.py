"""Celery entry point of what goes some days after a contest. It may run twice."""

from celery import shared_task

from contests import clock
from contests.models import Contest
from submissions import retention


@shared_task(soft_time_limit=3600, time_limit=3660)
def forget_after_contests():
    """Let go of what no contest needs any more."""
    for contest in Contest.objects.with_rulebook():
        retention.forget_after(contest, at=clock.now())
