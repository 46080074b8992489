"""A practice centre's own table. Every button saves what was typed first."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
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

AUTOSAVE = "X-Draft-Save"  # sent by the script that saves while somebody types


class TablePage:
    """The table of one centre as typed or, on a first look, as stored."""

    def __init__(self, request):
        self.request = request
        self.centres = list(centres_of(request.user))
        self.centre = centre = _chosen(request, self.centres)
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

    @property
    def url(self) -> str:
        address = reverse("outreach:recommendation")
        if len(self.centres) == 1:
            return address
        return f"{address}?{urlencode({'centre': self.centre.key})}"

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


def _chosen(request, centres: list[Organisation]) -> Organisation:
    """The centre the form or the address names, else the first of the user's own."""
    key = request.POST.get("centre") or request.GET.get("centre")
    for centre in centres:
        has_table = centre.contest.rulebook.outreach is not None
        if has_table and key in (None, centre.key):
            return centre
    raise Http404


@login_required
def recommendation(request):
    """The table to fill in; once handed in, the page that only shows it."""
    if AUTOSAVE in request.headers:
        return autosave(request)
    if request.method == "POST":
        return save(request)
    return show(request)


@require_GET
def show(request):
    page = TablePage(request)
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
        page = TablePage(request)
        if not page.is_valid:
            return page.response()
        at = clock.now()
        try:
            return verb(page, page.save(at=at), at)
        except RuleViolation as violation:
            page.refusal = violation
            return page.response()

    return view


@centres_verb
def save(page, table, at):
    if "add" in page.request.POST:
        return redirect(f"{page.url}#station-{table.stations.count()}")
    messages.success(page.request, _("Saved. You can go on at any time."))
    return redirect(page.url)


@centres_verb
def save_and_print(page, table, at):
    return redirect("outreach:print", pk=table.pk)


@centres_verb
def save_and_upload(page, table, at):
    form = ScanForm(files=page.request.FILES)
    if not form.is_valid():
        raise RuleViolation(
            _("Please choose the file of the stamped copy first."), code="scan_missing"
        )
    upload = form.cleaned_data["scan"]
    services.attach_scan(
        recommendation=table, upload=upload, by=page.request.user, at=at
    )
    messages.success(page.request, _("The stamped copy is here."))
    return redirect(f"{page.url}#stamp")


@centres_verb
def save_and_hand_in(page, table, at):
    table = services.hand_in(recommendation=table, by=page.request.user, at=at)
    messages.success(
        page.request,
        _("Handed in, after the due day. The organisers see it marked as late.")
        if table.is_late
        else _("Handed in. Thank you!"),
    )
    return redirect(table)


@require_POST
def autosave(request):
    """For the script that saves while somebody types: the rows' ids, or a refusal."""
    page = TablePage(request)
    if not page.is_valid:
        return JsonResponse({"code": "invalid"}, status=422)
    try:
        table = page.save(at=clock.now())
    except RuleViolation as violation:
        body = {"code": violation.code, "detail": str(violation.message)}
        return JsonResponse(body, status=409)
    return JsonResponse({"stations": [each.pk for each in table.stations.all()]})
