"""The door to the wizard: explains first, then begins a draft or goes on with one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contests import clock
from contests.deadlines import accepts_submissions, collection_ends_at
from contests.errors import RuleViolation
from contests.models import Contest
from submissions import channels, services, steps
from submissions.queries import open_drafts
from submissions.rule_items import category_limits


@require_http_methods(["GET", "POST"])
def start(request):
    """GET explains and offers open drafts; POST begins a new one."""
    contest = Contest.objects.current()
    if contest is None or contest.current_version is None:
        raise Http404
    if request.method == "POST":
        return begin(request, contest)
    at = clock.now()
    book = contest.rulebook
    drafts = open_drafts(request.user, contest) if request.user.is_authenticated else []
    return render(
        request,
        "submissions/start.html",
        {
            "contest": contest,
            "book": book,
            "is_open": accepts_submissions(contest, at=at),
            "opens_at": clock.start_of(book.collection.starts_on),
            "closes_at": collection_ends_at(contest),
            "is_over": at >= collection_ends_at(contest),
            "drafts": [(draft, steps.step_url(draft, "track")) for draft in drafts],
            "categories": [
                (category, category_limits(category)) for category in book.categories
            ],
            "takes_files": any(each.limits.takes_files for each in book.categories),
            "sites": dict.fromkeys(
                each.limits.links.site for each in book.categories if each.limits.links
            ),
            "unit": contest.units.filter(key=request.GET.get("unit", "")).first(),
        },
    )


@login_required
def begin(request, contest):
    at = clock.now()
    try:
        draft = services.create_draft(
            contest=contest,
            author=request.user,
            at=at,
            channel=channels.channel_of(request),
        )
    except RuleViolation as violation:
        messages.error(request, violation.message)
        return redirect("submissions:mine")
    unit = contest.units.filter(key=request.POST.get("unit", "")).first()
    if unit is not None:
        services.update_draft(submission=draft, by=request.user, at=at, unit=unit)
    return redirect(steps.step_url(draft, "track"))
