"""Pages of the desk that belong to no single app."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from contest_portal.api import errors
from contest_portal.desk.context import LARGE_TEXT_COOKIE

A_YEAR = 365 * 24 * 3600


@require_POST
def large_text(request):
    """Turns 大字版 on or off for a year and goes back to the page it came from."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("home")
    response = redirect(back)
    if request.POST.get("on") == "1":
        response.set_cookie(
            LARGE_TEXT_COOKIE,
            "1",
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.IN_PRODUCTION,
        )
    else:
        response.delete_cookie(LARGE_TEXT_COOKIE, samesite="Lax")
    return response


def not_found(request, exception):
    if errors.is_for_programs(request):
        return errors.answer("not_found", status=404)
    return render(request, "404.html", status=404)


def forbidden(request, exception=None):
    if errors.is_for_programs(request):
        return errors.answer("permission_denied", status=403)
    return render(request, "403.html", status=403)


def bad_request(request, exception):
    if errors.is_for_programs(request):
        return errors.answer("bad_request", status=400)
    return render(request, "400.html", status=400)


def failed(request):
    """500: touches neither the database nor the session."""
    if errors.is_for_programs(request):
        return errors.answer("server_error", status=500)
    return render(None, "500.html", status=500)
