"""Files of a draft: add, replace, order, remove, and how far their checks are."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from contests import clock
from contests.errors import RuleViolation
from submissions import services, steps
from submissions.file_cards import FileCard, stand_of
from submissions.forms import CaptionsForm
from submissions.models import MediaFile, Submission
from submissions.rule_items import rule_items
from submissions.uploads import Receiver, quotas
from submissions.views.wizard import own_work


@csrf_exempt  # the receiver must be in place before the token is read from the body
@require_POST
@login_required
def add_file(request, pk):
    """Store what arrives; the file it replaces, if it names one, goes."""
    submission = own_work(request, pk)
    book = submission.rulebook_version.rulebook
    receiver = Receiver(request, max_file_mb=book.defaults.max_file_mb)
    began_at = clock.now()
    try:
        files = receiver.files()
    except RuleViolation as violation:
        return _answer(request, submission, [violation])
    return _store(request, submission, files, began_at=began_at)


@csrf_protect
def _store(request, submission, files, *, began_at):
    replaced = submission.media_files.filter(pk=_number(request.POST, "replace"))
    refusals = []
    for file in files:
        try:
            _add(
                submission,
                file,
                replaced.first(),
                by=request.user,
                began_at=began_at,
            )
        except RuleViolation as violation:
            refusals.append(violation)
    return _answer(request, submission, refusals)


@transaction.atomic
def _add(submission, file, replaced, *, by, began_at):
    quotas.check_sent_whole(by, size_bytes=file.size)
    sent = {"upload": file, "by": by, "at": clock.now(), "began_at": began_at}
    if replaced is None:
        services.add_file(submission=submission, **sent)
    else:
        services.replace_file(media_file=replaced, **sent)


def _answer(request, submission, refusals):
    """JSON for the script that uploads, else back to the page with the sentences."""
    if "application/json" in request.headers.get("Accept", ""):
        if refusals:
            first = refusals[0]
            return JsonResponse(
                {"code": first.code, "detail": str(first.message)}, status=409
            )
        return JsonResponse({}, status=201)
    for refusal in refusals:
        messages.error(request, refusal.message)
    return _to_files(submission)


def _to_files(submission):
    return redirect(steps.step_url(submission, "files") + "#files")


def _number(data, name):
    value = data.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _own_file(request, pk):
    return get_object_or_404(
        MediaFile.objects.select_related("submission__rulebook_version").filter(
            submission__author=request.user
        ),
        pk=pk,
    )


@require_POST
@login_required
def remove(request, pk):
    return _change(request, _own_file(request, pk), services.remove_file)


@require_POST
@login_required
def move(request, pk):
    """Put a file at the place `to`, counted from 1."""
    media_file = _own_file(request, pk)
    to = _number(request.POST, "to") or media_file.position
    return _change(request, media_file, services.move_file, to=to)


def _change(request, media_file, change, **details):
    """Keep the captions typed so far, then make the change."""
    submission, at = media_file.submission, clock.now()
    try:
        form = CaptionsForm(request.POST, submission=submission)
        if form.is_valid():
            for file, caption in form.captions():
                services.caption_file(
                    media_file=file, by=request.user, at=at, caption=caption
                )
        change(media_file=media_file, by=request.user, at=at, **details)
    except RuleViolation as violation:
        messages.error(request, violation.message)
    return _to_files(submission)


@require_safe
@login_required
def inspections(request, pk):
    """How far the checks are; the files step asks every second while one runs."""
    submission = own_work(request, pk)
    cards = FileCard.all_of(submission)
    return render(
        request,
        "submissions/_inspections.html",
        {
            "submission": submission,
            "cards": cards,
            **stand_of(cards),
            "rules": rule_items(submission, at=clock.now()),
            "is_swap": True,
        },
    )


@require_safe
@login_required
def checks(request, pk):
    """The same on a work's page, for whoever sees it; read anew once all is done."""
    works = Submission.objects.visible_to(request.user)
    submission = get_object_or_404(works, pk=pk)
    cards = FileCard.all_of(submission)
    is_running = any(card.is_running for card in cards)
    response = render(
        request,
        "submissions/_checks.html",
        {
            "submission": submission,
            "cards": cards,
            "is_running": is_running,
            "is_swap": True,
        },
    )
    if not is_running:
        response["HX-Refresh"] = "true"
    return response
