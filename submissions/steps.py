"""The wizard's five steps: their order, their words, and how far a draft has come."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from submissions.completeness import Gap
from submissions.models import Submission

STEPS = {
    "track": gettext_lazy("Choose unit and track"),
    "files": gettext_lazy("Upload the work"),
    "story": gettext_lazy("Tell its story"),
    "rights": gettext_lazy("Copyright and portraits"),
    "check": gettext_lazy("Check and hand in"),
}
ORDER = list(STEPS)


@dataclass(frozen=True)
class StepLine:
    """One line of the step list, as components/step_list.html takes it."""

    label: str
    hint: str
    state: str  # done, now or todo
    url: str


def next_step(step: str) -> str | None:
    at = ORDER.index(step) + 1
    return ORDER[at] if at < len(ORDER) else None


def previous_step(step: str) -> str | None:
    at = ORDER.index(step) - 1
    return ORDER[at] if at >= 0 else None


def step_url(submission: Submission, step: str) -> str:
    return reverse("submissions:wizard", args=[submission.pk, step])


def step_lines(submission: Submission, *, now: str, gaps: list[Gap]) -> list[StepLine]:
    """All steps; one is done when nothing of it is missing."""
    lacking = {gap.step for gap in gaps} | {"check"}
    if submission.category is None:
        lacking.add("files")  # only the category says what belongs there
    hints = _hints(submission)
    return [
        StepLine(
            label=label,
            hint=hints.get(step, ""),
            state=_state(step, now, lacking),
            url=step_url(submission, step),
        )
        for step, label in STEPS.items()
    ]


def _state(step, now, lacking):
    if step == now:
        return "now"
    return "todo" if step in lacking else "done"


def _hints(submission) -> dict[str, str]:
    chosen = (submission.unit, submission.track, submission.category)
    return {
        "track": " · ".join(part.name for part in chosen if part),
        "files": _hint_of_files(submission),
        "story": submission.title or _("Title, story, place"),
        "rights": _("To be confirmed one by one"),
    }


def _hint_of_files(submission) -> str:
    if links := submission.links.count():
        words = ngettext("%(count)s address", "%(count)s addresses", links)
        return words % {"count": links}
    if files := submission.media_files.count():
        return ngettext("%(count)s file", "%(count)s files", files) % {"count": files}
    return ""
