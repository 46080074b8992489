"""The organisers' desk: all districts, one table, and the verdict on it."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contests import clock
from contests.errors import RuleViolation
from outreach import services
from outreach.forms import ReturnForm
from outreach.models import Recommendation
from outreach.overviews import DistrictList, TableOverview
from outreach.permissions import can_organise
from outreach.queries import contest_of


@require_GET
@login_required
def recommendations(request):
    """Every district that the user may see, with its table and its activities."""
    contest = contest_of(request.user)
    if contest is None or contest.rulebook.outreach is None:
        raise Http404
    overview = DistrictList(
        contest, user=request.user, state=request.GET.get("state", "")
    )
    return render(request, "outreach/recommendations.html", {"overview": overview})


@require_GET
@login_required
def recommendation_detail(request, pk):
    """The typed rows beside the stamped copy."""
    overview = TableOverview(visible_table(request, pk), user=request.user)
    return render(request, "outreach/recommendation_detail.html", {"page": overview})


def visible_table(request, pk) -> Recommendation:
    tables = Recommendation.objects.visible_to(request.user).select_related(
        "contest__current_version", "rulebook_version", "district", "organisation"
    )
    return get_object_or_404(tables, pk=pk)


def organisers_verb(verb):
    """Load the table, let only its organisers pass, and show what came of it."""

    @require_POST
    @login_required
    @wraps(verb)
    def view(request, pk):
        table = visible_table(request, pk)
        if not can_organise(request.user, table.contest):
            raise PermissionDenied
        try:
            sentence = verb(request, table)
        except RuleViolation as violation:
            messages.error(request, violation.message, extra_tags=violation.code)
        else:
            messages.success(request, sentence)
        return redirect(table)

    return view


@organisers_verb
def accept(request, table):
    services.accept(
        recommendation=table,
        by=request.user,
        at=clock.now(),
        compared="compared" in request.POST,
    )
    return _("Accepted. Now set the activities.")


@organisers_verb
def return_to_centre(request, table):
    form = ReturnForm(request.POST)
    services.return_recommendation(
        recommendation=table,
        by=request.user,
        at=clock.now(),
        reason=form.cleaned_data["reason"] if form.is_valid() else "",
    )
    return _("Returned. The centre sees what to correct.")
