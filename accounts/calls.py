"""How often a page may be asked for that costs more than others, or is open to all."""

from functools import wraps
from math import ceil

from django.conf import settings
from django.shortcuts import render
from rest_framework.throttling import SimpleRateThrottle

from accounts.requests import client_ip


class _Calls(SimpleRateThrottle):
    """So many calls of a person; of those who are not signed in, from an address."""

    def __init__(self, scope: str):
        self.scope = scope
        self.rate = settings.PAGE_CALLS[scope]
        super().__init__()

    def get_cache_key(self, request, view):
        user = request.user
        caller = user.pk if user.is_authenticated else client_ip(request)
        return self.cache_format % {"scope": self.scope, "ident": caller}


def calls_limited(scope: str):
    """A decorator: beyond the rate of PAGE_CALLS a page asks for some patience."""

    def decorate(view):
        @wraps(view)
        def limited(request, *args, **kwargs):
            calls = _Calls(scope)
            if calls.allow_request(request, view):
                return view(request, *args, **kwargs)
            answer = render(request, "429.html", status=429)
            answer["Retry-After"] = str(ceil(calls.wait() or 1))
            answer["Cache-Control"] = "no-store"
            return answer

        return limited

    return decorate
