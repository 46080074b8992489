"""我的数据: a copy of everything, and leaving for good."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import own_data, phones
from accounts.forms import CodeForm, LeavingForm, as_form_error
from accounts.fresh_code import FreshCode
from accounts.models import DataExport
from accounts.personal_data import prospect
from accounts.requests import client_ip
from accounts.sign_in import minutes_valid
from accounts.views import FORGET_HERE
from contests import clock
from contests.delivery import respond_with_file
from contests.errors import RuleViolation

SHOWN = 5
KEPT_KEY = "leaving_keeps"


# --- A copy ------------------------------------------------------------------
@require_safe
@login_required
def data(request):
    """The archives asked for lately, and the ways to ask for one and to leave."""
    exports = list(request.user.exports.all()[:SHOWN])
    return render(
        request,
        "accounts/data.html",
        {
            "exports": exports,
            "is_under_way": any(
                each.state == DataExport.State.ASKED for each in exports
            ),
        },
    )


@require_POST
@login_required
def ask_for_export(request):
    try:
        own_data.ask_for_export(user=request.user, ip=client_ip(request))
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, _("We put your data together. You are told when they are ready.")
        )
    return redirect("accounts:own-data")


@require_safe
@login_required
def fetch_export(request, token):
    """The archive, to nobody but its owner, while it is kept."""
    export = get_object_or_404(
        request.user.exports.filter(
            state=DataExport.State.READY, expires_at__gt=timezone.now()
        ),
        token=token,
    )
    if "Range" not in request.headers:
        own_data.note_fetched(export=export, by=request.user, ip=client_ip(request))
    return respond_with_file(
        request,
        export.file,
        content_type="application/zip",
        filename=_("my-data-%(day)s.zip") % {"day": f"{export.asked_at:%Y-%m-%d}"},
        public=False,
        download=True,
        is_paper=True,
    )


# --- Leaving -----------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def leave(request):
    """What goes, what stays, and what the person wants of accepted works."""
    coming = prospect(request.user, at=clock.now())
    posted = request.POST if request.method == "POST" else None
    form = LeavingForm(posted, choices=coming.choices)
    if form.is_valid() and _begin(request, form):
        return redirect("accounts:leave-confirm")
    return render(
        request,
        "accounts/leave.html",
        {"form": form, "coming": coming, "refusal": _refusal(request.user)},
    )


def _refusal(user):
    try:
        own_data.refuse_to_erase(user)
    except RuleViolation as refusal:
        return refusal.message
    return ""


def _begin(request, form):
    kept = form.kept()
    try:
        own_data.refuse_to_erase(request.user)
        if request.user.phone:
            FreshCode.begin(request, about=kept)
    except RuleViolation as refusal:
        form.add_error(None, as_form_error(refusal))
        return False
    request.session[KEPT_KEY] = kept
    return True


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def confirm_leaving(request):
    """The last step, proved by a code from the phone, or by the password."""
    if KEPT_KEY not in request.session:
        return redirect("accounts:leave")
    if request.user.phone:
        return _confirm_by_code(request)
    return _confirm_by_password(request)


def _confirm_by_code(request):
    process = FreshCode.under_way(request)
    if process is None:
        return redirect("accounts:leave")
    form = CodeForm(request.POST or None, process=process)
    if request.method == "POST" and form.is_valid():
        return _erase(request, kept=process.about)
    return render(
        request,
        "accounts/leave_confirm.html",
        {
            "form": form,
            "phone": phones.spaced(process.phone),
            "minutes": minutes_valid(),
        },
    )


@reauthentication_required
def _confirm_by_password(request):
    if request.method == "POST":
        return _erase(request, kept=request.session[KEPT_KEY])
    return render(request, "accounts/leave_confirm.html", {})


def _erase(request, *, kept):
    try:
        own_data.erase_account(
            user=request.user, at=clock.now(), kept=kept, ip=client_ip(request)
        )
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
        return redirect("accounts:leave")
    logout(request)
    response = redirect("accounts:left")
    response["Clear-Site-Data"] = FORGET_HERE
    return response


@require_safe
def left(request):
    """Says good-bye to somebody who has no account any more."""
    if request.user.is_authenticated:
        raise Http404
    return render(request, "accounts/left.html")
