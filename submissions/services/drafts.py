"""Filling in a draft: details, authors, declarations."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import organisations_of
from contests.errors import RuleViolation
from contests.models import Contest
from submissions.asked import EMPTY, asked_declarations, asked_field, is_asked
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
    "text_summary",
    "genre",
    "shot_on",
    "shot_place",
    "entrant",
    "entrant_name",
    "organisation",
    "organisation_name",
    "organisation_code",
    "tags",
    "author_age",
    "shows_children",
    "school",
    "ai_use",
    "ai_note",
}


class NotEditable(RuleViolation):
    code = "not_editable"


class ManyDrafts(RuleViolation):
    code = "drafts_many"


class NotAsked(RuleViolation):
    """The contest does not ask for this, so it is not kept (data minimisation)."""

    code = "not_asked"


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
    """A new draft under the rule book in force; drafts may be begun at any time, but
    nobody heaps them up."""
    User.objects.select_for_update(no_key=True).get(pk=author.pk)
    limit = contest.rulebook.defaults.max_drafts
    drafts = Submission.objects.filter(
        contest=contest, author=author, state=State.DRAFT, number=""
    )
    if drafts.count() >= limit:
        raise ManyDrafts(
            _(
                "You have %(limit)s drafts already. Please hand some in, or discard "
                "those you no longer need; then begin a new one."
            )
            % {"limit": limit}
        )
    return new_draft(contest=contest, author=author, channel=channel)


def new_draft(*, contest: Contest, author: User, channel: str = "web") -> Submission:
    """As `create_draft`, for works that come in numbers by a table."""
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
    """Save some of DETAILS; a new category has every file judged anew by its limits.

    What the rule book does not ask of such a work is refused, unless it is empty.
    """
    unknown = set(details) - DETAILS
    if unknown:
        raise TypeError(f"not details of a draft: {sorted(unknown)}")
    require_editable(submission, by=by)
    adopt_rulebook(submission, at=at)
    new_category = "category" in details and details["category"] != submission.category
    for field, value in details.items():
        setattr(submission, field, value)
    _refuse_unasked(submission, details, by=by)
    submission.save(update_fields=["updated_at", *details])
    if new_category:
        inspect_anew(submission, at=at)
    return submission


def _refuse_unasked(submission, details, *, by):
    book = submission.rulebook_version.rulebook
    for column, value in details.items():
        if value not in EMPTY and not is_asked(submission, book, column):
            raise NotAsked(
                _("This contest does not ask for that (%(field)s), so it is not kept.")
                % {"field": Submission._meta.get_field(column).verbose_name},
                fields={column: "not_asked"},
            )
    as_organisation = details.get("entrant") == Submission.Entrant.ORGANISATION
    if as_organisation and not asked_field(submission, book, "organisation"):
        raise NotAsked(_("Only persons enter this contest, not organisations."))
    unknown = {*details.get("tags", ())} - {tag.key for tag in book.entrant_tags}
    if unknown:
        raise NotAsked(
            _("This is not in the contest's list: %(keys)s.")
            % {"keys": ", ".join(sorted(unknown))}
        )
    chosen = details.get("organisation")
    if chosen and not organisations_of(by, submission.contest).contains(chosen):
        raise NotAsked(_("You do not act for this organisation."))


@transaction.atomic
def set_authors(
    *,
    submission: Submission,
    names: list[str],
    roles: list[str] | None = None,
    by: User,
    at: datetime,
) -> None:
    """Replace the credit line, in the order given; roles[i] is what names[i] did."""
    require_editable(submission, by=by)
    roles = roles or [""] * len(names)
    book = submission.rulebook_version.rulebook
    if any(roles) and asked_field(submission, book, "author_roles") is None:
        raise NotAsked(_("This contest does not ask what each author did."))
    submission.authors.all().delete()
    SubmissionAuthor.objects.bulk_create(
        SubmissionAuthor(submission=submission, position=position, name=name, role=role)
        for position, (name, role) in enumerate(zip(names, roles, strict=True), start=1)
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
    statement = book.guardian.statement if book.guardian else ""
    standing = {
        made.key: made for made in submission.declarations.exclude(key=statement)
    }
    for key, made in standing.items():
        if key not in wanted or wanted[key].version != made.version:
            made.delete()
    Declaration.objects.bulk_create(
        _declaration(submission, declaration, at=at)
        for key, declaration in wanted.items()
        if key not in standing or standing[key].version != declaration.version
    )


def _declaration(submission, declaration, *, at, signed_by=""):
    return Declaration(
        submission=submission,
        key=declaration.key,
        version=declaration.version,
        text=declaration.text,
        signed_by=signed_by,
        accepted_at=at,
    )


@transaction.atomic
def sign_for_child(
    *, submission: Submission, name: str, by: User, at: datetime
) -> None:
    """Keep the guardian's statement with the name typed below it; "" takes it back."""
    require_editable(submission, by=by)
    adopt_rulebook(submission, at=at)
    book = submission.rulebook_version.rulebook
    statement = book.guardian and book.declaration(book.guardian.statement)
    if not statement:
        if name:
            raise NotAsked(_("This contest does not ask for a guardian's statement."))
        return
    standing = submission.declarations.filter(key=statement.key)
    if standing.filter(version=statement.version, signed_by=name).exists():
        return
    standing.delete()
    if name:
        _declaration(submission, statement, at=at, signed_by=name).save()
