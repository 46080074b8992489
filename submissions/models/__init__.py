"""The rows of submissions, by what they are about."""

from submissions.models.drafts import DraftCheck
from submissions.models.fingerprints import (
    FilmPrint,
    HashBand,
    Likeness,
    LikenessRuling,
    PictureHash,
    SoundWord,
)
from submissions.models.imports import ImportBatch, ImportRow
from submissions.models.media import (
    Conversion,
    Derivative,
    Finding,
    Inspection,
    MediaFile,
    derivative_path,
    original_path,
)
from submissions.models.receipts import Receipt
from submissions.models.rights import (
    Attachment,
    Declaration,
    WinnerForm,
    attachment_path,
)
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
    "Conversion",
    "Declaration",
    "Derivative",
    "DraftCheck",
    "FilmPrint",
    "Finding",
    "HashBand",
    "ImportBatch",
    "ImportRow",
    "Inspection",
    "Likeness",
    "LikenessRuling",
    "MediaFile",
    "NumberSequence",
    "OriginalRequest",
    "PictureHash",
    "Receipt",
    "Screening",
    "ScreeningClaim",
    "SoundWord",
    "Submission",
    "SubmissionAuthor",
    "SubmissionEvent",
    "Upload",
    "Waiver",
    "WinnerForm",
    "WorkLink",
    "attachment_path",
    "derivative_path",
    "original_path",
]
