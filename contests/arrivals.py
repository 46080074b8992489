"""When a request came to our door, however long it then waited for us."""

import re
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from contests import clock

NOTED = re.compile(r"t=(\d{10}\.\d{3})")
LONGEST_WAIT_S = 300  # the proxy waits no longer for an answer


def came_at(request: HttpRequest) -> datetime:
    """The contest's moment that the proxy noted, so that nobody is late because many
    came at once. Without a proxy of ours, or a note that makes sense, it is now."""
    return clock.now() - timedelta(seconds=_waited_s(request))


def _waited_s(request):
    noted = NOTED.fullmatch(request.headers.get("X-Request-Start", ""))
    if noted is None or not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return 0
    waited = time.time() - float(noted[1])
    return waited if 0 <= waited <= LONGEST_WAIT_S else 0
