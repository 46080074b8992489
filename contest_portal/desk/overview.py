"""The organiser's overview: today in words, four numbers, and what to do."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Min
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import Role
from contest_portal.desk import river
from contest_portal.desk.context import site_of
from contest_portal.desk.media_to_dos import ToDo, media_to_dos
from contest_portal.desk.month import MonthGrid
from contest_portal.desk.weekly import Chart, weekly_chart
from contests import clock
from contests.models import Contest
from contests.moments import day_words
from judging.models import Assignment, Round
from judging.queries import judged_stages
from judging.states import RoundState
from outreach.overviews import ActivityPlan, next_to_set
from outreach.queries import (
    OPEN,
    activity_board,
    districts_without_table,
    tables_waiting,
)
from submissions.duties import Board
from submissions.models import Submission
from submissions.overviews.overdue import Overdue

A_WEEK = dt.timedelta(days=7)
MOST_TO_DO = 7


@dataclass(frozen=True)
class Kpi:
    label: str
    value: int | str
    unit: str
    text: str
    tone: str
    url: str


@dataclass(frozen=True)
class MatrixCell:
    count: int
    level: int  # of its colour, 0 to 4, by the largest count


@dataclass(frozen=True)
class MatrixRow:
    name: str
    cells: list[MatrixCell]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)


class Overview:
    """Each part is read when the page asks for it."""

    def __init__(self, contest: Contest, *, at: dt.datetime, user=None):
        self.contest = contest
        self.user = user
        self.book = contest.rulebook
        self.at = at

    @property
    def countdown(self):
        return river.countdown(self.book, at=self.at)

    @property
    def node_today(self) -> str:
        """What the plan of publication calls this day, if anything."""
        publication = self.book.publication
        names = [
            node.name
            for node in (publication.nodes if publication else ())
            if publication.day_of(node) == self.at.date()
        ]
        return "、".join(names)

    @cached_property
    def _works(self):
        return Submission.objects.filter(contest=self.contest).live()

    @cached_property
    def _waiting(self):
        """How many works wait for screening, and since when the first one does."""
        waiting = Submission.objects.filter(contest=self.contest).awaiting_screening()
        return waiting.aggregate(number=Count("pk"), since=Min("submitted_at"))

    @cached_property
    def _overdue(self) -> Overdue:
        return Overdue(self.contest, at=self.at)

    @cached_property
    def board(self):
        return activity_board(self.contest)

    @cached_property
    def month(self) -> MonthGrid:
        return MonthGrid(self.board, today=self.at.date())

    @cached_property
    def next_to_set(self) -> ActivityPlan | None:
        """The activity to set next, with the stations to choose from."""
        return next_to_set(
            self.contest, self.board, month=self.at.month, user=self.user
        )

    @property
    def kpis(self) -> list[Kpi]:
        kpis = [self._received(), self._screening(), self._judging()]
        return [*kpis, self._activities()] if self.board else kpis

    def _received(self):
        this_week = self._handed_in(since=self.at - A_WEEK, until=self.at)
        week_before = self._handed_in(
            since=self.at - 2 * A_WEEK, until=self.at - A_WEEK
        )
        text = _("%(number)d in seven days, %(before)d in the seven before") % {
            "number": this_week,
            "before": week_before,
        }
        tone = "he" if this_week > week_before else ""
        return Kpi(_("Works"), self._works.count(), _("works"), text, tone, "")

    def _handed_in(self, *, since, until):
        return self._works.filter(
            first_submitted_at__gt=since, first_submitted_at__lte=until
        ).count()

    def _screening(self):
        number, since = self._waiting["number"], self._waiting["since"]
        text, tone = _("Nobody waits."), "he"
        if since:
            text = _("The first has waited for %(time)s.") % {
                "time": timesince(since, self.at)
            }
            tone = "ri" if self._overdue.number else ""
        url = reverse("submissions:screening-queue")
        return Kpi(_("Waiting for screening"), number, _("works"), text, tone, url)

    def _judging(self):
        asked, done = self._ballots
        url = reverse("judging:rounds")
        if not asked:
            text = _("No round is being judged.")
            return Kpi(_("Judging"), "–", "", text, "", url)
        text = _("%(done)d of %(asked)d ballots") % {"done": done, "asked": asked}
        return Kpi(_("Judging"), f"{100 * done // asked}%", "", text, "", url)

    @cached_property
    def _ballots(self):
        """Ballots asked for in the rounds being judged, and how many are done."""
        asked = Assignment.objects.standing().filter(
            candidate__round__contest=self.contest,
            candidate__round__state=RoundState.JUDGING,
            recusal=None,
        )
        done = asked.exclude(ballot__total_hundredths=None).exclude(ballot=None)
        return asked.count(), done.count()

    def _activities(self):
        total = sum(month.total for month in self.board)
        fixed = sum(month.fixed for month in self.board)
        held = sum(month.held for month in self.board)
        unit = _("of %(total)d") % {"total": total}
        text = _("%(held)d held, %(open)d without a date") % {
            "held": held,
            "open": total - fixed,
        }
        url = reverse("outreach:recommendations")
        return Kpi(_("Activities set"), fixed, unit, text, "", url)

    @cached_property
    def to_dos(self) -> list[ToDo]:
        found = (
            self._late_screenings(),
            *media_to_dos(self.contest),
            *self._rounds_to_move(),
            self._tables_to_decide(),
            self._tables_missing(),
            *self._duties_due(),
            self._activities_to_set(),
        )
        return [to_do for to_do in found if to_do][:MOST_TO_DO]

    def _late_screenings(self):
        late = self._overdue.number
        title = ngettext(
            "%(number)d work has waited for its screening too long",
            "%(number)d works have waited for their screening too long",
            late,
        )
        return late and ToDo(
            "timer",
            "ri",
            title % {"number": late},
            self._overdue.promise,
            reverse("submissions:screening-overdue"),
            _("See which"),
        )

    def _rounds_to_move(self):
        for round in Round.objects.filter(contest=self.contest).select_related("stage"):
            if round.state == RoundState.CLOSED:
                text, link = _("Scores are closed."), _("Select")
                yield self._round_to_do(round, text, link)
            elif round.state == RoundState.CONFIRMED:
                text, link = _("The selection is confirmed."), _("Publish")
                yield self._round_to_do(round, text, link)
        stages = judged_stages([self.contest]).filter(
            round=None, ends_on__lt=self.at.date(), waiting__gt=0
        )
        for stage in stages:
            title = _("%(stage)s is over and has no round yet") % {"stage": stage.name}
            text = ngettext(
                "%(number)d accepted work", "%(number)d accepted works", stage.waiting
            ) % {"number": stage.waiting}
            url = reverse("judging:rounds")
            yield ToDo("gavel", "zi", title, text, url, _("Open one"))

    def _round_to_do(self, round, text, link):
        url = reverse("judging:round", args=[round.pk])
        return ToDo("trophy", "zi", round.stage.name, text, url, link)

    def _tables_to_decide(self):
        waiting = tables_waiting(self.contest).count()
        title = ngettext(
            "%(number)d recommendation waits for a decision",
            "%(number)d recommendations wait for a decision",
            waiting,
        )
        return waiting and ToDo(
            "map-pin",
            "he",
            title % {"number": waiting},
            _("Handed in by practice centres."),
            reverse("outreach:recommendations"),
            _("Decide"),
        )

    def _tables_missing(self):
        outreach = self.book.outreach
        if outreach is None or self.at.date() <= outreach.due_on:
            return None
        missing = list(districts_without_table(self.contest))
        title = ngettext(
            "%(number)d district has not handed in its recommendation",
            "%(number)d districts have not handed in their recommendation",
            len(missing),
        )
        return missing and ToDo(
            "bell",
            "gui",
            title % {"number": len(missing)},
            _("、").join(district.name for district in missing[:4]),
            reverse("outreach:recommendations"),
            _("See which"),
        )

    def _duties_due(self):
        for group in Board(self.contest, at=self.at).due_soon:
            missing = len(group.lacking)
            title = ngettext(
                "%(number)d organisation has until %(day)s to do what it was asked for",
                "%(number)d organisations have until %(day)s to do what they were "
                "asked for",
                missing,
            )
            day = day_words(group.duty.due_on)
            yield ToDo(
                "flag",
                "gui",
                title % {"number": missing, "day": day},
                _("、").join(line.organisation.name for line in group.lacking[:4]),
                reverse("submissions:duties"),
                _("See which"),
            )

    def _activities_to_set(self):
        month = next((m for m in self.board if m.month == self.at.month), None)
        unset = month.total - month.fixed if month else 0
        title = ngettext(
            "%(number)d activity of this month has no date",
            "%(number)d activities of this month have no date",
            unset,
        )
        return unset and ToDo(
            "calendar-days",
            "he",
            title % {"number": unset},
            _("、").join(d.district.name for d in month.districts if d.count(OPEN)),
            reverse("outreach:recommendations"),
            _("Set one"),
        )

    @cached_property
    def matrix(self) -> list[MatrixRow]:
        """Works by unit and track, in the rule book's order."""
        counted = {
            (unit, track): number
            for unit, track, number in self._works.order_by()
            .values_list("unit__key", "track__key")
            .annotate(Count("pk"))
        }
        most = max(counted.values(), default=1)
        return [
            MatrixRow(
                unit.short_name,
                [
                    _cell(counted.get((unit.key, track.key), 0), most)
                    for track in self.book.tracks
                ],
            )
            for unit in self.book.units
        ]

    @property
    def matrix_totals(self) -> list[int]:
        return [
            sum(cell.count for cell in column)
            for column in zip(*(row.cells for row in self.matrix), strict=True)
        ]

    @property
    def total(self) -> int:
        return sum(self.matrix_totals)

    @cached_property
    def chart(self) -> Chart:
        return weekly_chart(self.contest, today=self.at.date())


def _cell(count, most):
    return MatrixCell(count, -(-4 * count // most))


@require_safe
@login_required
def overview(request):
    """For those who run the contest or watch over it; to others it does not exist."""
    site = site_of(request)
    if not site.roles & {Role.ORGANISER, Role.SUPERVISOR}:
        raise Http404
    page = Overview(site.contest, at=clock.now(), user=request.user)
    may_plan = Role.ORGANISER in site.roles
    return render(request, "desk/overview.html", {"page": page, "may_plan": may_plan})
