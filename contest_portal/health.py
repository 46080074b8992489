"""Is the process up, is everything behind it up, and what does it count?"""

import ipaddress
import uuid
from functools import partial

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import Http404, JsonResponse
from django.views.decorators.cache import never_cache
from django_prometheus.exports import ExportToDjangoView
from kombu import Connection

from contest_portal import metrics as metrics_of_work
from contest_portal import signs_of_life

logger = structlog.get_logger(__name__)


class Unhealthy(Exception):
    """A part answers, but not as it should."""


@never_cache
def healthz(request):
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request):
    """200 when every part works, else 503; each part is named with its state."""
    parts = {name: _state(name, check) for name, check in CHECKS.items()}
    ready = all(state == "ok" for state in parts.values())
    body = {"status": "ready" if ready else "not ready", "parts": parts}
    return JsonResponse(body, status=200 if ready else 503)


@never_cache
def metrics(request):
    """For the collector of figures inside the network; others see no such page."""
    if not may_read_metrics(request):
        raise Http404
    answer = ExportToDjangoView(request)
    answer.content += metrics_of_work.of_the_queues()
    return answer


def may_read_metrics(request):
    """A request through a proxy comes from outside, whatever its address says."""
    if "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_ALLOWED_NETS)


def check_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_broker():
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=3) as broker:
        broker.ensure_connection(max_retries=1, timeout=3)


def check_storage():
    """Something can be written and taken away again."""
    name = default_storage.save(f"health/{uuid.uuid4().hex}", ContentFile(b"ok"))
    default_storage.delete(name)


def check_life(name):
    """Somebody serves that queue, or sends the periodic tasks."""
    if signs_of_life.silent([name]):
        raise Unhealthy(f"No sign of life lately: {name}.")


CHECKS = {
    "database": check_database,
    "broker": check_broker,
    "storage": check_storage,
    "scheduler": partial(check_life, signs_of_life.SCHEDULER),
} | {f"{queue}_worker": partial(check_life, queue) for queue in signs_of_life.QUEUES}


def _state(name, check):
    """Any failure of a part is the answer, not an error of this page."""
    try:
        check()
    except Exception as error:
        logger.warning("part_not_ready", part=name, error=str(error))
        return "failed"
    return "ok"
