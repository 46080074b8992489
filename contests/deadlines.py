"""When things open and close. End days count to 24:00 in the contest's time zone."""

import datetime as dt

from contests import clock
from contests.models import Contest, Stage
from contests.rulebook import RuleBook


def collection_stage(contest: Contest) -> Stage:
    return contest.stages.get(kind=Stage.Kind.COLLECTION)


def collection_starts_at(contest: Contest) -> dt.datetime:
    """00:00 of the first day."""
    return clock.start_of(collection_stage(contest).starts_on)


def collection_ends_at(contest: Contest) -> dt.datetime:
    """The first moment that is too late (rule 15)."""
    return clock.end_of(collection_stage(contest).ends_on)


def accepts_submissions(contest: Contest, *, at: dt.datetime) -> bool:
    stage = collection_stage(contest)
    return clock.start_of(stage.starts_on) <= at < clock.end_of(stage.ends_on)


def days_left(contest: Contest, *, at: dt.datetime) -> int:
    """Whole days from today to the last day of the collection; 0 when it is over."""
    last = collection_stage(contest).ends_on
    return max((last - clock.day_of(at)).days, 0)


def selection_stage_for(contest: Contest, *, submitted_at: dt.datetime) -> Stage | None:
    """The round a work belongs to, by the day it was first handed in (B11)."""
    day = clock.day_of(submitted_at)
    return contest.stages.filter(
        kind=Stage.Kind.SELECTION, works_from__lte=day, works_until__gte=day
    ).first()


def correction_due(book: RuleBook, *, at: dt.datetime) -> dt.datetime:
    """When a work returned now must be back: 24:00 of the last day given (B11)."""
    days = dt.timedelta(days=book.contest.returned_within_days)
    return clock.end_of(clock.day_of(at) + days)


def is_past(contest: Contest, days: int, *, at: dt.datetime) -> bool:
    """Whether so many days after the contest's last one are over."""
    return at >= clock.end_of(contest.ends_on + dt.timedelta(days=days))
