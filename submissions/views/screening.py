"""The reviewers' desk: the queue, and one work with everything to decide on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role
from accounts.permissions import has_role
from contests import clock
from contests.errors import RuleViolation
from contests.models import Contest
from submissions.file_cards import FileCard
from submissions.filters import chip_row, chip_rows
from submissions.forms import ScreeningForm
from submissions.history import history
from submissions.models import Submission
from submissions.permissions import can_screen
from submissions.queries import (
    filtered,
    next_to_screen,
    screening_queue,
    with_parts,
)
from submissions.rule_items import explained
from submissions.services import screening
from submissions.states import ScreeningLevel, State
from submissions.tiles import cover_url, media_url

READERS = (Role.REVIEWER, Role.ORGANISER, Role.SUPERVISOR)
ON_A_PAGE = 50


def _contest_read_by(user) -> Contest:
    contest = Contest.objects.current()
    if contest is None or not has_role(user, contest, *READERS):
        raise Http404
    return contest


@require_safe
@login_required
def queue(request):
    """Works in screening, the longest waiting first; filters in the address."""
    contest = _contest_read_by(request.user)
    works = filtered(screening_queue(contest, request.user), request.GET)
    if request.GET.get("level"):
        works = works.filter(level=request.GET["level"])
    page = Paginator(works, ON_A_PAGE).get_page(request.GET.get("page"))
    at = clock.now()
    return render(
        request,
        "submissions/screening_queue.html",
        {
            "page": page,
            "works": [
                (work, _cover(work), (at - work.submitted_at).days)
                for work in page.object_list
            ],
            "chips": [
                chip_row(_("Level"), "level", ScreeningLevel.choices, request.GET),
                *chip_rows(contest.rulebook, request.GET),
            ],
            "query": _query(request),
            "is_reviewer": has_role(request.user, contest, Role.REVIEWER),
        },
    )


def _cover(work):
    files = list(work.media_files.all())
    return cover_url(files[0]) if files else ""


def _query(request):
    """The filters, to carry along from one work to the next."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}" if query else ""


@login_required
@require_http_methods(["GET", "POST"])
def screen(request, pk):
    """One work: read it, decide, and on to the next in the queue."""
    contest = _contest_read_by(request.user)
    works = with_parts(
        Submission.objects.filter(contest=contest).exclude(state=State.DRAFT)
    )
    submission = get_object_or_404(works, pk=pk)
    book = submission.rulebook_version.rulebook
    if request.method == "GET":
        return _show(request, submission, ScreeningForm(book=book))
    if not has_role(request.user, contest, Role.REVIEWER):
        raise Http404
    form = ScreeningForm(request.POST, book=book)
    if not form.is_valid():
        return _show(request, submission, form, status=422)
    return _decide(request, contest, submission, form)


def _decide(request, contest, submission, form):
    try:
        made = screening.decide(
            submission=submission,
            by=request.user,
            at=clock.now(),
            **form.cleaned_data,
        )
    except RuleViolation as violation:
        form.add_error(None, violation.message)
        return _show(request, submission, form, status=409)
    messages.success(
        request,
        _("%(level)s of %(number)s: %(decision)s.")
        % {
            "level": made.get_level_display(),
            "number": submission.number,
            "decision": made.get_decision_display(),
        },
    )
    following = next_to_screen(contest, request.user, request.GET, after=submission.pk)
    if following is None:
        return redirect(reverse("submissions:screening-queue") + _query(request))
    return redirect(
        reverse("submissions:screening", args=[following.pk]) + _query(request)
    )


def _show(request, submission, form, *, status=200):
    cards = FileCard.all_of(submission)
    decisions = list(submission.screenings.select_related("reviewer"))
    in_cycle = [each for each in decisions if each.cycle == submission.cycle]
    return render(
        request,
        "submissions/screening.html",
        {
            "submission": submission,
            "book": submission.rulebook_version.rulebook,
            "form": form,
            "files": [_file(card) for card in cards],
            "ticks": submission.declarations.all(),
            "decisions": decisions,
            "history": history(submission),
            "level": ScreeningLevel(screening.next_level(submission)),
            "can_decide": can_screen(request.user, submission),
            "did_first": any(each.reviewer == request.user for each in in_cycle),
            "query": _query(request),
        },
        status=status,
    )


def _file(card):
    """A file as reviewers see it: shown in place, with every finding explained."""
    file = card.media_file
    return {
        "card": card,
        "view": media_url(file, "view"),
        "poster": media_url(file, "poster") if card.thumb else "",
        "original": media_url(file, "original"),
        "findings": [explained(each) for each in file.inspection.findings.all()],
        "items": card.findings,
    }
