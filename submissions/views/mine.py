"""A citizen's own works: the list, the receipt, and what can still be done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from contests import clock
from contests.arrivals import came_at
from contests.deadlines import collection_ends_at
from contests.errors import RuleViolation
from contests.models import Contest
from submissions import deadlines, services, steps
from submissions.coming import coming
from submissions.copies import cover_url
from submissions.file_cards import FileCard
from submissions.history import history, path_of
from submissions.models import Submission, WinnerForm
from submissions.permissions import (
    can_edit,
    can_reopen,
    can_see_original,
    can_withdraw,
    is_author,
)
from submissions.queries import (
    drafts_of,
    original_requests_of,
    uploads_of,
    winner_forms_of,
    with_parts,
    works_of,
)
from submissions.states import Decision, RequestState, State
from submissions.views.wizard import own_work


@require_safe
@login_required
def mine(request):
    """Uploads and drafts first, what waits for an answer, then everything handed in."""
    at = clock.now()
    works = list(works_of(request.user))
    return render(
        request,
        "submissions/mine.html",
        {
            "uploads": [
                (upload, steps.step_url(upload.submission, "files"))
                for upload in uploads_of(request.user)
            ],
            "drafts": [
                (draft, _cover(draft), steps.step_url(draft, _next_step(draft)))
                for draft in drafts_of(request.user).prefetch_related("waivers")
            ],
            "originals": original_requests_of(request.user, at=at),
            "winner_forms": winner_forms_of(request.user),
            "returned": [
                (work, _why_returned(work))
                for work in works
                if work.state == State.RETURNED
            ],
            "works": [(work, _cover(work), path_of(work, at=at)) for work in works],
            "activities": coming(at),
            "closes_at": _closes_at(),
        },
    )


def _next_step(draft):
    """A work that was taken back only needs handing in again."""
    return "check" if draft.number else "track"


def _closes_at():
    contest = Contest.objects.current()
    return contest and collection_ends_at(contest)


def _cover(work):
    files = list(work.media_files.all())
    return cover_url(files[0]) if files else ""


def _why_returned(work):
    """The reviewer's sentence, or that the files say it themselves."""
    if work.state != State.RETURNED:
        return ""
    returned = [each for each in work.screenings.all() if each.cycle == work.cycle]
    if returned and returned[-1].decision == Decision.RETURN:
        return returned[-1].reason
    return _("A file does not meet the rules. Please see what it says beside it.")


@require_safe
@login_required
def detail(request, pk):
    """The receipt and everything known of one work, for its author and for staff."""
    works = with_parts(Submission.objects.visible_to(request.user))
    submission = get_object_or_404(works, pk=pk)
    at = clock.now()
    cards = FileCard.all_of(submission)
    context = {
        "submission": submission,
        "book": submission.rulebook_version.rulebook,
        "cards": cards,
        "is_running": any(card.is_running for card in cards),
        "edit_url": steps.step_url(submission, "track"),
        "can_download": bool(cards)
        and can_see_original(request.user, cards[0].media_file),
    }
    context |= _known_of(submission, at=at) | _open_to(request.user, submission, at=at)
    return render(request, "submissions/detail.html", context)


def _known_of(submission, *, at):
    """What has become of the work so far, and what is asked of its author."""
    asked = submission.original_requests.filter(state=RequestState.OPEN)
    return {
        "history": history(submission),
        "path": path_of(submission, at=at),
        "why_returned": _why_returned(submission),
        "ticks": submission.declarations.all(),
        "has_receipt": submission.receipts.exists(),
        "asked_original": asked.first(),
        "winner_form": WinnerForm.objects.filter(submission=submission).first(),
    }


def _open_to(user, submission, *, at):
    """What the reader can still do with it."""
    closes_at = deadlines.closes_at(submission)
    is_open = at < closes_at
    return {
        "closes_at": closes_at,
        "is_open": is_open,
        "is_author": is_author(user, submission),
        "can_edit": can_edit(user, submission),
        "can_reopen": is_open and can_reopen(user, submission),
        "can_withdraw": can_withdraw(user, submission)
        and not services.is_settled(submission, at=at),
    }


@require_POST
@login_required
def submit(request, pk):
    submission = own_work(request, pk)
    try:
        services.submit(submission=submission, by=request.user, at=came_at(request))
    except RuleViolation as violation:
        messages.error(request, violation.message)
        if can_edit(request.user, submission):
            return redirect(steps.step_url(submission, "check"))
    else:
        messages.success(request, _("Your work has arrived. Thank you!"))
    return redirect("submissions:detail", pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request, pk):
    """GET asks, for browsers without dialogs; POST does it."""
    submission = own_work(request, pk)
    if request.method == "GET":
        return render(request, "submissions/withdraw.html", {"submission": submission})
    try:
        services.withdraw(
            submission=submission,
            by=request.user,
            at=clock.now(),
            reason=request.POST.get("reason", "")[:500],
        )
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return redirect("submissions:detail", pk=pk)
    messages.success(request, _("The work has been withdrawn."))
    return redirect("submissions:mine")


@require_POST
@login_required
def reopen(request, pk):
    submission = own_work(request, pk)
    try:
        services.reopen(submission=submission, by=request.user, at=clock.now())
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return redirect("submissions:detail", pk=pk)
    messages.info(
        request, _("You can change it now. Remember to hand it in again in time.")
    )
    return redirect(steps.step_url(submission, "check"))
