"""Going on with a draft on a computer that the phone signs in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import hand_off
from accounts.requests import client_ip
from contests.errors import RuleViolation
from documents.qr import qr_data_uri
from submissions import steps
from submissions.forms.hand_off import CodeForm, DraftForm
from submissions.queries import editable_works_of


# --- The computer ----------------------------------------------------------------
@never_cache
@require_safe
def computer(request):
    """Digits and QR code for the phone; a script asks how far the phone is."""
    try:
        code = hand_off.ask(request)
    except RuleViolation as violation:
        return render(
            request,
            "submissions/hand_off_computer.html",
            {"refusal": violation.message},
            status=429,
        )
    address = request.build_absolute_uri(_confirm_url(code))
    return render(
        request,
        "submissions/hand_off_computer.html",
        {
            "code": f"{code[:4]} {code[4:]}",
            "qr": qr_data_uri(address),
            "minutes": hand_off.LIVES_SECONDS // 60,
        },
    )


def _confirm_url(code):
    return reverse("submissions:hand-off-confirm", args=[code])


@never_cache
@require_safe
def state(request):
    return JsonResponse({"state": hand_off.state(request)})


@require_POST
def enter(request):
    """The phone has confirmed: this browser is signed in, at the draft."""
    try:
        entry = hand_off.enter(request)
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return redirect("submissions:hand-off")
    draft = editable_works_of(entry.user).filter(pk=entry.draft_id).first()
    messages.success(
        request, _("You are signed in here for 12 hours. Your draft is open.")
    )
    return redirect(steps.step_url(draft, "files") if draft else "submissions:mine")


# --- The phone -------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def phone(request):
    """The digits typed in, where there is nothing to scan."""
    form = CodeForm(request.POST or None)
    draft = request.GET.get("draft", "")
    if request.method == "POST" and form.is_valid():
        return redirect(f"{_confirm_url(form.cleaned_data['code'])}?draft={draft}")
    return render(
        request,
        "submissions/hand_off_phone.html",
        {
            "form": form,
            "computer_url": request.build_absolute_uri(reverse("submissions:hand-off")),
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def confirm(request, code):
    """Who asks, and for which draft; nothing happens before the button is pressed."""
    drafts = editable_works_of(request.user)
    form = DraftForm(request.POST or None, drafts=drafts, initial=_chosen(request))
    try:
        if request.method == "POST" and form.is_valid():
            draft = form.cleaned_data["draft"]
            hand_off.allow(request, code=code, draft_id=draft.pk)
            return render(request, "submissions/hand_off_done.html", {"draft": draft})
        asker = hand_off.asker_of(request, code)
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return redirect("submissions:hand-off-phone")
    return render(
        request,
        "submissions/hand_off_confirm.html",
        {
            "form": form,
            "asker": asker,
            "is_near": asker.ip == client_ip(request),
            "has_drafts": drafts.exists(),
        },
    )


def _chosen(request):
    """The draft the phone came from, else the one worked on last."""
    asked = request.GET.get("draft", "")
    works = editable_works_of(request.user)
    if asked.isdecimal() and len(asked) < 10:
        works = works.filter(pk=asked)
    return {"draft": works.first()}
