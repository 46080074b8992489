"""Originals that were asked for: the page on which the entrant answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from contests import clock
from contests.errors import RuleViolation
from submissions.forms.screening import OriginalAnswerForm
from submissions.models import Submission
from submissions.services import originals
from submissions.services.files import MEGABYTE
from submissions.uploads import Receiver


@csrf_exempt  # the receiver must be in place before the token is read from the body
@require_http_methods(["GET", "POST"])
@login_required
def original(request, pk):
    """What is asked for, and the answer: files, or words."""
    works = Submission.objects.filter(author=request.user).select_related(
        "rulebook_version", "contest"
    )
    submission = get_object_or_404(works, pk=pk)
    asked = submission.original_requests.last()
    if asked is None:
        raise Http404
    if request.method == "GET":
        return _show(request, asked, OriginalAnswerForm())
    limits = submission.rulebook_version.rulebook.defaults
    receiver = Receiver(request, max_file_mb=limits.max_file_mb)
    try:
        files = receiver.files()
    except RuleViolation as violation:
        if violation.code != "file_missing":
            return _refuse(request, asked, OriginalAnswerForm({}), violation)
        files = []
    return _answer(request, asked, files)


@csrf_protect
def _answer(request, asked, files):
    form = OriginalAnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, asked, form, status=422)
    at, words = clock.now(), form.cleaned_data["answer"]
    try:
        for file in files:
            originals.answer_with_file(
                original_request=asked, upload=file, by=request.user, at=at
            )
        if words or not files:
            originals.answer_in_words(
                original_request=asked, by=request.user, at=at, answer=words
            )
    except RuleViolation as violation:
        return _refuse(request, asked, form, violation)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({}, status=201)
    messages.success(request, _("Thank you! The reviewers have your answer."))
    return redirect("submissions:original", pk=asked.submission_id)


def _refuse(request, asked, form, violation):
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(
            {"code": violation.code, "detail": str(violation.message)}, status=409
        )
    asked.refresh_from_db()
    if not originals.is_open(asked, at=clock.now()):
        messages.error(request, violation.message)  # the form is gone with it
    field = "answer" if violation.code == "answer_missing" else None
    form.add_error(field, violation.message)
    return _show(request, asked, form, status=409)


def _show(request, asked, form, *, status=200):
    asked.refresh_from_db()
    book = asked.submission.rulebook_version.rulebook
    return render(
        request,
        "submissions/original.html",
        {
            "submission": asked.submission,
            "asked": asked,
            "files": asked.attachments.all(),
            "form": form,
            "may_answer": originals.is_open(asked, at=clock.now()),
            "max_bytes": book.defaults.max_file_mb * MEGABYTE,
        },
        status=status,
    )
