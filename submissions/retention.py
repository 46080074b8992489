"""What goes by itself some days after a contest: the rule book says how many.

A file goes before the row that knows of it, so a run that broke off is simply made
again. Works that the list of awards needs stay with the papers they may be shown on the
strength of; of all others that were handed in only the number stays.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.personal_data import Leaving
from contests import clock
from contests.deadlines import is_past
from contests.models import Contest
from notifications.services import forget_about
from submissions.keeping import kept_among
from submissions.models import Attachment, ImportBatch, Submission
from submissions.personal_data import (
    delete_work,
    empty_imported,
    keep_the_number,
)
from submissions.states import ERASED, State

PAPERS_OF_RIGHTS = {Attachment.Purpose.PROOF, Attachment.Purpose.WINNER_FORM}
NEVER_IN = {State.DRAFT, State.WITHDRAWN}
OUT_OF_IT = {State.RETURNED, State.REJECTED, State.WITHDRAWN, State.DISQUALIFIED}


class Prospect(NamedTuple):
    """A kind of thing that goes by itself."""

    name: str
    goes_at: datetime
    rows: QuerySet


def forget_after(contest: Contest, *, at: datetime) -> None:
    """Let go of all whose days are over at this moment; may run again."""
    days = contest.rulebook.defaults
    gone = {}
    if is_past(contest, days.drafts_kept_days, at=at):
        gone["drafts"] = _forget(drafts(contest), delete_work, at=at)
    if is_past(contest, days.entries_kept_days, at=at):
        gone["out"] = _forget(works_out(contest), keep_the_number, at=at)
        gone["unawarded"] = _forget(unawarded(contest), keep_the_number, at=at)
        gone["papers"] = _drop_papers(contest)
        empty_imported(ImportBatch.objects.filter(contest=contest))
    if any(gone.values()):
        audit.record(
            "retention.applied",
            by=None,
            target=contest,
            contest=contest,
            at=at,
            **gone,
        )


def drafts(contest: Contest) -> QuerySet:
    """Never handed in."""
    works = Submission.objects.filter(contest=contest)
    return works.filter(number="", state__in=NEVER_IN)


def works_out(contest: Contest) -> QuerySet:
    """Handed in, and out of the contest; those of which more than a number is left."""
    works = Submission.objects.filter(contest=contest, state__in=OUT_OF_IT)
    return works.exclude(number="").exclude(title=ERASED)


def unawarded(contest: Contest) -> QuerySet:
    """Accepted, and not needed by the list of awards or of selected works."""
    works = Submission.objects.filter(contest=contest).public()
    return works.exclude(pk__in=kept_among(works))


def prospect(contest: Contest) -> list[Prospect]:
    """What goes next, when, and how much it would be as of now."""
    days = contest.rulebook.defaults
    drafts_go = clock.end_of(contest.ends_on + timedelta(days=days.drafts_kept_days))
    entries_go = clock.end_of(contest.ends_on + timedelta(days=days.entries_kept_days))
    return [
        Prospect(_("Drafts that were never handed in"), drafts_go, drafts(contest)),
        Prospect(_("Works that are out of it"), entries_go, works_out(contest)),
        Prospect(_("Accepted works without an award"), entries_go, unawarded(contest)),
        Prospect(
            _("Papers and originals that are needed no more"),
            entries_go,
            papers_to_drop(contest),
        ),
    ]


def _forget(works: QuerySet, let_go, *, at) -> int:
    """Let go of each for itself; how many went."""
    gone = 0
    for pk in list(works.values_list("pk", flat=True)):
        with transaction.atomic():
            work = works.select_for_update(of=["self"]).filter(pk=pk).first()
            if work is None:  # it moved meanwhile
                continue
            leaving = Leaving(user=work.author, at=at)
            let_go(work, leaving)
            forget_about([pk])
            _delete(leaving.files)
            gone += 1
    return gone


def papers_to_drop(contest: Contest) -> QuerySet:
    """Originals served the screening alone; so did papers of what was not accepted."""
    return Attachment.objects.filter(submission__contest=contest).exclude(
        purpose__in=PAPERS_OF_RIGHTS, submission__state=State.ACCEPTED
    )


def _drop_papers(contest) -> int:
    dropped = 0
    for paper in papers_to_drop(contest):
        _delete([paper.file.name])
        paper.delete()
        dropped += 1
    return dropped


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
