"""Nothing is kept that the rule book does not ask of the work as it is handed in."""

from submissions.asked import (
    COLUMNS,
    asked_field,
    asked_links,
    asked_proofs,
    is_asked,
    needs_guardian,
)
from submissions.models import Submission
from submissions.services.proofs import discard, proofs_of


def drop_unasked(submission: Submission) -> None:
    """Forget answers and papers that this category and track do not ask for."""
    book = submission.rulebook_version.rulebook
    for column in _unasked_columns(submission, book):
        setattr(submission, column, Submission._meta.get_field(column).get_default())
    submission.save(update_fields=[*_ANSWERS, "ai_note"])
    if asked_field(submission, book, "author_roles") is None:
        submission.authors.exclude(role="").update(role="")
    if asked_field(submission, book, "captions") is None:
        submission.media_files.exclude(caption="").update(caption="")
    if asked_links(submission, book) is None:
        submission.links.all().delete()
    _drop_papers(submission, book)


_ANSWERS = [*(each for columns in COLUMNS.values() for each in columns), "school"]


def _unasked_columns(submission, book):
    yield from (each for each in _ANSWERS if not is_asked(submission, book, each))
    if submission.entrant == Submission.Entrant.PERSON:
        yield from (*COLUMNS["organisation"], *COLUMNS["organisation_code"])
    if submission.ai_use == Submission.AiUse.NONE:
        yield "ai_note"


def _drop_papers(submission, book):
    """The guardian's too, once no guardian needs to consent any more."""
    wanted = {proof.key for proof in asked_proofs(submission, book)}
    if book.guardian and not needs_guardian(submission, book):
        wanted.discard(book.guardian.proof)
        submission.declarations.filter(key=book.guardian.statement).delete()
    for attachment in proofs_of(submission).exclude(proof_key__in=wanted):
        discard(attachment)
