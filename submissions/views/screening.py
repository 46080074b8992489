"""The reviewers' desk: the queue, and one work with everything to decide on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import Role
from accounts.permissions import has_role
from contests import clock
from contests.deadlines import correction_due
from contests.errors import RuleViolation
from contests.models import Contest
from contests.workdays import WorkCalendar
from submissions.desk_filters import desk_filters
from submissions.forms.screening import (
    OWN_WORDS,
    LikenessForm,
    OriginalForm,
    ScreeningForm,
)
from submissions.models import OriginalRequest, Submission
from submissions.overviews.dossier import Dossier
from submissions.overviews.queue import ON_A_PAGE, Desk
from submissions.permissions import can_decide, can_screen
from submissions.queries import with_parts
from submissions.services import claims, originals, screening
from submissions.states import Decision, ScreeningLevel, State

QUEUE_KEYS = (
    (("J", "K"), gettext_lazy("next and previous work")),
    (("X",), gettext_lazy("choose it")),
    (("Enter",), gettext_lazy("open it")),
    (("?",), gettext_lazy("this list")),
)
WORK_KEYS = (
    (("1", "2", "3"), gettext_lazy("pass, return, do not admit")),
    (("A",), gettext_lazy("tick all points")),
    (("R",), gettext_lazy("write the reason")),
    (("Enter",), gettext_lazy("decide, and on to the next")),
    (("←", "→"), gettext_lazy("previous and next file")),
    (("Z",), gettext_lazy("full size")),
    ((gettext_lazy("Space"),), gettext_lazy("play and pause")),
    (("J", "L"), gettext_lazy("back and forward by 5 seconds")),
    (("<", ">"), gettext_lazy("slower and faster")),
    (("O",), gettext_lazy("ask for the original")),
    (("Q",), gettext_lazy("to the queue")),
    (("?",), gettext_lazy("this list")),
)
READERS = (Role.REVIEWER, Role.ORGANISER, Role.SUPERVISOR)


def contest_read_by(user, *roles) -> Contest:
    """The contest in which the user holds one of the roles; else nothing is here."""
    contest = Contest.objects.current()
    if contest is None or not has_role(user, contest, *roles):
        raise Http404
    return contest


def desk_of(request, contest) -> Desk:
    return Desk(contest, request.user, clock.now(), timezone.now(), WorkCalendar())


@require_safe
@login_required
def queue(request):
    """Works in screening, the longest waiting first; filters in the address."""
    contest = contest_read_by(request.user, *READERS)
    desk = desk_of(request, contest)
    page = Paginator(desk.queue(request.GET), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "submissions/screening_queue.html",
        {
            "page": page,
            "lines": desk.lines(page.object_list),
            "filters": desk_filters(contest, request.GET),
            "promised_days": desk.promised_days,
            "query": carried_on(request),
            "decisions": Decision.choices,
            "keys": QUEUE_KEYS,
            "is_reviewer": has_role(request.user, contest, Role.REVIEWER),
            "sees_figures": has_role(
                request.user, contest, Role.ORGANISER, Role.SUPERVISOR
            ),
        },
    )


def carried_on(request) -> str:
    """The filters, to carry along from one work to the next."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}" if query else ""


def work_on_the_desk(request, pk, *roles) -> Submission:
    contest = contest_read_by(request.user, *roles)
    works = with_parts(
        Submission.objects.filter(contest=contest).exclude(state=State.DRAFT)
    ).select_related("author", "recommended_by", "organisation")
    return get_object_or_404(works, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def screen(request, pk):
    """One work: read it, decide, and on to the next in the queue.

    Opening it claims it, so that colleagues see that somebody has it in hand.
    """
    if request.method == "GET":
        submission = work_on_the_desk(request, pk, *READERS)
        return _show(request, submission, _form(submission))
    submission = work_on_the_desk(request, pk, Role.REVIEWER)
    form = _form(submission, request.POST)
    if not form.is_valid():
        return _show(request, submission, form, status=422)
    return _decide(request, submission, form)


def _form(submission, data=None):
    return ScreeningForm(
        data,
        book=submission.rulebook_version.rulebook,
        checks=screening.checks_for(submission),
        category=submission.category.key,
    )


def _decide(request, submission, form):
    try:
        made = screening.decide(
            submission=submission,
            by=request.user,
            at=clock.now(),
            **form.cleaned_data,
        )
    except RuleViolation as violation:
        form.add_error(None, violation.message)
        submission.refresh_from_db()
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
    return _to_next(request, submission)


def _to_next(request, submission):
    desk = desk_of(request, submission.contest)
    following = desk.next_after(request.GET, after=submission.pk)
    if following is None:
        return redirect(reverse("submissions:screening-queue") + carried_on(request))
    return redirect(
        reverse("submissions:screening", args=[following.pk]) + carried_on(request)
    )


def _show(request, submission, form, *, status=200):
    at = clock.now()
    made, held = _claim(request.user, submission)
    dossier = Dossier(submission, at=at)
    return render(
        request,
        "submissions/screening.html",
        {
            "submission": submission,
            "dossier": dossier,
            "form": form,
            "own_words": OWN_WORDS,
            "original_form": OriginalForm(auto_id="original_%s"),
            "likeness_form": LikenessForm(auto_id=False),
            "turn": screening.turn_of(submission),
            "level": ScreeningLevel(screening.next_level(submission)),
            "claim": made,
            "held": held,
            "held_words": claims.held_words(held) if held else "",
            "may_take_over": held and claims.is_idle(held, at=timezone.now()),
            "can_decide": made is not None,
            "can_screen": can_screen(request.user, submission),
            "did_first": submission.state == State.SCREENING
            and dossier.did_first(request.user),
            "correct_by": correction_due(dossier.book, at=at),
            "original_due": originals.due_when_asked(submission, at=at),
            "query": carried_on(request),
            "keys": WORK_KEYS,
        },
        status=status,
    )


def _claim(user, submission):
    """(the reader's own claim, somebody else's); neither for who only reads."""
    if not can_decide(user, submission):
        return None, None
    now = timezone.now()
    try:
        return claims.claim(submission=submission, by=user, at=now), None
    except claims.ClaimHeld:
        return None, claims.standing_claim(submission, at=now)


@require_POST
@login_required
def claim(request, pk):
    """The open page's sign of life, once a minute while somebody can see it."""
    submission = work_on_the_desk(request, pk, Role.REVIEWER)
    try:
        kept = claims.renew(submission=submission, by=request.user, at=timezone.now())
    except RuleViolation as violation:
        return JsonResponse(
            {"code": violation.code, "detail": str(violation.message)}, status=409
        )
    return JsonResponse({"claimed_at": kept.claimed_at.isoformat()})


@require_POST
@login_required
def release(request, pk):
    """The page has been left; `claimed_at` says which opening of it."""
    submission = work_on_the_desk(request, pk, Role.REVIEWER)
    claimed_at = parse_datetime(request.POST.get("claimed_at", ""))
    if claimed_at is not None and timezone.is_aware(claimed_at):
        claims.release(submission=submission, by=request.user, claimed_at=claimed_at)
    return HttpResponse(status=204)


@require_POST
@login_required
def take_over(request, pk):
    """Take the work from a page that has gone idle."""
    submission = work_on_the_desk(request, pk, Role.REVIEWER)
    try:
        claims.claim(
            submission=submission, by=request.user, at=timezone.now(), take_over=True
        )
    except RuleViolation as violation:
        messages.error(request, violation.message)
    return back_to(request, submission)


def back_to(request, submission):
    return redirect(
        reverse("submissions:screening", args=[submission.pk]) + carried_on(request)
    )


@require_POST
@login_required
def ask_for_original(request, pk):
    submission = work_on_the_desk(request, pk, Role.REVIEWER)
    form = OriginalForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        originals.ask(
            submission=submission, by=request.user, at=clock.now(), reason=reason
        )
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, _("The entrant has been asked for the original."))
    return back_to(request, submission)


@require_POST
@login_required
def close_original(request, pk):
    contest = contest_read_by(request.user, Role.REVIEWER)
    asked = get_object_or_404(OriginalRequest, pk=pk, submission__contest=contest)
    try:
        originals.close(original_request=asked, by=request.user, at=clock.now())
    except RuleViolation as violation:
        messages.error(request, violation.message)
    return back_to(request, asked.submission)
