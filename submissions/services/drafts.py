"""Filling in a draft: details, authors, declarations."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contests.errors import RuleViolation
from contests.models import Contest
from submissions.completeness import asked_declarations
from submissions.lifecycle import lock
from submissions.models import Declaration, Submission, SubmissionAuthor
from submissions.permissions import can_edit
from submissions.services.files import inspect_anew
from submissions.states import State

DETAILS = {
    "unit",
    "track",
    "category",
    "title",
    "story",
    "genre",
    "shot_on",
    "shot_place",
    "entrant",
    "entrant_name",
    "organisation",
    "organisation_name",
    "school",
    "ai_use",
    "ai_note",
}


class NotEditable(RuleViolation):
    code = "not_editable"


def require_editable(submission, *, by) -> None:
    """Refuse unless `by` may edit the submission as it stands now; locks the row."""
    if not can_edit(by, lock(submission)):
        raise NotEditable(
            _("This work has been handed in and can no longer be changed here.")
        )


def adopt_rulebook(submission: Submission, *, at: datetime) -> None:
    """Put a draft under the rule book in force; its files are then judged anew."""
    version = submission.contest.current_version
    if submission.state == State.DRAFT and submission.rulebook_version != version:
        submission.rulebook_version = version
        submission.save(update_fields=["rulebook_version"])
        inspect_anew(submission, at=at)


@transaction.atomic
def create_draft(
    *, contest: Contest, author: User, at: datetime, channel: str = "web"
) -> Submission:
    """A new draft under the rule book in force; drafts may be begun at any time."""
    return Submission.objects.create(
        contest=contest,
        rulebook_version=contest.current_version,
        author=author,
        channel=channel,
        entrant_name=author.full_name,
    )


@transaction.atomic
def update_draft(
    *, submission: Submission, by: User, at: datetime, **details
) -> Submission:
    """Save some of DETAILS; a new category has every file judged anew by its limits."""
    unknown = set(details) - DETAILS
    if unknown:
        raise TypeError(f"not details of a draft: {sorted(unknown)}")
    require_editable(submission, by=by)
    adopt_rulebook(submission, at=at)
    new_category = "category" in details and details["category"] != submission.category
    for field, value in details.items():
        setattr(submission, field, value)
    submission.save(update_fields=["updated_at", *details])
    if new_category:
        inspect_anew(submission, at=at)
    return submission


@transaction.atomic
def set_authors(
    *, submission: Submission, names: list[str], by: User, at: datetime
) -> None:
    """Replace the credit line, in the order given."""
    require_editable(submission, by=by)
    submission.authors.all().delete()
    SubmissionAuthor.objects.bulk_create(
        SubmissionAuthor(submission=submission, position=position, name=name)
        for position, name in enumerate(names, start=1)
    )


@transaction.atomic
def declare(*, submission: Submission, keys: set[str], by: User, at: datetime) -> None:
    """Keep exactly these declarations, each with the text it was made beside."""
    require_editable(submission, by=by)
    adopt_rulebook(submission, at=at)
    book = submission.rulebook_version.rulebook
    wanted = {
        declaration.key: declaration
        for declaration in asked_declarations(submission, book)
        if declaration.key in keys
    }
    standing = {made.key: made for made in submission.declarations.all()}
    for key, made in standing.items():
        if key not in wanted or wanted[key].version != made.version:
            made.delete()
    Declaration.objects.bulk_create(
        Declaration(
            submission=submission,
            key=key,
            version=declaration.version,
            text=declaration.text,
            accepted_at=at,
        )
        for key, declaration in wanted.items()
        if key not in standing or standing[key].version != declaration.version
    )
