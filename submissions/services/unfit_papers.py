"""A paper that is not kept: said to who sent it and, where it holds malware, to those
who run the contest.

The look at it is taken before a row is locked: it lasts as long as others take for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Model
from django.urls import reverse

from accounts import audit
from accounts.models import User
from contests.errors import RuleViolation
from notifications.kinds import Kind
from notifications.services import notify
from submissions.media.messages import render
from submissions.media.papers import InfectedPaper, UnfitPaper
from submissions.telling import organisers_to_tell

log = structlog.get_logger(__name__)


@contextmanager
def refused_as(
    refusal: type[RuleViolation], *, about: Model, name: str, by: User, at: datetime
) -> Iterator[None]:
    """What the look inside the block objects to becomes this refusal.

    `about` is the row of a contest that the paper was sent for, `name` the file's own.
    """
    try:
        yield
    except UnfitPaper as unfit:
        if isinstance(unfit, InfectedPaper):
            _note(unfit.virus, about=about, name=name, by=by, at=at)
        raise refusal(render(unfit.code, unfit.params), code=unfit.code) from unfit


@transaction.atomic
def _note(virus, *, about, name, by, at):
    """A line of the audit log for each; a message to who has no such one unread."""
    log.warning("virus found", about=str(about._meta.label_lower), virus=virus)
    audit.record("paper.infected", by=by, target=about, at=at, virus=virus)
    page = reverse("admin:accounts_auditentry_changelist")
    for organiser in organisers_to_tell(about.contest, Kind.PAPER_INFECTED):
        notify(
            recipient=organiser,
            kind=Kind.PAPER_INFECTED,
            at=at,
            contest=about.contest,
            link=f"{page}?what=paper.infected",
            file=name,
            virus=virus,
        )
