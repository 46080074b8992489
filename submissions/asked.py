"""What the rule book asks of one work: of its category, its track and its answers.

The forms show, the services take and hand-in requires exactly this. An answer that
another category no longer asks for stays until the work is handed in, so that choosing
the first category again loses nothing; `drop_unasked` then forgets it.
"""

from contests.rulebook import Declaration, EntryField, LinkLimit, Proof, RuleBook
from submissions.models import Attachment, Submission

# Columns of a submission that hold the answer to a field of the rule book.
COLUMNS = {
    "story": ["story"],
    "text_summary": ["text_summary"],
    "genre": ["genre"],
    "shot_on": ["shot_on"],
    "shot_place": ["shot_place"],
    "organisation": ["organisation", "organisation_name"],
    "organisation_code": ["organisation_code"],
    "tags": ["tags"],
    "author_age": ["author_age"],
    "shows_children": ["shows_children"],
}
FIELD_OF_COLUMN = {
    column: field for field, columns in COLUMNS.items() for column in columns
}
EMPTY = (None, "", [])
AGES_BELOW = {
    14: {Submission.AuthorAge.UNDER_14},
    18: {Submission.AuthorAge.UNDER_14, Submission.AuthorAge.UNDER_18},
}


def _place(submission) -> dict[str, str | None]:
    return {
        "category": submission.category.key if submission.category else None,
        "track": submission.track.key if submission.track else None,
    }


def asked_field(submission: Submission, book: RuleBook, key: str) -> EntryField | None:
    """The question as this work is asked it; None when it is not."""
    return book.asked_field(key, **_place(submission))


def asked_links(submission: Submission, book: RuleBook) -> LinkLimit | None:
    """Which addresses a work of its category is handed in by; None where by none."""
    if submission.category is None:
        return None
    return book.category(submission.category.key).limits.links


def asks_for_school(submission: Submission) -> bool:
    return submission.track is not None and submission.track.needs_school


def asked_declarations(submission: Submission, book: RuleBook) -> list[Declaration]:
    """What a work of its category and track is asked to declare."""
    return [
        declaration
        for declaration in book.declarations
        if declaration.moment == "submission"
        and declaration.concerns(**_place(submission))
    ]


def asked_proofs(submission: Submission, book: RuleBook) -> list[Proof]:
    """The papers that may be added; the guardian's wherever minors are asked about."""
    return [proof for proof in book.proofs if proof.concerns(**_place(submission))]


def is_guardians(proof: Proof, book: RuleBook) -> bool:
    return book.guardian is not None and proof.key == book.guardian.proof


def needs_guardian(submission: Submission, book: RuleBook) -> bool:
    """Whether an author, or a child shown, is so young that a guardian consents."""
    if book.guardian is None:
        return False
    is_young = submission.author_age in AGES_BELOW[book.guardian.author_under]
    asks_age = asked_field(submission, book, "author_age") is not None
    asks_children = asked_field(submission, book, "shows_children") is not None
    return (asks_age and is_young) or (
        asks_children and bool(submission.shows_children)
    )


def guardian_consents(submission: Submission, book: RuleBook) -> bool:
    """Whether the paper is there, or the statement is signed in its present text."""
    statement = book.declaration(book.guardian.statement)
    is_signed = statement and any(
        made.signed_by
        for made in submission.declarations.all()
        if (made.key, made.version) == (statement.key, statement.version)
    )
    return bool(is_signed) or has_proof(submission, book.guardian.proof)


def has_proof(submission: Submission, key: str) -> bool:
    return any(
        paper.purpose == Attachment.Purpose.PROOF and paper.proof_key == key
        for paper in submission.attachments.all()
    )


def is_asked(submission: Submission, book: RuleBook, column: str) -> bool:
    """Whether a column may hold something; those of every work always may."""
    if column == "school":
        return asks_for_school(submission)
    field = FIELD_OF_COLUMN.get(column)
    return field is None or asked_field(submission, book, field) is not None
