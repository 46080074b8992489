"""What the owner of a film reads of its conversion, and what can be done about it."""

from dataclasses import dataclass

from submissions.media.films.playable import sentences
from submissions.models import Conversion, MediaFile
from submissions.states import JOBS_TO_DO, ConversionState


@dataclass(frozen=True)
class ConversionLine:
    media_file: MediaFile
    state: ConversionState
    share_done: float

    @property
    def percent(self) -> int:
        return int(100 * self.share_done)

    @property
    def reasons(self) -> list[str]:
        return sentences(self.media_file.conversion.reasons)

    @property
    def is_under_way(self) -> bool:
        return self.state in JOBS_TO_DO

    @property
    def is_running(self) -> bool:
        return self.state == ConversionState.RUNNING

    @property
    def is_stopped(self) -> bool:
        return self.state == ConversionState.CANCELLED

    @property
    def is_errored(self) -> bool:
        """Our fault, not the film's."""
        return self.state == ConversionState.ERRORED

    @property
    def can_stop(self) -> bool:
        return self.is_under_way and self.media_file.submission.is_editable

    @property
    def can_begin(self) -> bool:
        """What failed on our side is begun again by staff, who can see why."""
        return self.is_stopped

    @property
    def author_id(self) -> int:
        return self.media_file.submission.author_id


def line_of(media_file: MediaFile) -> ConversionLine | None:
    """None where there is nothing to tell: the smaller copies of a picture are nobody's
    concern."""
    try:
        row = media_file.conversion
    except Conversion.DoesNotExist:
        return None
    if not row.reasons:
        return None
    return ConversionLine(
        media_file=media_file,
        state=ConversionState(row.state),
        share_done=row.share_done,
    )
