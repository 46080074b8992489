"""授权待签: the winner's page, its paper, and the organisers' list of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import Role
from accounts.permissions import has_role
from contests import clock
from contests.errors import RuleViolation
from contests.models import Contest
from contests.typesetting import typeset
from submissions.forms.winner_forms import SentFormForm, SignedPagesForm
from submissions.models import Submission, WinnerForm
from submissions.services import winner_forms
from submissions.states import State, WinnerFormState

ON_A_PAGE = 50


# --- The winner's ------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@login_required
def winner_form(request, pk):
    """What is asked for and why, the paper to print, and the pages sent so far."""
    found = _form_of(Submission.objects.owned_by(request.user), pk)
    if request.method == "GET":
        return _show(request, found)
    try:
        winner_forms.send(
            form=found,
            files=request.FILES.getlist("pages"),
            by=request.user,
            at=clock.now(),
        )
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return _show(request, found, status=409)
    messages.success(request, _("Thank you! The organisers have your signed form."))
    return redirect("submissions:winner-form", pk=pk)


def _show(request, found, *, status=200):
    found.refresh_from_db()
    return render(
        request,
        "submissions/winner_form.html",
        {
            "submission": found.submission,
            "asked": found,
            "pages": winner_forms.pages_of(found),
            "form": SignedPagesForm(),
            "may_send": found.state != WinnerFormState.SIGNED
            and found.submission.state == State.ACCEPTED,
            "rule": winner_forms.rule_of(found.submission.contest),
        },
        status=status,
    )


@require_safe
@login_required
def paper(request, pk):
    """The form with the work's particulars, to be printed and signed by hand."""
    found = _form_of(Submission.objects.visible_to(request.user), pk)
    work = found.submission
    return render(
        request,
        "submissions/winner_form_print.html",
        {
            "submission": work,
            "asked": found,
            "text": typeset(found.text),
            "authors": list(work.authors.all()),
            "is_minor": work.author_age
            in {Submission.AuthorAge.UNDER_14, Submission.AuthorAge.UNDER_18},
        },
    )


def _form_of(works, pk):
    submission = get_object_or_404(works, pk=pk)
    forms = WinnerForm.objects.select_related(
        "submission__contest__current_version", "submission__author"
    )
    return get_object_or_404(forms, submission=submission)


# --- The organisers' ---------------------------------------------------------
def _contest_run_by(user, *roles) -> Contest:
    contest = Contest.objects.current()
    if contest is None or not has_role(user, contest, *roles):
        raise Http404
    return contest


def _forms_in(contest):
    return WinnerForm.objects.filter(
        submission__contest=contest, submission__state=State.ACCEPTED
    ).select_related("submission")


@require_safe
@login_required
def sent_forms(request):
    """Every awarded work with how far its form is; the state stands in the address."""
    contest = _contest_run_by(request.user, Role.ORGANISER, Role.SUPERVISOR)
    forms = _forms_in(contest)
    wanted = request.GET.get("state", "")
    if wanted in WinnerFormState.values:
        forms = forms.filter(state=wanted)
    page = Paginator(forms.order_by("due_at", "pk"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "submissions/winner_forms.html",
        {
            "page": page,
            "forms": page.object_list,
            "chips": _chips(contest, wanted),
            "now": clock.now(),
            "asks": winner_forms.rule_of(contest) is not None,
            "can_decide": has_role(request.user, contest, Role.ORGANISER),
        },
    )


def _chips(contest, wanted):
    """(label, state, number, whether it is looked at), all of them first."""
    rows = _forms_in(contest).values_list("state").annotate(Count("pk")).order_by()
    counts = dict(rows)
    total = sum(counts.values())
    return [
        (_("All"), "", total, wanted not in WinnerFormState.values),
        *(
            (state.label, state.value, counts.get(state.value, 0), wanted == state)
            for state in WinnerFormState
        ),
    ]


@require_http_methods(["GET", "POST"])
@login_required
def sent_form(request, pk):
    """One form: its pages, and yes or what is missing."""
    contest = _contest_run_by(request.user, Role.ORGANISER, Role.SUPERVISOR)
    found = get_object_or_404(_forms_in(contest), pk=pk)
    can_decide = has_role(request.user, contest, Role.ORGANISER)
    form = SentFormForm(request.POST or None)
    if request.method == "POST":
        if not can_decide:
            raise Http404
        if form.is_valid() and _decide(request, found, form.cleaned_data):
            return redirect("submissions:winner-forms")
    return render(
        request,
        "submissions/winner_form_sent.html",
        {
            "asked": found,
            "submission": found.submission,
            "pages": winner_forms.pages_of(found) if can_decide else (),
            "form": form
            if can_decide and found.state == WinnerFormState.SENT
            else None,
        },
        status=422 if form.errors else 200,
    )


def _decide(request, found, cleaned) -> bool:
    by, at = request.user, clock.now()
    try:
        if cleaned["decision"] == SentFormForm.ACCEPT:
            winner_forms.accept(form=found, by=by, at=at)
        else:
            winner_forms.send_back(form=found, by=by, at=at, reason=cleaned["reason"])
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return False
    messages.success(request, _("The author has been told."))
    return True


@require_POST
@login_required
def remind(request):
    """One author, by `form`; without it, everybody who has yet to sign."""
    contest = _contest_run_by(request.user, Role.ORGANISER)
    chosen = request.POST.get("form", "")
    if chosen:
        _remind_one(request, contest, chosen)
    else:
        count = winner_forms.remind_all(
            contest=contest, by=request.user, at=clock.now()
        )
        words = ngettext(
            "%(count)s author was reminded.", "%(count)s authors were reminded.", count
        )
        messages.success(request, words % {"count": count})
    return redirect("submissions:winner-forms")


def _remind_one(request, contest, chosen):
    if not chosen.isdecimal():
        raise Http404
    form = get_object_or_404(winner_forms.waiting(contest), pk=chosen[:12])
    try:
        winner_forms.remind(form=form, by=request.user, at=clock.now())
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, _("The author was reminded."))
