"""Figures for those who run the contest or watch over it, and their exports."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.models import Role
from accounts.requests import client_ip
from contests import clock
from submissions import exports
from submissions.desk_filters import statistics_filters
from submissions.overviews.counts import DIMENSIONS, SPLIT_AT_FIRST, Counts
from submissions.overviews.overdue import Overdue
from submissions.overviews.queue import ON_A_PAGE
from submissions.views.screening import contest_read_by

READERS = (Role.ORGANISER, Role.SUPERVISOR)
FILTERS = (*DIMENSIONS, "state")


@require_safe
@login_required
def counts(request):
    """Works by the dimensions the address asks for; each row that is not empty."""
    contest = contest_read_by(request.user, *READERS)
    by = request.GET.getlist("by") or list(SPLIT_AT_FIRST)
    found = Counts(contest, by, request.GET)
    return render(
        request,
        "submissions/statistics.html",
        {
            "counts": found,
            "dimensions": [
                (name, label, name in by) for name, label in DIMENSIONS.items()
            ],
            "filters": statistics_filters(contest, request.GET),
            "exports": _exports("works", "counts"),
            "query": f"?{request.GET.urlencode()}" if request.GET else "",
        },
    )


@require_safe
@login_required
def overdue(request):
    """Works that wait for longer than was promised, and originals that are due."""
    contest = contest_read_by(request.user, *READERS)
    late = Overdue(contest, at=clock.now())
    page = Paginator(late.queryset, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "submissions/overdue.html",
        {
            "overdue": late,
            "page": page,
            "lines": late.lines(page.object_list),
            "exports": _exports("overdue"),
        },
    )


def _exports(*names):
    return [(name, form) for name in names for form in exports.FORMS]


@require_safe
@login_required
def export(request, what, form):
    """A list as a file; who took which rows is kept in the audit log."""
    contest = contest_read_by(request.user, *READERS)
    if what not in exports.SHEETS or form not in exports.FORMS:
        raise Http404
    made = exports.export(
        what, form, contest=contest, wanted=request.GET, at=clock.now()
    )
    audit.record(
        "list.exported",
        by=request.user,
        target=what,
        contest=contest,
        ip=client_ip(request),
        form=form,
        rows=made.rows,
        filters={name: request.GET[name] for name in FILTERS if name in request.GET},
    )
    return HttpResponse(
        made.content,
        content_type=made.content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, made.filename),
            "Cache-Control": "no-store",
        },
    )
