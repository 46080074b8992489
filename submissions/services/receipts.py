"""Receipts: what was handed in, signed, in the same transaction."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.utils import timezone

from submissions.models import Receipt, Submission
from submissions.signing import sign

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that reads like another
CODE_LENGTH = 20
FORMAT = 1


def issue_receipt(*, submission: Submission, at: datetime) -> Receipt:
    """Sign what stands in the work now; runs in the transaction that hands it in."""
    code = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
    document = receipt_document(submission, code=code, at=at)
    return Receipt.objects.create(
        submission=submission,
        cycle=submission.cycle,
        code=code,
        document=document,
        signature=sign(document),
        issued_at=at,
    )


def receipt_document(submission: Submission, *, code: str, at: datetime) -> dict:
    """What a receipt says: nothing in it names a person.

    Everybody with the code can read it, so title, captions and file names stay out, and
    a link, which may lead to its author's page, is there as its SHA-256.
    """
    return {
        "format": FORMAT,
        "code": code,
        "contest": submission.contest.key,
        "number": submission.number,
        "handing_in": submission.cycle,
        "handed_in_at": timezone.localtime(at).isoformat(timespec="seconds"),
        "unit": submission.unit.name,
        "track": submission.track.name,
        "category": submission.category.name,
        "files": [
            {
                "position": position,
                "size_bytes": file.size_bytes,
                "sha256": file.sha256,
            }
            for position, file in enumerate(submission.media_files.all(), start=1)
        ],
        "links": [
            sha256(link.url.encode()).hexdigest() for link in submission.links.all()
        ],
        "rulebook": submission.rulebook_version.digest,
    }
