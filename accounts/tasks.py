"""Celery entry points: ids in, one call. Each may run twice."""

import structlog
from celery import shared_task

from accounts import archive, leaving
from accounts.models import DataExport, Erasure

log = structlog.get_logger(__name__)


@shared_task(soft_time_limit=7000, time_limit=7100)
def build_export(*, export_id):
    """Put everything about one person into one file."""
    export = DataExport.objects.filter(pk=export_id).first()
    if export is None:
        log.info("export is gone", export_id=export_id)
        return
    archive.build(export)


@shared_task(soft_time_limit=600, time_limit=660)
def finish_erasure(*, erasure_id):
    """Delete the files of somebody who left, and end their sessions."""
    erasure = Erasure.objects.filter(pk=erasure_id).first()
    if erasure is None:
        log.info("erasure is gone", erasure_id=erasure_id)
        return
    leaving.finish(erasure)


@shared_task(soft_time_limit=300, time_limit=330)
def sweep_own_data():
    """Take up exports and erasures that lost their worker; delete old archives."""
    archive.remove_expired()
    for export_id in archive.waiting():
        build_export.delay(export_id=export_id)
    for erasure_id in leaving.unfinished():
        finish_erasure.delay(erasure_id=erasure_id)
