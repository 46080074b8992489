"""Celery entry points: ids in, one call. Each may run twice."""

import structlog
from celery import shared_task
from django.core.files.base import ContentFile

from outreach.models import Recommendation
from outreach.previews import Unreadable, first_page
from submissions.media.tools.processes import ToolFailed

log = structlog.get_logger(__name__)


# A file that brings the worker down must not come back to bring it down again; what is
# no file's fault is tried again.
@shared_task(
    acks_late=False,
    autoretry_for=(ToolFailed,),
    retry_backoff=30,
    soft_time_limit=60,
    time_limit=90,
)
def make_scan_preview(*, recommendation_id):
    """Keep a picture of the stamped copy's first page; without one, the copy itself
    can still be opened."""
    table = Recommendation.objects.filter(pk=recommendation_id).first()
    if table is None or not table.scan:
        log.info("stamped copy is gone", recommendation_id=recommendation_id)
        return
    try:
        with table.scan.open("rb") as scan:
            picture = first_page(scan, content_type=table.scan_content_type)
    except Unreadable as error:
        log.warning("no preview", recommendation_id=table.pk, reason=str(error))
        return
    token = table.scan_token
    table.scan_preview.save("preview.jpg", ContentFile(picture), save=False)
    is_current = Recommendation.objects.filter(pk=table.pk, scan_token=token)
    if not is_current.update(scan_preview=table.scan_preview.name):
        table.scan_preview.delete(save=False)
