"""Celery entry point of accounts that go after a contest. It may run twice."""

from celery import shared_task

from accounts import anonymising
from contests import clock


@shared_task(soft_time_limit=3600, time_limit=3660)
def forget_accounts_after_contests():
    """Forget people who took part in nothing that lasts."""
    anonymising.forget_due(at=clock.now())
