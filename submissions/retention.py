"""What goes by itself some days after a contest: the rule book says how many.

A file goes before the row that knows of it, so a run that broke off is simply made
again. Accepted works stay with the papers they may be shown on the strength of.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from accounts.personal_data import Leaving
from contests import clock
from contests.models import Contest
from notifications.services import forget_about
from submissions.models import Attachment, ImportBatch, Submission
from submissions.personal_data import (
    ERASED,
    delete_work,
    empty_imported,
    keep_the_number,
)
from submissions.states import State

PAPERS_OF_RIGHTS = {Attachment.Purpose.PROOF, Attachment.Purpose.WINNER_FORM}
NEVER_IN = {State.DRAFT, State.WITHDRAWN}
OUT_OF_IT = {State.RETURNED, State.REJECTED, State.WITHDRAWN, State.DISQUALIFIED}


def forget_after(contest: Contest, *, at: datetime) -> None:
    """Let go of all whose days are over at this moment; may run again."""
    days = contest.rulebook.defaults
    works = Submission.objects.filter(contest=contest)
    if _is_over(contest, days.drafts_kept_days, at):
        _forget(works.filter(number="", state__in=NEVER_IN), delete_work, at=at)
    if _is_over(contest, days.entries_kept_days, at):
        told = works.exclude(number="").filter(state__in=OUT_OF_IT)
        _forget(told.exclude(title=ERASED), keep_the_number, at=at)
        _drop_papers(contest)
        empty_imported(ImportBatch.objects.filter(contest=contest))


def _is_over(contest, days, at):
    return at >= clock.end_of(contest.ends_on + timedelta(days=days))


def _forget(works: QuerySet, let_go, *, at) -> None:
    for pk in list(works.values_list("pk", flat=True)):
        with transaction.atomic():
            work = works.select_for_update(of=["self"]).filter(pk=pk).first()
            if work is None:  # it moved meanwhile
                continue
            leaving = Leaving(user=work.author, at=at)
            let_go(work, leaving)
            forget_about([pk])
            _delete(leaving.files)


def _drop_papers(contest) -> None:
    """Originals served the screening alone; so did papers of what was not accepted."""
    papers = Attachment.objects.filter(submission__contest=contest).exclude(
        purpose__in=PAPERS_OF_RIGHTS, submission__state=State.ACCEPTED
    )
    for paper in papers:
        _delete([paper.file.name])
        paper.delete()


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
