"""What holding a role asks of a session: a second factor, and not to lie open."""

import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import has_second_factor, needs_second_factor

SEEN_AT = "work_seen_at"
BEGAN_AT = "work_began_at"

# What stays open to somebody who has yet to set up the authenticator.
OPEN_BEFORE_ENROLMENT = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "set_language",
        "large-text",
        "healthz",
        "readyz",
    }
)


class WorkSessionMiddleware:
    """Ends work sessions left alone; sends those without a second factor to set it up.

    Citizens pass untouched.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not needs_second_factor(request.user):
            return None
        return _end_if_left_alone(request) or _enrol_first(request)


def _end_if_left_alone(request):
    session, now = request.session, time.time()
    began, seen = session.get(BEGAN_AT, now), session.get(SEEN_AT, now)
    if (
        now - seen > settings.WORK_SESSION_IDLE_SECONDS
        or now - began > settings.WORK_SESSION_SECONDS
    ):
        logout(request)
        messages.warning(
            request,
            _("You were signed out, as nothing happened for a while. Please sign in."),
        )
        return _to_staff_sign_in(request) if request.method == "GET" else None
    if BEGAN_AT not in session:
        session[BEGAN_AT] = now
    if SEEN_AT not in session or now - seen > settings.WORK_SESSION_IDLE_SECONDS / 30:
        session[SEEN_AT] = now  # once a minute spares a write on every click
    return None


def _to_staff_sign_in(request):
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('accounts:staff')}?{query}")


def _enrol_first(request):
    if request.user.is_anonymous or has_second_factor(request.user):
        return None
    if request.resolver_match.url_name in OPEN_BEFORE_ENROLMENT:
        return None
    if request.path_info.startswith("/api/"):
        detail = _("Please set up the authenticator app first.")
        return JsonResponse(
            {"code": "second_factor_missing", "detail": detail}, status=403
        )
    return redirect("mfa_activate_totp")
