"""Background work of the portal itself."""

from celery import shared_task

from contest_portal import signs_of_life


@shared_task
def beat_heart():
    """Scheduler, broker and a quick worker have all done their part."""
    signs_of_life.show(signs_of_life.SCHEDULER)
