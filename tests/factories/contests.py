"""Contests as `loadrulebook` makes them: the shipped ones, and a different one."""

import datetime as dt
from functools import cache
from pathlib import Path

from contests import clock
from contests.models import Contest
from contests.rulebook import (
    RuleBook,
    default_rulebook,
    find_rulebook,
    load_rulebook,
)
from contests.services import publish_rulebook

MINIATURE = Path(__file__).resolve().parent.parent / "rulebooks" / "miniature"


@cache
def miniature_rulebook() -> RuleBook:
    return load_rulebook(MINIATURE)


@cache
def shipped_rulebook() -> RuleBook:
    return load_rulebook(default_rulebook())


def publish(book: RuleBook, *, at: dt.datetime | None = None) -> Contest:
    """The contest of a book with all its rows; pictures are not stored."""
    opened_at = at or clock.start_of(book.contest.starts_on)
    return publish_rulebook(book, at=opened_at).contest


def make_miniature_contest() -> Contest:
    return publish(miniature_rulebook())


@cache
def wenzhou_rulebook() -> RuleBook:
    return load_rulebook(find_rulebook("wenzhou-2024"))


def make_wenzhou_contest() -> Contest:
    """The shipped contest whose works are links."""
    return publish(wenzhou_rulebook())


def make_shipped_contest() -> Contest:
    return publish(shipped_rulebook())
