"""What should have been answered by now: works, and originals that did not come."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Case, Exists, OuterRef, Value, When
from django.utils.translation import gettext as _

from contests.models import Contest
from contests.workdays import WorkCalendar
from submissions.models import OriginalRequest, Screening, Submission
from submissions.states import RequestState, ScreeningLevel, State


@dataclass(frozen=True)
class Late:
    """A work that has waited for longer than was promised."""

    work: Submission
    level: str
    due: datetime
    waited: int  # working days


class Overdue:
    """Read from the holiday calendar; a returned or decided work waits for nobody."""

    def __init__(self, contest: Contest, *, at: datetime):
        self.contest = contest
        self.at = at
        self.days = contest.rulebook.defaults.screening_working_days

    @cached_property
    def calendar(self) -> WorkCalendar:
        return WorkCalendar()

    @property
    def promise(self) -> str:
        return _("An answer within %(days)d working days is promised.") % {
            "days": self.days
        }

    @property
    def calendar_gap(self) -> str:
        """That later days are guessed, once the calendar has run out."""
        known = self.calendar.known_until
        if known is not None and known.year >= self.at.year:
            return ""
        return _(
            "The holiday calendar says nothing about this year; Monday to Friday are "
            "counted. Please add the holidays under Raw records."
        )

    @cached_property
    def queryset(self):
        """The works, the longest waiting first."""
        before = self.calendar.overdue_before(self.at, days=self.days)
        of_this_cycle = Screening.objects.filter(
            submission=OuterRef("pk"), cycle=OuterRef("cycle")
        )
        return (
            Submission.objects.filter(contest=self.contest)
            .awaiting_screening()
            .filter(submitted_at__lt=before)
            .select_related("unit", "track", "category")
            .annotate(
                level=Case(
                    When(Exists(of_this_cycle), then=Value(ScreeningLevel.SECOND)),
                    default=Value(ScreeningLevel.FIRST),
                )
            )
            .order_by("submitted_at", "pk")
        )

    @cached_property
    def number(self) -> int:
        return self.queryset.count()

    @property
    def works(self) -> list[Late]:
        return self.lines(self.queryset)

    def lines(self, works) -> list[Late]:
        return [
            Late(
                work=work,
                level=str(ScreeningLevel(work.level).label),
                due=self.calendar.due(work.submitted_at, days=self.days),
                waited=self.calendar.waited(work.submitted_at, at=self.at),
            )
            for work in works
        ]

    @property
    def originals(self):
        """Requests whose answer should be here, of works still in screening."""
        return (
            OriginalRequest.objects.filter(
                submission__contest=self.contest,
                submission__state=State.SCREENING,
                state=RequestState.OPEN,
                due_at__lte=self.at,
            )
            .select_related("submission")
            .order_by("due_at", "pk")
        )
