"""Exceptions: asking for one from a draft, and the organisers' answers."""

from math import ceil

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.masking import mask_name
from accounts.models import Role
from accounts.permissions import has_role
from contests import clock
from contests.deadlines import collection_ends_at
from contests.errors import RuleViolation
from contests.models import Contest
from contests.moments import last_day_before
from submissions import steps
from submissions.allowances import granted_words, waivable_limit_of
from submissions.forms.waivers import ASKING, MINUTE, AnswerForm, LongerFilmForm
from submissions.models import Waiver
from submissions.permissions import can_edit
from submissions.queries import waivers_of, waivers_seen_by
from submissions.services import waivers as services
from submissions.states import WaiverState
from submissions.views.wizard import own_work

READERS = (Role.ORGANISER, Role.SUPERVISOR)
ON_A_PAGE = 50


# --- The entrant -------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def ask(request, pk, kind):
    """先和组委会说一声: before the work is handed in."""
    submission = own_work(request, pk)
    if kind not in ASKING or not can_edit(request.user, submission):
        raise Http404
    form = _asking_form(submission, kind, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_for_waiver(
                submission=submission,
                kind=Waiver.Kind(kind),
                by=request.user,
                at=clock.now(),
                **form.cleaned_data,
            )
        except RuleViolation as violation:
            form.add_error(None, violation.message)
        else:
            messages.success(request, _("The committee has your request."))
            return redirect(steps.step_url(submission, "check"))
    return render(
        request,
        "submissions/waiver_ask.html",
        {
            "submission": submission,
            "form": form,
            "kind": kind,
            "limit": waivable_limit_of(submission, kind),
            "closes_at": collection_ends_at(submission.contest),
            "back_url": steps.step_url(submission, "files"),
        },
        status=422 if form.errors else 200,
    )


def _asking_form(submission, kind, data):
    if ASKING[kind] is not LongerFilmForm:
        return ASKING[kind](data)
    book = submission.rulebook_version.rulebook
    return LongerFilmForm(
        data,
        genres=book.genres,
        initial={
            "duration_s": _minutes_of(submission) or None,
            "genre": submission.genre,
        },
    )


def _minutes_of(submission):
    """Of the longest file, rounded up."""
    lengths = submission.media_files.values_list(
        "inspection__facts__duration_s", flat=True
    )
    return ceil(max(filter(None, lengths), default=0) / MINUTE)


@login_required
@require_http_methods(["GET", "POST"])
def take_back(request, pk):
    """The entrant's own request, or an organiser's word. GET asks; POST does it."""
    waiver = get_object_or_404(waivers_seen_by(request.user), pk=pk)
    is_own = waiver.submission.author_id == request.user.pk
    back_url = (
        steps.step_url(waiver.submission, "check")
        if is_own
        else reverse("submissions:waiver", args=[pk])
    )
    if request.method == "GET":
        return render(
            request,
            "submissions/waiver_take_back.html",
            {"waiver": waiver, "back_url": back_url},
        )
    try:
        services.take_back_waiver(waiver=waiver, by=request.user, at=clock.now())
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, _("The request is taken back."))
    return redirect(back_url)


# --- The organisers ----------------------------------------------------------
def _contest_read_by(user) -> Contest:
    contest = Contest.objects.current()
    if contest is None or not has_role(user, contest, *READERS):
        raise Http404
    return contest


@require_safe
@login_required
def waivers(request):
    """申请: those that wait first, the longest waiting on top."""
    contest = _contest_read_by(request.user)
    page = Paginator(waivers_of(contest), ON_A_PAGE).get_page(request.GET.get("page"))
    at = clock.now()
    return render(
        request,
        "submissions/waivers.html",
        {
            "page": page,
            "waivers": [
                (waiver, (at - waiver.asked_at).days) for waiver in page.object_list
            ],
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def waiver(request, pk):
    """One request with what is needed to answer it."""
    contest = _contest_read_by(request.user)
    found = get_object_or_404(waivers_of(contest), pk=pk)
    form = AnswerForm(request.POST or None, kind=found.kind, initial=_initial(found))
    if request.method == "POST":
        if not has_role(request.user, contest, Role.ORGANISER):
            raise Http404
        if form.is_valid() and _answered(request, found, form):
            return redirect("submissions:waivers")
    return render(
        request,
        "submissions/waiver.html",
        {
            "waiver": found,
            "submission": found.submission,
            "entrant": mask_name(found.submission.entrant_name),
            "limit": waivable_limit_of(found.submission, found.kind),
            "granted_words": (
                granted_words(found) if found.state == WaiverState.GRANTED else ""
            ),
            "form": form if _is_open(found, request.user, contest) else None,
            "can_take_back": found.state == WaiverState.GRANTED
            and found.submission.is_editable,
        },
        status=422 if form.errors else 200,
    )


def _is_open(found, user, contest):
    return (
        has_role(user, contest, Role.ORGANISER)
        and found.state in services.STANDING
        and found.submission.state in services.OPEN_STATES
    )


def _initial(found):
    seconds = found.granted_duration_s or found.asked_duration_s
    return {
        "duration_s": seconds and ceil(seconds / MINUTE),
        "until": found.granted_until and last_day_before(found.granted_until),
        "answer": found.answer,
    }


def _answered(request, found, form):
    answer = form.cleaned_data["answer"]
    told = {"waiver": found, "by": request.user, "at": clock.now(), "answer": answer}
    try:
        if form.cleaned_data["decision"] == AnswerForm.GRANT:
            services.grant_waiver(**told, **form.extent())
        else:
            services.refuse_waiver(**told)
    except RuleViolation as violation:
        form.add_error(None, violation.message)
        return False
    messages.success(request, _("The entrant has been told."))
    return True
