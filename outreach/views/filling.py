"""A practice centre's own table. Every button saves what was typed first."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Organisation
from contests import clock
from contests.errors import RuleViolation
from outreach import services
from outreach.checklists import checklist
from outreach.forms import HeadForm, ScanForm, StationForm, station_formset
from outreach.models import Recommendation
from outreach.queries import centres_of
from outreach.remarks import remarks_on
from outreach.services.filling import is_late
from outreach.states import RecommendationState


class TablePage:
    """The table of one centre as typed or, on a first look, as stored."""

    def __init__(self, request, centre: Organisation):
        self.request = request
        self.centre = centre
        self.rules = centre.contest.rulebook.outreach
        self.table = (
            Recommendation.objects.filter(district=centre.district)
            .select_related("rulebook_version", "district", "contest")
            .first()
        )
        data = request.POST if request.method == "POST" else None
        self.head = HeadForm(
            data,
            rules=self.rules,
            instance=self.table or Recommendation(centre_name=centre.name),
        )
        self.stations = station_formset(self.rules, data=data, initial=self._stored())
        self.scan = ScanForm()
        self.refusal = None

    def _stored(self):
        if self.table is None:
            return [{}] * self.rules.min_stations
        stations = list(self.table.stations.all())
        return [_as_typed(each) for each in stations] or [{}] * self.rules.min_stations

    @property
    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.stations.is_valid()])

    def save(self, *, at) -> Recommendation:
        rows = self.stations.rows(without=self._number("remove"))
        if "add" in self.request.POST:
            rows.append({})
        by = self.request.user
        table = self.table or services.begin_recommendation(
            organisation=self.centre, by=by, at=at
        )
        return services.save_draft(
            recommendation=table, by=by, at=at, stations=rows, **self.head.cleaned_data
        )

    def _number(self, name):
        value = self.request.POST.get(name, "")
        return int(value) if value.isdecimal() else None

    @cached_property
    def checklist(self):
        """Against the stored table; the first look has nothing stored yet."""
        if self.table is None:
            return None
        remarks = remarks_on(self.table)
        return checklist(remarks, stations=self.table.stations.count())

    @property
    def return_event(self):
        """Why it came back, if it did."""
        is_back = self.table and self.table.state == RecommendationState.RETURNED
        return self.table.events.last() if is_back else None

    @property
    def is_late(self):
        return is_late(self.rules, at=clock.now())

    @property
    def scan_limit_mb(self):
        return services.SCAN_MAX_MB

    @property
    def promise(self):
        """The sentence of the annex that the promise is about."""
        return self.rules.recommendation_notes[-1]

    @property
    def can_add(self):
        return len(self.stations.forms) < self.rules.max_stations

    def response(self):
        return render(self.request, "outreach/recommendation.html", {"page": self})


def _as_typed(station):
    typed = model_to_dict(station, StationForm._meta.fields)
    words = {True: "yes", False: "no", None: None}
    return typed | {"pk": station.pk, "has_clue": words[station.has_clue]}


def _own_centre(request) -> Organisation:
    """The centre named in the address, else the first of the user's own."""
    centres = centres_of(request.user)
    if key := request.GET.get("centre"):
        return get_object_or_404(centres, key=key)
    centre = centres.first()
    if centre is None or centre.contest.rulebook.outreach is None:
        raise Http404
    return centre


@login_required
def recommendation(request):
    """The table to fill in; once handed in, the page that only shows it."""
    if request.method == "POST":
        return save(request)
    return show(request)


@require_GET
def show(request):
    page = TablePage(request, _own_centre(request))
    if page.table and not page.table.is_editable:
        return redirect(page.table)
    return page.response()


def centres_verb(verb):
    """Save what was typed, then do the verb; whatever is refused stays on the page.

    The verb returns where to go on to.
    """

    @require_POST
    @login_required
    @wraps(verb)
    def view(request):
        page = TablePage(request, _own_centre(request))
        if not page.is_valid:
            return page.response()
        at = clock.now()
        try:
            table = page.save(at=at)
            return verb(request, table, at)
        except RuleViolation as violation:
            page.refusal = violation
            return page.response()

    return view


@centres_verb
def save(request, table, at):
    address = reverse("outreach:recommendation")
    if "add" in request.POST:
        return redirect(f"{address}#station-{table.stations.count()}")
    messages.success(request, _("Saved. You can go on at any time."))
    return redirect(address)


@centres_verb
def save_and_print(request, table, at):
    return redirect("outreach:print", pk=table.pk)


@centres_verb
def save_and_upload(request, table, at):
    form = ScanForm(files=request.FILES)
    if not form.is_valid():
        raise RuleViolation(
            _("Please choose the file of the stamped copy first."), code="scan_missing"
        )
    services.attach_scan(
        recommendation=table, upload=form.cleaned_data["scan"], by=request.user, at=at
    )
    messages.success(request, _("The stamped copy is here."))
    return redirect(reverse("outreach:recommendation") + "#stamp")


@centres_verb
def save_and_hand_in(request, table, at):
    table = services.hand_in(recommendation=table, by=request.user, at=at)
    messages.success(
        request,
        _("Handed in, after the due day. The organisers see it marked as late.")
        if table.is_late
        else _("Handed in. Thank you!"),
    )
    return redirect(table)
