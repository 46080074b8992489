"""How often somebody may call the API."""

from rest_framework.throttling import SimpleRateThrottle

from accounts.requests import client_ip


class CallsOfAPerson(SimpleRateThrottle):
    """So many calls of one person, whatever program they come from."""

    scope = "person"

    def get_cache_key(self, request, view):
        if not request.user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": request.user.pk}


class CallsFromAnAddress(SimpleRateThrottle):
    """So many calls from one address of those who are not known."""

    scope = "address"

    def get_cache_key(self, request, view):
        if request.user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": client_ip(request)}
