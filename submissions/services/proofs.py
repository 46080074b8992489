"""Papers beside a work: proof of rights, of studies, of a guardian's consent."""

import hashlib
from dataclasses import dataclass
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
from submissions.media.papers import check_paper
from submissions.models import Attachment, Submission
from submissions.services.drafts import NotAsked, require_editable
from submissions.services.unfit_papers import refused_as

PROOF_MAX_MB = 20  # the portal's own figure
MEGABYTE = 1024 * 1024


class ProofRefused(RuleViolation):
    code = "proof_refused"


@dataclass(frozen=True)
class Paper:
    """A file somebody sent as a paper, looked at and found to be one."""

    name: str
    content: bytes
    content_type: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def add_proof(
    *, submission: Submission, proof_key: str, file: File, by: User, at: datetime
) -> Attachment:
    """Keep one paper of a kind the rule book asks for; told by content, never by name.

    `file` is anything with a name and a size that can be read from its beginning.
    """
    _require_wanted(submission, proof_key, by=by)
    paper = look_at(file, about=submission, by=by, at=at)
    return keep_proof(
        submission=submission, proof_key=proof_key, paper=paper, by=by, at=at
    )


@transaction.atomic
def _require_wanted(submission, proof_key, *, by) -> Proof:
    require_editable(submission, by=by)
    return _asked(submission, proof_key)


def look_at(file: File, *, about: Submission, by: User, at: datetime) -> Paper:
    """Refuse what is no paper; takes some time, so nothing may be locked meanwhile."""
    content = _content_of(file)
    name = plain_name(file.name or "")
    with refused_as(ProofRefused, about=about, name=name, by=by, at=at):
        return Paper(name, content, check_paper(content))


@transaction.atomic
def keep_proof(
    *,
    submission: Submission,
    proof_key: str,
    paper: Paper,
    by: User,
    at: datetime,
    token: UUID | None = None,
) -> Attachment:
    """Keep what was looked at. `token` becomes the paper's address, where the caller
    needs to know it before."""
    proof = _require_wanted(submission, proof_key, by=by)
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
        paper,
        among=standing,
        max_files=proof.max_files,
    )


def keep_paper(
    attachment: Attachment, paper: Paper, *, among: QuerySet, max_files: int
) -> Attachment:
    """Keep a paper as `attachment`; one that is there already is it."""
    digest = paper.sha256
    if (same := among.filter(sha256=digest).first()) is not None:
        return same
    if among.count() >= max_files:
        raise _refusal(Code.FRM_PROOF_MANY, limit=max_files)
    attachment.original_name = paper.name
    attachment.size_bytes = len(paper.content)
    attachment.sha256 = digest
    attachment.content_type = paper.content_type
    _store(attachment, paper.content)
    return attachment


def check_announced(
    *, submission: Submission, proof_key: str, size_bytes: int, by: User
) -> None:
    """Refuse what can be told of a paper before its first byte."""
    proof = _require_wanted(submission, proof_key, by=by)
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
