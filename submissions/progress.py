"""How far the work on files is: their checks, who waits before them, their conversions.

One account, told by pages and by the API alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from submissions.conversion_lines import ConversionLine, line_of
from submissions.media.jobs.figures import ahead_of
from submissions.models import MediaFile
from submissions.states import InspectionState


@dataclass(frozen=True)
class Progress:
    media_file: MediaFile
    ahead: int | None  # files before it in its queue, about, while it waits

    @property
    def share_done(self) -> float:
        return self.media_file.inspection.share_done

    @property
    def percent(self) -> int | None:
        """How far its check is, once there is anything to tell."""
        inspection = self.media_file.inspection
        if inspection.state != InspectionState.RUNNING or not self.share_done:
            return None
        return int(100 * self.share_done)

    @property
    def conversion(self) -> ConversionLine | None:
        return line_of(self.media_file)


def progress_of(files: Iterable[MediaFile]) -> list[Progress]:
    """Of each file, in order; by one query beside what was loaded, if any waits."""
    files = list(files)
    ahead = ahead_of([file.inspection for file in files])
    return [Progress(file, ahead.get(file.inspection.pk)) for file in files]
