"""Accounts nobody needs any more: some time after a contest their names and numbers go.

The days stand in each rule book (`entries_kept_days`), as its privacy text promises.
An account goes when the days of every contest its owner took part in are over, unless
it belongs to somebody who works here, or an app is still tied to it.
"""

from collections.abc import Iterator
from datetime import datetime

from accounts import own_data, personal_data
from accounts.models import User
from contests.deadlines import is_past
from contests.models import Contest

MOST_IN_A_RUN = 500


def due(*, at: datetime) -> Iterator[User]:
    """Whoever is to be forgotten at this moment, in a fixed order."""
    past = [
        contest.pk
        for contest in Contest.objects.with_rulebook()
        if is_past(contest, contest.rulebook.defaults.entries_kept_days, at=at)
    ]
    lasting = Contest.objects.exclude(pk__in=past)
    people = (
        User.objects.filter(
            is_staff=False, is_superuser=False, memberships=None, erasure=None
        )
        .filter(consents__contest__in=past)
        .exclude(consents__contest__in=lasting)
        .distinct()
        .order_by("pk")
    )
    for user in people.iterator():
        if not personal_data.is_tied(user, at=at):
            yield user


def forget_due(*, at: datetime, most: int = MOST_IN_A_RUN) -> int:
    """Forget so many of them, each for itself; how many were. May run again."""
    forgotten = 0
    for user in due(at=at):
        if forgotten == most:
            break
        own_data.forget_account(user=user, at=at)
        forgotten += 1
    return forgotten
