"""Setting a district's activities, one at a time, and saying what became of them."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.queries import contests_run_by
from contests import clock
from contests.errors import RuleViolation
from contests.models import District
from outreach import services
from outreach.forms import ActivityForm
from outreach.models import Activity
from outreach.overviews import ActivityPlan
from outreach.permissions import can_organise


@login_required
def plan(request, district_pk, position):
    """One activity of a district: its plan and, for organisers, the form to set it."""
    page = ActivityPlan(_district(request, district_pk), position, user=request.user)
    if not 1 <= position <= page.district.activity_count:
        raise Http404
    form = page.form(
        request.POST if request.method == "POST" else None,
        station_pk=request.GET.get("station", ""),
    )
    if request.method != "POST":
        return render(request, "outreach/plan.html", {"page": page, "form": form})
    if not can_organise(request.user, page.contest):
        raise PermissionDenied
    if form.is_valid():
        return _store(request, page, form)
    return render(request, "outreach/plan.html", {"page": page, "form": form})


def _district(request, pk) -> District:
    districts = District.objects.filter(contest__in=contests_run_by(request.user))
    return get_object_or_404(
        districts.select_related("contest__current_version"), pk=pk
    )


def _store(request, page, form: ActivityForm):
    """Keep the plan, and confirm it at once if that button was pressed."""
    who = {"by": request.user, "at": clock.now()}
    try:
        activity = services.set_activity(
            district=page.district, position=page.position, **form.plan, **who
        )
        sentence = _("The plan is kept.")
        if "confirm" in request.POST:
            services.confirm_activity(activity=activity, **who)
            sentence = _("Confirmed. Everybody can read it on the page of activities.")
    except RuleViolation as violation:
        messages.error(request, violation.message, extra_tags=violation.code)
    else:
        messages.success(request, sentence)
    return redirect(page.url)


def activity_verb(verb):
    """Load the activity, let only its organisers pass, and show what came of it."""

    @require_POST
    @login_required
    @wraps(verb)
    def view(request, pk):
        visible = Activity.objects.filter(contest__in=contests_run_by(request.user))
        activity = get_object_or_404(visible.select_related("district"), pk=pk)
        if not can_organise(request.user, activity.contest):
            raise PermissionDenied
        try:
            sentence = verb(activity, {"by": request.user, "at": clock.now()})
        except RuleViolation as violation:
            messages.error(request, violation.message, extra_tags=violation.code)
        else:
            messages.success(request, sentence)
        return redirect("outreach:plan", activity.district_id, activity.position)

    return view


@activity_verb
def confirm(activity, who):
    services.confirm_activity(activity=activity, **who)
    return _("Confirmed. Everybody can read it on the page of activities.")


@activity_verb
def unconfirm(activity, who):
    services.unconfirm_activity(activity=activity, **who)
    return _("The confirmation is taken back. Place and time can be changed.")


@activity_verb
def hold(activity, who):
    services.mark_held(activity=activity, **who)
    return _("Marked as held.")


@activity_verb
def unhold(activity, who):
    services.unmark_held(activity=activity, **who)
    return _("The mark is taken back.")
