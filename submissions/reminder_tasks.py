"""Celery entry points of reminders. Each may run twice."""

import structlog
from celery import shared_task

from contests import clock
from contests.models import Contest
from submissions.services import reminders, winner_forms

log = structlog.get_logger(__name__)

WAKING_HOURS = range(9, 21)  # nobody is reminded at night


@shared_task(soft_time_limit=600, time_limit=660)
def look_at_drafts():
    """Note how far the drafts of the current contest have come."""
    contest = Contest.objects.current()
    if contest is None:
        log.info("there is no contest")
        return
    reminders.look_at_drafts(contest=contest, at=clock.now())


@shared_task(soft_time_limit=600, time_limit=660)
def remind_before_deadline():
    """Remind the owners of unsent drafts on the days the rule book names."""
    contest, at = Contest.objects.current(), clock.now()
    if contest is None or at.hour not in WAKING_HOURS:
        log.info("nobody is reminded now")
        return
    reminders.remind_before_deadline(contest=contest, at=at)


@shared_task(soft_time_limit=600, time_limit=660)
def remind_of_winner_forms():
    """Remind winners who have yet to sign, as the rule book's days come."""
    at = clock.now()
    if at.hour not in WAKING_HOURS:
        log.info("nobody is reminded now")
        return
    for contest in Contest.objects.with_rulebook():
        winner_forms.remind_when_due(contest=contest, at=at)
