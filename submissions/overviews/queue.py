"""The screening queue: who waits, since when, and who looks at it now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.query import QuerySet

from accounts.models import User
from contests.models import Contest
from contests.workdays import WorkCalendar
from submissions.copies import cover_url
from submissions.models import Finding, Screening, Submission
from submissions.queries import with_covers
from submissions.services import claims
from submissions.services.screening import Turn
from submissions.states import ScreeningLevel, Severity

ON_A_PAGE = 24
FILTERS = ("unit", "track", "category", "channel", "district", "level", "only")
NO_DISTRICT = "-"  # of a work that no body of a district stands behind
TO_NOTICE = [Severity.ERROR, Severity.WARNING]


def with_district(works: QuerySet) -> QuerySet:
    """With `district_key` and `district_name`, of the body behind a work.

    That is the organisation that entered it, or the one that recommended it; a body
    without a district of its own has its parent's.
    """
    ways = [
        f"{body}{parent}__district"
        for body in ("organisation", "recommended_by")
        for parent in ("", "__parent")
    ]
    return works.annotate(
        district_key=Coalesce(*(F(f"{way}__key") for way in ways), Value(NO_DISTRICT)),
        district_name=Coalesce(*(F(f"{way}__name") for way in ways), Value("")),
    )


def screening_queue(contest: Contest, reviewer: User) -> QuerySet:
    """Works in screening, the longest waiting first.

    `level` is what each waits for; `is_mine` marks a work whose first screening this
    reviewer did, so that another person must do the second; `is_own` one's own work.
    """
    of_this_cycle = Screening.objects.filter(
        submission=OuterRef("pk"), cycle=OuterRef("cycle")
    )
    works = Submission.objects.filter(contest=contest).awaiting_screening()
    return (
        with_district(with_covers(works))
        .select_related("screening_claim__reviewer")
        .annotate(
            level=Case(
                When(Exists(of_this_cycle), then=Value(ScreeningLevel.SECOND)),
                default=Value(ScreeningLevel.FIRST),
            ),
            is_mine=Exists(of_this_cycle.filter(reviewer=reviewer)),
            is_own=Case(When(author=reviewer, then=Value(True)), default=Value(False)),
            has_warnings=Exists(
                Finding.objects.filter(
                    inspection__media_file__submission=OuterRef("pk"),
                    severity__in=TO_NOTICE,
                )
            ),
        )
        .order_by(F("submitted_at").asc(), "pk")
    )


def narrowed(works: QuerySet, wanted: Mapping[str, str]) -> QuerySet:
    """By the parts of the contest; an unknown key finds nothing."""
    for name in ("unit", "track", "category"):
        if wanted.get(name):
            works = works.filter(**{f"{name}__key": wanted[name]})
    if wanted.get("channel"):
        works = works.filter(channel=wanted["channel"])
    if wanted.get("district"):
        works = works.filter(district_key=wanted["district"])
    return works


@dataclass(frozen=True)
class Desk:
    """The queue as one reviewer sees it now: contest's time for waiting, real time
    for claims."""

    contest: Contest
    reviewer: User
    at: datetime
    now: datetime
    calendar: WorkCalendar

    @property
    def promised_days(self) -> int:
        return self.contest.rulebook.defaults.screening_working_days

    @property
    def overdue_before(self) -> datetime:
        return self.calendar.overdue_before(self.at, days=self.promised_days)

    def queue(self, wanted: Mapping[str, str]) -> QuerySet:
        works = narrowed(screening_queue(self.contest, self.reviewer), wanted)
        if wanted.get("level"):
            works = works.filter(level=wanted["level"])
        if wanted.get("only"):
            works = works.filter(self._only(wanted["only"]))
        return works

    def _only(self, what):
        """One of the quick filters; nothing for an unknown one."""
        mine = Q(is_mine=True) | Q(is_own=True)
        return {
            "overdue": Q(submitted_at__lt=self.overdue_before),
            "warnings": Q(has_warnings=True),
            "claimed": Q(screening_claim__expires_at__gt=self.now),
            "for-me": ~mine & ~self._held_by_others,
        }.get(what, Q(pk=None))

    @property
    def _held_by_others(self):
        standing = Q(screening_claim__expires_at__gt=self.now)
        return standing & ~Q(screening_claim__reviewer=self.reviewer)

    def next_after(
        self, wanted: Mapping[str, str], *, after: int | None = None
    ) -> Submission | None:
        """The longest waiting work this reviewer may decide on, and nobody looks at."""
        works = self.queue(wanted).filter(self._only("for-me"))
        return works.exclude(pk=after).first()

    def lines(self, works: Iterable[Submission]) -> list["Line"]:
        return [Line.of(work, self) for work in works]


@dataclass(frozen=True)
class Line:
    """A work of the queue."""

    work: Submission
    cover: str
    waited: int  # working days
    due: datetime
    is_overdue: bool
    claim: str
    is_claimed_by_other: bool
    turn: Turn

    @classmethod
    def of(cls, work: Submission, desk: Desk) -> "Line":
        due = desk.calendar.due(work.submitted_at, days=desk.promised_days)
        claim = getattr(work, "screening_claim", None)
        standing = claim if claim and claim.expires_at > desk.now else None
        files = list(work.media_files.all())
        return cls(
            work=work,
            cover=cover_url(files[0]) if files else "",
            waited=desk.calendar.waited(work.submitted_at, at=desk.at),
            due=due,
            is_overdue=due <= desk.at,
            claim=str(claims.held_words(standing)) if standing else "",
            is_claimed_by_other=bool(
                standing and standing.reviewer_id != desk.reviewer.pk
            ),
            turn=Turn(work.cycle, ScreeningLevel(work.level)),
        )

    @property
    def can_decide(self) -> bool:
        return not (self.work.is_mine or self.work.is_own or self.is_claimed_by_other)
