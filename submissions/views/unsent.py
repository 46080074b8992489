"""差一步的草稿: drafts that lack little or nothing, for the organisers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.masking import mask_name, mask_phone
from accounts.models import Role
from accounts.permissions import has_role
from contests import clock
from contests.deadlines import collection_ends_at
from contests.errors import RuleViolation
from contests.models import Contest
from submissions import steps
from submissions.models import DraftCheck
from submissions.services import reminders
from submissions.states import State
from submissions.unsent import unsent_drafts

ON_A_PAGE = 50


def _contest_run_by(user, *roles) -> Contest:
    contest = Contest.objects.current()
    if contest is None or not has_role(user, contest, *roles):
        raise Http404
    return contest


@require_safe
@login_required
def unsent(request):
    """Counts, and a line for each owner: nothing of what is in the draft."""
    contest = _contest_run_by(request.user, Role.ORGANISER, Role.SUPERVISOR)
    page = Paginator(unsent_drafts(contest), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    at = clock.now()
    ends_at = collection_ends_at(contest)
    return render(
        request,
        "submissions/unsent.html",
        {
            "page": page,
            "drafts": [
                (draft, _owner(draft), _where(draft)) for draft in page.object_list
            ],
            "counts": _counts(contest),
            "ends_at": ends_at,
            "can_remind": at < ends_at
            and has_role(request.user, contest, Role.ORGANISER),
            "pause_days": contest.rulebook.defaults.reminder_pause_days,
        },
    )


def _counts(contest):
    """Of drafts with a file: all, those that lack nothing, and the oldest look."""
    checks = DraftCheck.objects.filter(
        submission__contest=contest, submission__state=State.DRAFT
    )
    return checks.aggregate(
        begun=Count("pk"),
        complete=Count("pk", filter=Q(gap_steps__len=0)),
        checked_at=Min("checked_at"),
    )


def _owner(draft):
    """Enough to tell rows apart, too little to know a person."""
    owner = draft.author
    return mask_name(draft.entrant_name or owner.full_name) or mask_phone(owner.phone)


def _where(draft):
    """The steps of the wizard that still lack something, each once."""
    lacking = dict.fromkeys(draft.draft_check.gap_steps)
    return [steps.STEPS[step] for step in lacking]


@require_POST
@login_required
def remind(request):
    """One owner, by `draft`; without it, everybody on the list."""
    contest = _contest_run_by(request.user, Role.ORGANISER)
    chosen = request.POST.get("draft", "")
    if chosen:
        _remind_one(request, contest, chosen)
    else:
        count = reminders.remind_all(contest=contest, by=request.user, at=clock.now())
        messages.success(
            request,
            ngettext(
                "%(count)s owner was reminded.",
                "%(count)s owners were reminded.",
                count,
            )
            % {"count": count},
        )
    return redirect("submissions:unsent")


def _remind_one(request, contest, chosen):
    if not chosen.isdecimal():
        raise Http404
    draft = get_object_or_404(unsent_drafts(contest), pk=chosen[:12])
    try:
        reminders.remind(submission=draft, by=request.user, at=clock.now())
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, _("The owner was reminded."))
