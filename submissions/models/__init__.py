"""The rows of submissions, by what they are about."""

from submissions.models.drafts import DraftCheck
from submissions.models.media import (
    Derivative,
    Finding,
    Inspection,
    MediaFile,
    derivative_path,
    original_path,
)
from submissions.models.receipts import Receipt
from submissions.models.rights import Attachment, Declaration, attachment_path
from submissions.models.screening import OriginalRequest, Screening, ScreeningClaim
from submissions.models.uploads import Upload
from submissions.models.waivers import Waiver
from submissions.models.works import (
    NumberSequence,
    Submission,
    SubmissionAuthor,
    SubmissionEvent,
    WorkLink,
)

__all__ = [
    "Attachment",
    "Declaration",
    "Derivative",
    "DraftCheck",
    "Finding",
    "Inspection",
    "MediaFile",
    "NumberSequence",
    "OriginalRequest",
    "Receipt",
    "Screening",
    "ScreeningClaim",
    "Submission",
    "SubmissionAuthor",
    "SubmissionEvent",
    "Upload",
    "Waiver",
    "WorkLink",
    "attachment_path",
    "derivative_path",
    "original_path",
]
