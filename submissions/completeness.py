"""What a draft still lacks before it can be handed in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from contests.rulebook import RuleBook
from submissions.asked import (
    EMPTY,
    asked_declarations,
    asked_field,
    asked_links,
    asked_proofs,
    asks_for_school,
    guardian_consents,
    has_proof,
    is_guardians,
    needs_guardian,
)
from submissions.media.codes import Code
from submissions.media.messages import render
from submissions.media.rules.sets import check_count
from submissions.models import MediaFile, Submission, WorkLink
from submissions.states import LIVE, Severity, Verdict

CODES_OF_STORY = {
    "story": Code.FRM_STORY_MISSING,
    "text_summary": Code.FRM_SUMMARY_MISSING,
    "genre": Code.FRM_GENRE_MISSING,
    "shot_on": Code.FRM_DATE_MISSING,
    "shot_place": Code.FRM_PLACE_MISSING,
    "tags": Code.FRM_TAG_MISSING,
}
CODES_OF_ORGANISATION = {"organisation_code": Code.FRM_CODE_MISSING}
CODES_OF_MINORS = {
    "author_age": Code.FRM_AGE_MISSING,
    "shows_children": Code.FRM_CHILDREN_MISSING,
}


PREFETCHED = "_prefetched_objects_cache"  # of every Django row
LINKED_BEFORE, FILED_BEFORE = "is_linked_before", "is_filed_before"


@dataclass(frozen=True)
class Gap:
    """Something missing or wrong, and the step of the wizard that mends it."""

    code: Code
    step: str
    message: str


def missing_for_submit(submission: Submission) -> list[Gap]:
    """Every gap, in the order of the wizard's steps; empty when all is there."""
    book = submission.rulebook_version.rulebook
    return [
        *_choice_gaps(submission),
        *_file_gaps(submission, book),
        *_link_gaps(submission, book),
        *_story_gaps(submission, book),
        *_rights_gaps(submission, book),
    ]


def prepared(works: QuerySet) -> QuerySet:
    """Works whose gaps then take no query each: for a page that shows many."""
    links = WorkLink.objects.filter(submission=OuterRef(OuterRef("pk"))).values("url")
    files = MediaFile.objects.filter(submission=OuterRef(OuterRef("pk"))).values(
        "sha256"
    )
    return (
        works.select_related("unit", "track", "category")
        .prefetch_related(
            "rulebook_version",
            "media_files__inspection",
            "uploads",
            "links",
            "authors",
            "declarations",
            "attachments",
        )
        .annotate(
            **{
                LINKED_BEFORE: _stands_elsewhere(WorkLink, url__in=links),
                FILED_BEFORE: _stands_elsewhere(MediaFile, sha256__in=files),
            }
        )
    )


def _stands_elsewhere(model, **same):
    """In another live work of the same author."""
    return Exists(
        model.objects.filter(
            submission__author=OuterRef("author"), submission__state__in=LIVE, **same
        ).exclude(submission=OuterRef("pk"))
    )


def _gap(code: Code, step: str, **params) -> Gap:
    return Gap(code, step, render(code, params))


def _choice_gaps(submission) -> Iterator[Gap]:
    if submission.unit is None:
        yield _gap(Code.FRM_UNIT_MISSING, "track")
    if submission.track is None:
        yield _gap(Code.FRM_TRACK_MISSING, "track")
    if submission.category is None:
        yield _gap(Code.FRM_CATEGORY_MISSING, "track")


def _file_gaps(submission, book: RuleBook) -> Iterator[Gap]:
    if submission.category is None:
        return
    files = _files_of(submission)
    for finding in check_count(len(files), book.category(submission.category.key)):
        if finding.severity == Severity.ERROR:
            yield Gap(finding.code, "files", finding.message)
    if any(upload.is_under_way for upload in submission.uploads.all()):
        yield _gap(Code.SET_FILE_COMING, "files")
    if any(file.inspection.verdict == Verdict.FAILED for file in files):
        yield _gap(Code.SET_FILE_FAILED, "files")
    captions = asked_field(submission, book, "captions")
    if captions and captions.required and not all(file.caption for file in files):
        yield _gap(Code.FRM_CAPTION_MISSING, "files")
    if _handed_in_before(submission, files):
        yield _gap(Code.SET_FILE_TWICE, "files")


def _files_of(submission):
    """With their checks; of a work that `prepared` brought, without a query."""
    files = submission.media_files.all()
    is_prepared = "media_files" in getattr(submission, PREFETCHED, ())
    return list(files if is_prepared else files.select_related("inspection"))


def _link_gaps(submission, book):
    limit = asked_links(submission, book)
    if limit is None:
        return
    links = list(submission.links.all())
    if len(links) < limit.min:
        yield _gap(Code.LNK_COUNT_FEW, "files", limit=limit.min)
    elif len(links) > limit.max:
        yield _gap(Code.LNK_COUNT_MANY, "files", limit=limit.max)
    if not all(limit.takes(link.url) for link in links):
        yield _gap(Code.LNK_ADDRESS_OTHER, "files", site=limit.site)
    if _linked_before(submission, links):
        yield _gap(Code.LNK_ADDRESS_KNOWN, "files")


def _linked_before(submission, links):
    """Whether the same author has one of these addresses in another live work."""
    known = getattr(submission, LINKED_BEFORE, None)
    if known is not None or not links:
        return bool(known)
    return (
        Submission.objects.live()
        .filter(author=submission.author, links__url__in=[link.url for link in links])
        .exclude(pk=submission.pk)
        .exists()
    )


def _handed_in_before(submission, files):
    """Whether the same author has one of these very files in another live work."""
    known = getattr(submission, FILED_BEFORE, None)
    if known is not None or not files:
        return bool(known)
    return (
        Submission.objects.live()
        .filter(
            author=submission.author,
            media_files__sha256__in=[file.sha256 for file in files],
        )
        .exclude(pk=submission.pk)
        .exists()
    )


def _story_gaps(submission, book: RuleBook) -> Iterator[Gap]:
    for code, is_missing in (
        (Code.FRM_TITLE_MISSING, not submission.title),
        (Code.FRM_ENTRANT_MISSING, not submission.entrant_name),
        *_organisation_gaps(submission, book),
        *_unanswered(submission, book, CODES_OF_STORY),
        *_credit_gaps(submission, book),
        *_ai_gaps(submission, book),
    ):
        if is_missing:
            yield _gap(code, "story")


def _organisation_gaps(submission, book):
    if submission.entrant == Submission.Entrant.ORGANISATION:
        named = submission.organisation_id or submission.organisation_name
        yield Code.FRM_ORGANISATION_MISSING, not named
        yield from _unanswered(submission, book, CODES_OF_ORGANISATION)


def _unanswered(submission, book, codes):
    """(code, whether it is missing) of each field the book requires of this work."""
    for key, code in codes.items():
        field = asked_field(submission, book, key)
        if field is not None and field.required:
            yield code, getattr(submission, key) in EMPTY


def _credit_gaps(submission, book):
    authors = list(submission.authors.all())
    roles = asked_field(submission, book, "author_roles")
    yield Code.FRM_AUTHORS_MISSING, not authors
    if roles is not None and roles.required:
        yield Code.FRM_ROLE_MISSING, any(not author.role for author in authors)


def _ai_gaps(submission, book):
    uses_ai = submission.ai_use in {
        Submission.AiUse.PARTLY,
        Submission.AiUse.WHOLLY,
    }
    yield Code.FRM_AI_MISSING, not submission.ai_use
    yield Code.FRM_AI_UNEXPLAINED, uses_ai and not submission.ai_note
    if submission.category is not None:
        category = book.category(submission.category.key)
        yield Code.FRM_AI_BARRED, uses_ai and category.generated == "barred"


def _rights_gaps(submission, book: RuleBook) -> Iterator[Gap]:
    made = {(tick.key, tick.version) for tick in submission.declarations.all()}
    for declaration in asked_declarations(submission, book):
        is_made = (declaration.key, declaration.version) in made
        if declaration.required and not is_made:
            yield Gap(Code.FRM_DECLARATION_MISSING, "rights", declaration.label)
    for code, is_missing in _unanswered(submission, book, CODES_OF_MINORS):
        if is_missing:
            yield _gap(code, "rights")
    if needs_guardian(submission, book) and not guardian_consents(submission, book):
        yield _gap(Code.FRM_GUARDIAN_MISSING, "rights")
    if asks_for_school(submission) and not submission.school:
        yield _gap(Code.FRM_SCHOOL_MISSING, "rights")
    yield from _proof_gaps(submission, book)


def _proof_gaps(submission, book):
    """Papers the book requires; the guardian's may also be a signed statement."""
    for proof in asked_proofs(submission, book):
        is_needed = proof.required and not is_guardians(proof, book)
        if is_needed and not has_proof(submission, proof.key):
            yield _gap(Code.FRM_PROOF_MISSING, "rights", paper=proof.label)
