"""Addresses of a draft: order and remove; the files step adds them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from contests import clock
from contests.errors import RuleViolation
from submissions import services, steps
from submissions.models import WorkLink


@require_POST
@login_required
def remove(request, pk):
    return _change(request, pk, services.remove_link)


@require_POST
@login_required
def move(request, pk):
    """Put a link at the place `to`, counted from 1."""
    to = request.POST.get("to", "")
    place = int(to) if to.isdecimal() and len(to) < 10 else 1
    return _change(request, pk, services.move_link, to=place)


def _change(request, pk, change, **details):
    own = WorkLink.objects.select_related("submission__rulebook_version").filter(
        submission__author=request.user
    )
    link = get_object_or_404(own, pk=pk)
    try:
        change(link=link, by=request.user, at=clock.now(), **details)
    except RuleViolation as violation:
        messages.error(request, violation.message)
    return redirect(steps.step_url(link.submission, "files") + "#links")
