"""Recommending many works at once: a table is previewed, confirmed, and handed in."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Organisation, User
from contests.errors import RuleViolation
from contests.models import Contest, Unit
from contests.rulebook import RuleBook
from submissions.asked import asked_declarations, asked_field
from submissions.filenames import plain_name
from submissions.importing.checking import Row, Values, check_rows, identity
from submissions.importing.layout import Layout, Line, lay_out
from submissions.importing.matching import Wanted, match
from submissions.importing.problems import Code, Problem, has_errors
from submissions.importing.reading import TableRefused, read_table
from submissions.models import ImportBatch, ImportRow, Submission, WorkLink
from submissions.permissions import can_recommend_for
from submissions.services.drafts import declare, new_draft, set_authors, update_draft
from submissions.services.handing_in import submit
from submissions.services.links import add_links
from submissions.states import EDITABLE, LIVE, ImportState, State

FORGOTTEN_AFTER = timedelta(days=14)
STANDING = {*LIVE, State.DRAFT}
VALUES = {each.name for each in fields(Values)}


class ImportRefused(RuleViolation):
    code = "import_refused"


# --- Reading a table ---------------------------------------------------------
@transaction.atomic
def preview(
    *,
    contest: Contest,
    organisation: Organisation,
    unit: Unit | None,
    name: str,
    content: bytes,
    by: User,
    at: datetime,
) -> ImportBatch:
    """Read a table and keep what it says; no work is written before `confirm`."""
    _require_recommender(contest, organisation, by=by)
    book = contest.rulebook
    layout = lay_out(read_table(content), book.summary_table)
    if not layout.lines:
        raise TableRefused(
            _("The table has its header, but no row is filled in."), code="no_rows"
        )
    digest = hashlib.sha256(content).hexdigest()
    problems = [
        *layout.problems,
        *_about_organisation(layout, organisation),
        *_about_file(digest, organisation),
    ]
    batch = ImportBatch.objects.create(
        contest=contest,
        organisation=organisation,
        made_by=by,
        unit=unit,
        original_name=plain_name(name),
        size_bytes=len(content),
        sha256=digest,
        head=layout.head,
        problems=[problem.as_stored() for problem in problems],
        made_at=at,
    )
    rows = check_rows(layout, book, unit=unit.key if unit else "")
    ImportRow.objects.bulk_create(_stored(batch, row) for row in rows)
    return batch


def _require_recommender(contest, organisation, *, by):
    if contest.rulebook.summary_table is None:
        raise ImportRefused(
            _("This contest takes no tables of works."), code="not_asked"
        )
    if not can_recommend_for(by, organisation):
        raise ImportRefused(
            _("You do not recommend works for this organisation."), code="not_yours"
        )


def _about_organisation(layout, organisation):
    named = layout.head.get("organisation", "")
    if named and named != organisation.name:
        told = {"named": named[:60], "own": organisation.name}
        yield Problem(Code.OTHER_ORGANISATION, params=told)


def _about_file(digest, organisation):
    before = organisation.imports.filter(
        sha256=digest, state=ImportState.CONFIRMED
    ).first()
    if before is not None:
        day = localdate(before.made_at).isoformat()
        yield Problem(Code.IMPORTED_BEFORE, params={"day": day})


def _stored(batch, row: Row) -> ImportRow:
    return ImportRow(
        batch=batch,
        line=row.line.number,
        cells=row.line.cells,
        values=asdict(row.values),
        problems=[problem.as_stored() for problem in row.problems],
    )


def values_of(row: ImportRow) -> Values:
    """What a row says, empty once its data were erased."""
    return Values(**{key: row.values[key] for key in VALUES & set(row.values)})


# --- What the contest has already --------------------------------------------
def known_rows(batch: ImportBatch, rows: list[ImportRow]) -> dict[int, Problem]:
    """Rows whose work stands in the contest already, by their id, as of now."""
    said = {row.pk: values_of(row) for row in rows}
    links = _known_links(batch, said.values())
    works = _known_works(batch)
    found = {}
    for pk, values in said.items():
        if links & set(values.links):
            found[pk] = Problem(Code.LINK_KNOWN, "links")
        elif values.title and identity(values.title, values.authors) in works:
            found[pk] = Problem(Code.TITLE_KNOWN, "title")
    return found


def _known_links(batch, rows: Iterable[Values]) -> set[str]:
    wanted = {link for values in rows for link in values.links}
    standing = WorkLink.objects.filter(
        submission__contest=batch.contest, submission__state__in=STANDING
    )
    return set(standing.filter(url__in=wanted).values_list("url", flat=True))


def _known_works(batch):
    works = Submission.objects.filter(
        contest=batch.contest,
        recommended_by=batch.organisation,
        state__in=STANDING,
    ).prefetch_related("authors")
    return {
        identity(work.title, [author.name for author in work.authors.all()])
        for work in works
    }


# --- Writing the works -------------------------------------------------------
@transaction.atomic
def confirm(
    *,
    batch: ImportBatch,
    chosen: set[int],
    aware_of: set[int],
    by: User,
    at: datetime,
) -> ImportBatch:
    """One draft for each row chosen, all of them or none; a second time does nothing.

    `aware_of` are the rows that were shown as standing in the contest already.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == ImportState.CONFIRMED:
        return batch
    _require_confirmable(batch, by=by)
    _one_at_a_time(batch.organisation)
    rows = list(batch.rows.all())
    taken = [row for row in rows if row.pk in chosen]
    book = batch.contest.rulebook
    _require_in_order(batch, taken, rows, book)
    if (known_rows(batch, taken).keys()) - aware_of:
        raise ImportRefused(
            _("Meanwhile one of these works was entered. Please look once more."),
            code="import_changed",
        )
    for row in rows:
        if row.pk in chosen:
            row.submission = _write(batch, values_of(row), book, by=by, at=at)
        row.is_left_out = row.pk not in chosen
    ImportRow.objects.bulk_update(rows, ["values", "submission", "is_left_out"])
    batch.state, batch.confirmed_at = ImportState.CONFIRMED, at
    batch.save(update_fields=["state", "confirmed_at"])
    _log("import.confirmed", batch, by=by, works=len(taken))
    return batch


def _one_at_a_time(organisation):
    """So that two tables with the same work do not pass each other by."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _require_confirmable(batch, *, by):
    if batch.state == ImportState.DISCARDED:
        raise ImportRefused(
            _("This table was put aside. Please choose the file again."),
            code="import_discarded",
        )
    if batch.made_by_id != by.pk:
        raise ImportRefused(
            _("Only the person who chose this table can confirm it."), code="not_yours"
        )
    _require_recommender(batch.contest, batch.organisation, by=by)


def _require_in_order(batch, taken, rows, book):
    """Judged once more: the rules may have changed since the preview."""
    if not taken:
        raise ImportRefused(
            _("Please choose at least one row."), code="import_without_rows"
        )
    lines = [Line(row.line, row.cells) for row in rows]
    unit = batch.unit.key if batch.unit else ""
    judged = check_rows(Layout({}, lines, []), book, unit=unit)
    if any(has_errors(row.problems) for row in judged):
        raise ImportRefused(
            _("Some rows must be put right first. Nothing has been written."),
            code="import_with_errors",
        )
    for row, fresh in zip(rows, judged, strict=True):
        row.values = asdict(fresh.values)


def _write(batch, values: Values, book: RuleBook, *, by, at) -> Submission:
    draft = new_draft(
        contest=batch.contest, author=by, channel=Submission.Channel.STAFF
    )
    draft.recommended_by = batch.organisation
    draft.save(update_fields=["recommended_by"])
    writing = {"submission": draft, "by": by, "at": at}
    contest = batch.contest
    update_draft(
        **writing,
        unit=_part(contest.units, values.unit),
        track=_part(contest.tracks, values.track),
        category=_part(contest.categories, values.category),
        title=values.title,
        entrant_name="、".join(values.authors)[:60],
    )
    update_draft(**writing, **_answers(draft, values, batch, book))
    set_authors(**writing, names=values.authors)
    if values.links:
        add_links(**writing, text=" ".join(values.links))
    return draft


def _part(parts, key):
    return parts.filter(key=key).first()


def _answers(draft, values, batch, book):
    """What the row says beyond the work itself, where the rule book asks for it."""
    answers = {}
    if values.story and asked_field(draft, book, "story"):
        answers["story"] = values.story
    tags = [tag.key for tag in book.entrant_tags if tag.name == values.affiliation]
    if tags and asked_field(draft, book, "tags"):
        answers["tags"] = tags
    if draft.track and draft.track.needs_school:
        names = (values.affiliation, batch.organisation.name)
        answers["school"] = next((name for name in names if name in book.schools), "")
    return answers


@transaction.atomic
def discard(*, batch: ImportBatch, by: User, at: datetime) -> None:
    """Put a preview aside; what it said of people goes, its file's digest stays."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportState.PREVIEWED:
        raise ImportRefused(
            _("This table has been confirmed; its works are drafts now."),
            code="import_confirmed",
        )
    _empty(batch)
    _log("import.discarded", batch, by=by)


def _empty(batch):
    batch.rows.all().delete()
    batch.state, batch.head = ImportState.DISCARDED, {}
    batch.save(update_fields=["state", "head"])


@transaction.atomic
def discard_forgotten(*, at: datetime) -> int:
    """Put previews aside that nobody came back to: names and numbers are in them."""
    forgotten = ImportBatch.objects.select_for_update(skip_locked=True).filter(
        state=ImportState.PREVIEWED, made_at__lt=at - FORGOTTEN_AFTER
    )
    for batch in forgotten:
        _empty(batch)
    return len(forgotten)


def _log(action, batch, *, by, **more):
    audit.record(
        action,
        by=by,
        target=batch,
        contest=batch.contest,
        organisation=batch.organisation.key,
        sha256=batch.sha256,
        **more,
    )


# --- Finishing the works -----------------------------------------------------
@dataclass(frozen=True)
class Answers:
    """What somebody says of all works of a table at once."""

    declarations: frozenset[str] = frozenset()
    without_ai: bool = False
    authors_are_adults: bool = False
    without_children: bool = False

    def of(self, draft: Submission, book: RuleBook) -> dict:
        """The answers that this draft is asked for and lacks."""
        answers = {}
        if self.without_ai and not draft.ai_use:
            answers["ai_use"] = Submission.AiUse.NONE
        adults = self.authors_are_adults and asked_field(draft, book, "author_age")
        if adults and not draft.author_age:
            answers["author_age"] = Submission.AuthorAge.ADULT
        children = self.without_children and asked_field(draft, book, "shows_children")
        if children and draft.shows_children is None:
            answers["shows_children"] = False
        return answers


def drafts_of(batch: ImportBatch, by: User):
    """The works of a table that this person may still change."""
    return Submission.objects.owned_by(by).filter(
        import_row__batch=batch, state__in=EDITABLE
    )


@transaction.atomic
def answer_for_all(
    *, batch: ImportBatch, answers: Answers, by: User, at: datetime
) -> int:
    """Add declarations and answers to every draft of a table; how many there were."""
    drafts = list(
        drafts_of(batch, by).select_related("contest__current_version", "track")
    )
    for draft in drafts:
        book = draft.rulebook_version.rulebook
        writing = {"submission": draft, "by": by, "at": at}
        update_draft(**writing, **answers.of(draft, book))
        asked = {each.key for each in asked_declarations(draft, book)}
        made = set(draft.declarations.values_list("key", flat=True))
        declare(**writing, keys=made | (answers.declarations & asked))
    return len(drafts)


def match_files(*, batch: ImportBatch, names: list[str], by: User) -> dict:
    """The draft that each file belongs to, by its name; None where nobody can tell."""
    rows = ImportRow.objects.filter(submission__in=drafts_of(batch, by))
    wanted = {}
    for row in rows:
        values = values_of(row)
        wanted[row.submission_id] = Wanted(values.title, tuple(values.files))
    return match(names, wanted)


@dataclass(frozen=True)
class Outcome:
    submission: Submission
    refusal: str = ""


def submit_many(
    *, batch: ImportBatch, chosen: set[int], by: User, at: datetime
) -> list[Outcome]:
    """Hand these works of a table in, each by itself, with what kept it back."""
    outcomes = []
    for draft in drafts_of(batch, by).filter(pk__in=chosen).order_by("import_row"):
        try:
            outcomes.append(Outcome(submit(submission=draft, by=by, at=at)))
        except RuleViolation as violation:
            outcomes.append(Outcome(draft, str(violation.message)))
    return outcomes
