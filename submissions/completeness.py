"""What a draft still lacks before it can be handed in."""

from collections.abc import Iterator
from dataclasses import dataclass

from contests.rulebook import Declaration, RuleBook
from submissions.media.codes import Code
from submissions.media.messages import render
from submissions.media.rules.sets import check_count
from submissions.models import Submission
from submissions.states import Severity, Verdict


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
        *_story_gaps(submission),
        *_rights_gaps(submission, book),
    ]


def _gap(code: Code, step: str) -> Gap:
    return Gap(code, step, render(code, {}))


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
    files = list(submission.media_files.select_related("inspection"))
    for finding in check_count(len(files), book.category(submission.category.key)):
        if finding.severity == Severity.ERROR:
            yield Gap(finding.code, "files", finding.message)
    if any(file.inspection.verdict == Verdict.FAILED for file in files):
        yield _gap(Code.SET_FILE_FAILED, "files")
    if _handed_in_before(submission, files):
        yield _gap(Code.SET_FILE_TWICE, "files")


def _handed_in_before(submission, files):
    """Whether the same author has one of these very files in another live work."""
    return (
        Submission.objects.live()
        .filter(
            author=submission.author,
            media_files__sha256__in=[file.sha256 for file in files],
        )
        .exclude(pk=submission.pk)
        .exists()
    )


def _story_gaps(submission) -> Iterator[Gap]:
    names_organisation = submission.organisation_id or submission.organisation_name
    for code, is_missing in (
        (Code.FRM_TITLE_MISSING, not submission.title),
        (Code.FRM_ENTRANT_MISSING, not submission.entrant_name),
        (
            Code.FRM_ORGANISATION_MISSING,
            submission.entrant == Submission.Entrant.ORGANISATION
            and not names_organisation,
        ),
        (Code.FRM_AUTHORS_MISSING, not submission.authors.exists()),
        (
            Code.FRM_SCHOOL_MISSING,
            submission.track is not None
            and submission.track.needs_school
            and not submission.school,
        ),
        (Code.FRM_AI_MISSING, not submission.ai_use),
    ):
        if is_missing:
            yield _gap(code, "story")


def _rights_gaps(submission, book: RuleBook) -> Iterator[Gap]:
    made = {(tick.key, tick.version) for tick in submission.declarations.all()}
    for declaration in asked_declarations(submission, book):
        is_made = (declaration.key, declaration.version) in made
        if declaration.required and not is_made:
            yield Gap(Code.FRM_DECLARATION_MISSING, "rights", declaration.label)


def asked_declarations(submission: Submission, book: RuleBook) -> list[Declaration]:
    """What a work of its category and track is asked to declare."""
    category = submission.category.key if submission.category else None
    track = submission.track.key if submission.track else None
    return [
        declaration
        for declaration in book.declarations
        if declaration.moment == "submission"
        and declaration.concerns(category=category, track=track)
    ]
