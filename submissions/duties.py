"""The duty board: what each organisation owes by which day, and how far it is.

Duties are data of the rule book. Works are counted here; an app above registers a
counter for what else is owed.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Organisation
from contests import clock
from contests.models import Contest
from contests.rulebook import Duty
from documents.tables import Column, Group, Sheet
from submissions.models import Submission
from submissions.states import LIVE, State

NAME = gettext_lazy("Duty board")
SOON = dt.timedelta(days=7)
DAY = "Y-m-d"


@dataclass(frozen=True)
class Done:
    """How many things were handed in, how many of them in time, how many accepted."""

    handed_in: int = 0
    in_time: int = 0
    accepted: int = 0


Tally = dict[tuple[int, str], Done]  # by organisation and key of the duty
Counter = Callable[[Contest, list[Duty]], Tally]
_counters: dict[str, Counter] = {}


def register_counter(subject: str, counter: Counter) -> None:
    """Let an app count what duties of this subject ask for."""
    _counters[subject] = counter


def count_works(contest: Contest, duties: list[Duty]) -> Tally:
    """Works that stand in the contest, by whoever recommended them or entered them."""
    works = (
        Submission.objects.filter(contest=contest, state__in=LIVE)
        .annotate(body=Coalesce("recommended_by_id", "organisation_id"))
        .exclude(body=None)
        .order_by()
        .values("body")
        .annotate(**_columns(duties))
    )
    return {
        (row["body"], duty.key): Done(
            row[f"handed_in_{number}"],
            row[f"in_time_{number}"],
            row[f"accepted_{number}"],
        )
        for row in works
        for number, duty in enumerate(duties)
    }


def _columns(duties):
    columns = {}
    for number, duty in enumerate(duties):
        counts = Q(unit__key=duty.unit) if duty.unit else Q()
        ends = ends_at(duty)
        timely = Q(counts_at__lt=ends) if ends else Q()
        columns[f"handed_in_{number}"] = Count("pk", filter=counts or None)
        columns[f"in_time_{number}"] = Count("pk", filter=counts & timely or None)
        columns[f"accepted_{number}"] = Count(
            "pk", filter=counts & Q(state=State.ACCEPTED)
        )
    return columns


register_counter("submission", count_works)


def ends_at(duty: Duty) -> dt.datetime | None:
    """The first moment that is late: 24:00 of the day, which itself still counts."""
    return clock.end_of(duty.due_on) if duty.due_on else None


@dataclass(frozen=True)
class Line:
    """One duty of one organisation."""

    duty: Duty
    organisation: Organisation
    done: Done
    at: dt.datetime

    @property
    def lacking(self) -> int:
        return max(self.duty.count - self.done.handed_in, 0)

    @property
    def is_over(self) -> bool:
        ends = ends_at(self.duty)
        return ends is not None and self.at >= ends

    @property
    def is_late(self) -> bool:
        """Not all of it was there in time, even if it came afterwards."""
        return self.is_over and self.done.in_time < self.duty.count

    @property
    def tone(self) -> str:
        if self.is_late:
            return "ri"
        return "gui" if self.lacking else "he"

    @property
    def words(self) -> str:
        if not self.lacking:
            return str(_("Done late") if self.is_late else _("Done"))
        missing = ngettext("%(count)s missing", "%(count)s missing", self.lacking)
        told = missing % {"count": self.lacking}
        return _("Overdue, %(missing)s") % {"missing": told} if self.is_over else told


@dataclass(frozen=True)
class DutyGroup:
    """A duty with a line for each who owes it."""

    duty: Duty
    lines: list[Line]

    @property
    def lacking(self) -> list[Line]:
        return [line for line in self.lines if line.lacking]

    @property
    def done_count(self) -> int:
        return len(self.lines) - len(self.lacking)


class Board:
    """All duties of a contest, or those of some organisations."""

    def __init__(
        self, contest: Contest, *, at: dt.datetime, only: Collection[int] | None = None
    ):
        self.contest = contest
        self.at = at
        self.duties = contest.rulebook.duties
        self._only = only

    @cached_property
    def groups(self) -> list[DutyGroup]:
        found = [DutyGroup(duty, self._lines(duty)) for duty in self.duties]
        return [group for group in found if group.lines]

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def due_soon(self) -> list[DutyGroup]:
        """Duties of the next seven days that somebody still owes."""
        today = self.at.date()
        return [
            group
            for group in self.groups
            if group.lacking
            and group.duty.due_on
            and today <= group.duty.due_on <= today + SOON
        ]

    def _lines(self, duty):
        return [
            Line(duty, body, self._tally.get((body.pk, duty.key), Done()), self.at)
            for body in self._bodies
            if owes(body, duty) and (self._only is None or body.pk in self._only)
        ]

    @cached_property
    def _bodies(self):
        kinds = {duty.organisation_kind for duty in self.duties}
        return list(self.contest.organisations.filter(kind__in=kinds).order_by("pk"))

    @cached_property
    def _tally(self) -> Tally:
        found = {}
        for subject, counter in _counters.items():
            duties = [duty for duty in self.duties if duty.subject == subject]
            if duties:
                found |= counter(self.contest, duties)
        return found


def owes(body: Organisation, duty: Duty) -> bool:
    return body.kind == duty.organisation_kind and (
        not duty.organisations or body.key in duty.organisations
    )


def as_sheet(board: Board) -> Sheet:
    """The board as officials pass it on."""
    return Sheet(
        title=_("%(contest)s: %(list)s")
        % {"contest": board.contest.title_short, "list": NAME},
        lines=[],
        columns=[
            Column(_("Serial no."), 6, centred=True),
            Column(_("Organisation"), 34),
            Column(_("Owed"), 8, centred=True),
            Column(_("Handed in"), 8, centred=True),
            Column(_("Accepted"), 8, centred=True),
            Column(_("Due by"), 14, centred=True),
            Column(_("State"), 18),
        ],
        groups=[
            Group(
                [
                    [number, *_cells(line)]
                    for number, line in enumerate(group.lines, start=1)
                ],
                title=group.duty.clause,
            )
            for group in board.groups
        ],
        notes=[
            _("Remarks: as of %(time)s")
            % {"time": date_format(localtime(board.at), "Y-m-d H:i")}
        ],
        name=str(NAME),
    )


def _cells(line: Line):
    due = line.duty.due_on
    return [
        line.organisation.name,
        line.duty.count,
        line.done.handed_in,
        line.done.accepted,
        date_format(due, DAY) if due else "—",
        line.words,
    ]
