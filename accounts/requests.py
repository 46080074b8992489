"""Where a request comes from."""

import ipaddress

from django.conf import settings


def client_ip(request) -> str | None:
    """The address of the client; X-Forwarded-For counts only behind our own proxies."""
    hops = [
        hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    ]
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if trusted and len(hops) >= trusted and _is_address(hops[-trusted]):
        return hops[-trusted]
    direct = request.META.get("REMOTE_ADDR", "")
    return direct if _is_address(direct) else None


def _is_address(text):
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
