"""Papers beside a work: proof of rights, of studies, of a guardian's consent."""

import hashlib
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contests.errors import RuleViolation
from contests.rulebook import Proof
from submissions.asked import asked_proofs
from submissions.filenames import plain_name
from submissions.media.codes import Code
from submissions.media.messages import render
from submissions.media.papers import UnfitPaper, check_paper
from submissions.models import Attachment, Submission
from submissions.services.drafts import NotAsked, require_editable

PROOF_MAX_MB = 20  # the portal's own figure
MEGABYTE = 1024 * 1024


class ProofRefused(RuleViolation):
    code = "proof_refused"


@transaction.atomic
def add_proof(
    *,
    submission: Submission,
    proof_key: str,
    file: File,
    by: User,
    at: datetime,
    token: UUID | None = None,
) -> Attachment:
    """Keep one paper of a kind the rule book asks for; told by content, never by name.

    `file` is anything with a name and a size that can be read from its beginning.
    `token` becomes the paper's address, where the caller needs to know it before.
    """
    require_editable(submission, by=by)
    proof = _asked(submission, proof_key)
    standing = proofs_of(submission).filter(proof_key=proof.key)
    return keep_paper(
        Attachment(
            submission=submission,
            token=token or uuid4(),
            purpose=Attachment.Purpose.PROOF,
            proof_key=proof.key,
            uploaded_by=by,
            uploaded_at=at,
        ),
        file,
        among=standing,
        max_files=proof.max_files,
    )


def keep_paper(
    attachment: Attachment, file: File, *, among: QuerySet, max_files: int
) -> Attachment:
    """Look at a paper and keep it as `attachment`; one that is there already is it."""
    content = _content_of(file)
    digest = hashlib.sha256(content).hexdigest()
    if (same := among.filter(sha256=digest).first()) is not None:
        return same
    if among.count() >= max_files:
        raise _refusal(Code.FRM_PROOF_MANY, limit=max_files)
    attachment.original_name = plain_name(file.name or "")
    attachment.size_bytes = len(content)
    attachment.sha256 = digest
    attachment.content_type = _type_of(content)
    _store(attachment, content)
    return attachment


def check_announced(
    *, submission: Submission, proof_key: str, size_bytes: int, by: User
) -> None:
    """Refuse what can be told of a paper before its first byte."""
    require_editable(submission, by=by)
    proof = _asked(submission, proof_key)
    _check_size(size_bytes)
    if proofs_of(submission).filter(proof_key=proof.key).count() >= proof.max_files:
        raise _refusal(Code.FRM_PROOF_MANY, limit=proof.max_files)


def _asked(submission, proof_key) -> Proof:
    book = submission.rulebook_version.rulebook
    for proof in asked_proofs(submission, book):
        if proof.key == proof_key:
            return proof
    raise NotAsked(_("This contest does not ask for such a paper, so it is not kept."))


def _content_of(file) -> bytes:
    _check_size(file.size)
    file.seek(0)
    return file.read()


def _check_size(size_bytes):
    if size_bytes == 0:
        raise _refusal(Code.FRM_FILE_EMPTY)
    if size_bytes > PROOF_MAX_MB * MEGABYTE:
        raise _refusal(Code.FRM_FILE_LARGE, limit=PROOF_MAX_MB)


def _type_of(content) -> str:
    try:
        return check_paper(content)
    except UnfitPaper as unfit:
        raise _refusal(unfit.code, **unfit.params) from unfit


def _refusal(code, **params):
    return ProofRefused(render(code, params), code=code)


def _store(attachment, content):
    """The bytes first, then the row; when the row fails, the bytes go again."""
    attachment.file.save(attachment.original_name, ContentFile(content), save=False)
    try:
        with transaction.atomic():
            attachment.save()
    except Exception:
        attachment.file.delete(save=False)
        raise


def proofs_of(submission: Submission):
    return submission.attachments.filter(purpose=Attachment.Purpose.PROOF)


@transaction.atomic
def remove_proof(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Take a paper away; its bytes go once this commits."""
    require_editable(attachment.submission, by=by)
    discard(attachment)


def discard(attachment: Attachment) -> None:
    """Delete a paper's row now and its bytes once this commits."""
    stored = attachment.file
    attachment.delete()
    transaction.on_commit(partial(stored.storage.delete, stored.name))
