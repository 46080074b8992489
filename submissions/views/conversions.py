"""The conversion of a film, for its owner: how far it is, stopping it, once more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from contests import clock
from contests.errors import RuleViolation
from submissions import services, steps
from submissions.conversion_lines import line_of
from submissions.models import MediaFile


def _own_film(request, pk):
    return get_object_or_404(
        MediaFile.objects.select_related("submission", "conversion")
        .filter(
            submission__author=request.user,
            conversion__isnull=False,
        )
        .exclude(conversion__reasons=[]),
        pk=pk,
    )


@require_safe
@login_required
def state(request, pk):
    """One line; the page asks for it every two seconds while it changes."""
    return _show(request, _own_film(request, pk))


@require_POST
@login_required
def stop(request, pk):
    return _change(request, pk, services.stop_conversion)


@require_POST
@login_required
def again(request, pk):
    return _change(request, pk, services.convert_again)


def _change(request, pk, change):
    """htmx takes the line with the refusal in it, everybody else goes back."""
    media_file, refusal = _own_film(request, pk), ""
    try:
        change(media_file=media_file, by=request.user, at=clock.now())
    except RuleViolation as violation:
        refusal = violation.message
    if request.htmx:
        return _show(request, _own_film(request, pk), refusal=refusal)
    if refusal:
        messages.error(request, refusal)
    submission = media_file.submission
    if submission.is_editable:
        return redirect(steps.step_url(submission, "files") + "#files")
    return redirect("submissions:detail", pk=submission.pk)


def _show(request, media_file, *, refusal=""):
    line = line_of(media_file)
    if line is None:
        raise Http404
    context = {"line": line, "refusal": refusal, "in_form": "form" in request.GET}
    return render(request, "submissions/_conversion.html", context)
