"""A file of a work as a card: what it is, how far its check is, what was found."""

from dataclasses import dataclass, replace

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from submissions.allowances import category_for
from submissions.conversion_lines import ConversionLine
from submissions.copies import cover_url
from submissions.measured import measured_rows
from submissions.media.codes import Code
from submissions.media.humanise import duration, pixels
from submissions.models import Finding, MediaFile, Submission, Waiver
from submissions.progress import Progress, progress_of
from submissions.rule_items import RuleItem, finding_item
from submissions.services.files import MEGABYTE
from submissions.states import JOBS_TO_DO, InspectionState, Severity, Verdict

ACCEPTED_TYPES = {"mp4": "video/mp4,.mp4,.m4v", "jpeg": "image/jpeg,.jpg,.jpeg"}
SEVERITIES = [Severity.ERROR, Severity.WARNING, Severity.INFO]
WAIVERS = {Code.IMG_AIGC_LABELLED: Waiver.Kind.LABEL}  # of any other code: a length


@dataclass(frozen=True)
class FileCard:
    media_file: MediaFile
    number: int
    count: int
    facts: str
    thumb: str
    state: str
    label: str
    findings: list[RuleItem]
    progress: Progress

    @classmethod
    def all_of(cls, submission: Submission) -> list["FileCard"]:
        files = list(
            submission.media_files.select_related(
                "inspection", "conversion"
            ).prefetch_related("inspection__findings", "derivatives")
        )
        return [
            cls._of(progress, number=number, count=len(files))
            for number, progress in enumerate(progress_of(files), start=1)
        ]

    @classmethod
    def _of(cls, progress, *, number, count):
        media_file = progress.media_file
        inspection = media_file.inspection
        is_done = inspection.state == InspectionState.FINISHED
        return cls(
            media_file=media_file,
            number=number,
            count=count,
            facts=_facts(media_file),
            thumb=cover_url(media_file),
            state=inspection.verdict if is_done else inspection.state,
            label=(
                inspection.get_verdict_display()
                if is_done
                else inspection.get_state_display()
            ),
            findings=[
                _with_way_out(finding_item(each), each, media_file.submission)
                for each in worst_first(inspection.findings.all())
            ],
            progress=progress,
        )

    @property
    def media(self) -> str:
        return self.media_file.inspection.facts.get("kind", "")

    @property
    def measured(self) -> list[tuple[str, str]]:
        return measured_rows(self.media_file.inspection.facts)

    @property
    def conversion(self) -> ConversionLine | None:
        return self.progress.conversion

    @property
    def is_running(self) -> bool:
        return self.state in JOBS_TO_DO

    @property
    def has_faults(self) -> bool:
        return self.state == Verdict.FAILED

    @property
    def is_errored(self) -> bool:
        """Our fault, not the file's."""
        return self.state == InspectionState.ERRORED

    @property
    def earlier(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def later(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


def stand_of(cards: list[FileCard]) -> dict[str, bool]:
    """What the line above all files says of them."""
    return {
        "is_running": any(card.is_running for card in cards),
        "has_faults": any(card.has_faults for card in cards),
    }


def worst_first(findings) -> list[Finding]:
    """What keeps a file out stands above what is only advised."""
    return sorted(findings, key=lambda each: SEVERITIES.index(each.severity))


def _with_way_out(item, finding, submission):
    """What may be waived leads to the committee, beside the sentence."""
    if finding.params.get("variant") != "waiver" or not submission.is_editable:
        return item
    kind = WAIVERS.get(finding.code, Waiver.Kind.DURATION)
    return replace(
        item,
        url=reverse("submissions:ask-waiver", args=[submission.pk, kind]),
        link=_("Tell the organisers first"),
    )


def _facts(media_file):
    facts = media_file.inspection.facts
    parts = [filesizeformat(media_file.size_bytes)]
    if facts.get("display_width_px") and facts.get("display_height_px"):
        parts.append(pixels((facts["display_width_px"], facts["display_height_px"])))
    if facts.get("duration_s"):
        parts.append(duration(facts["duration_s"]))
    return " · ".join(parts)


def upload_rules(submission: Submission, *, count: int) -> dict | None:
    """What the browser needs to offer the choice of files; None where none belongs."""
    if submission.category is None:
        return None
    book = submission.rulebook_version.rulebook
    limits = category_for(submission, book).limits
    if not limits.takes_files:
        return None
    return {
        "accept": ACCEPTED_TYPES[limits.format.container],
        "slots": max(limits.count.max - count, 0),
        "max_files": limits.count.max,
        "max_bytes": book.defaults.max_file_mb * MEGABYTE,
    }
