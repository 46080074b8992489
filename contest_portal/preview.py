"""The portal as it will be on another day, for organisers, to look at.

Only reading is moved: whatever is changed meanwhile carries the real moment, so a
preview can open no stage and forge no date.
"""

import datetime as dt

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.permissions import has_role
from contests import clock
from contests.models import Contest

SESSION_KEY = "previewed_day"
READING = {"GET", "HEAD"}


def may_preview(user) -> bool:
    contest = Contest.objects.current()
    return contest is not None and has_role(user, contest, Role.ORGANISER)


class PreviewMiddleware:
    """Sets the contest's clock to the day an organiser has chosen."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with clock.preview(self._day(request)):
            return self.get_response(request)

    def _day(self, request):
        if request.method not in READING:
            return None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        chosen = request.session.get(SESSION_KEY)
        if chosen is None or not may_preview(request.user):
            return None
        return dt.date.fromisoformat(chosen)


class PreviewForm(forms.Form):
    day = forms.DateField(required=False)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day is not None and not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Please choose a year from 2000 to 2100."))
        return day


@require_POST
@login_required
def choose_day(request):
    """Begin the preview of a day, or end it when none is given."""
    if not may_preview(request.user):
        raise Http404
    form = PreviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please write the day like 2031-05-20."))
    elif form.cleaned_data["day"] is None:
        request.session.pop(SESSION_KEY, None)
    else:
        request.session[SESSION_KEY] = form.cleaned_data["day"].isoformat()
    return redirect(_way_back(request))


def _way_back(request):
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return back
    return reverse("home")
