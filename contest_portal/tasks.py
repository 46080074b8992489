"""Background work of the portal itself."""

from celery import shared_task

from contest_portal import health


@shared_task
def beat_heart():
    """The worker shows that it lives; /readyz looks at how long ago that was."""
    health.note_heartbeat()
