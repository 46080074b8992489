"""What happened to a work, and what comes next, in sentences."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contests.rulebook import RuleBook
from submissions.models import Submission, SubmissionEvent
from submissions.moments import day_words, deadline_words
from submissions.states import LIVE, State

SENTENCES = {
    (State.DRAFT, State.SUBMITTED): gettext_lazy("The work was handed in."),
    (State.RETURNED, State.SUBMITTED): gettext_lazy(
        "The corrected work was handed in again."
    ),
    (State.SUBMITTED, State.SCREENING): gettext_lazy(
        "All files were checked; screening began."
    ),
    (State.SUBMITTED, State.DRAFT): gettext_lazy(
        "The author took it back to change something."
    ),
    (State.SUBMITTED, State.RETURNED): gettext_lazy(
        "A file did not meet the rules; the work came back for correction."
    ),
    (State.SCREENING, State.RETURNED): gettext_lazy(
        "The reviewers sent it back for correction."
    ),
    (State.SCREENING, State.ACCEPTED): gettext_lazy(
        "It passed both screenings and is shown to the public."
    ),
    (State.SCREENING, State.REJECTED): gettext_lazy("It was not admitted."),
    (State.ACCEPTED, State.DISQUALIFIED): gettext_lazy(
        "The committee took it out of the contest."
    ),
}
WITHDRAWN = gettext_lazy("The author withdrew it.")


@dataclass(frozen=True)
class Line:
    at: datetime
    sentence: str
    reason: str = ""


@dataclass(frozen=True)
class Stop:
    """A station on a work's way: done, now or todo."""

    label: str
    text: str
    state: str


def sentence_of(event: SubmissionEvent) -> str:
    if event.to_state == State.WITHDRAWN:
        return str(WITHDRAWN)
    return str(SENTENCES[State(event.from_state), State(event.to_state)])


def history(submission: Submission) -> list[Line]:
    """Every move since the first handing-in; the reviewers stay unnamed."""
    return [
        Line(event.at, sentence_of(event), event.reason)
        for event in submission.events.all()
    ]


def path_of(submission: Submission, *, at: datetime) -> list[Stop]:
    """Received, screened, selected, judged: where a work stands on its way."""
    if submission.state not in LIVE:
        return []
    book = submission.rulebook_version.rulebook
    return [
        Stop(_("Received"), _day(submission.submitted_at), "done"),
        _screening_stop(submission),
        *_stage_stops(submission, book, today=at.date()),
    ]


def _day(moment):
    return day_words(timezone.localtime(moment).date())


def _screening_stop(submission):
    label = _("Screening")
    if submission.state == State.ACCEPTED:
        return Stop(label, _("Passed"), "done")
    if submission.state == State.RETURNED:
        text = _("Correct it before %(time)s") % {
            "time": deadline_words(submission.correct_by)
        }
        return Stop(label, text, "now")
    text = _("Files are being checked")
    if submission.state == State.SCREENING:
        text = _("Two reviewers look at it")
    return Stop(label, text, "now")


def _stage_stops(submission, book: RuleBook, *, today: date):
    """The selection whose window the work fell into, then the final."""
    day = timezone.localtime(submission.counts_at).date()
    for stage in book.stages:
        is_its_selection = (
            stage.works_from is not None
            and stage.works_from <= day <= stage.works_until
        )
        if is_its_selection or stage.kind == "final":
            yield Stop(stage.name, stage.display, _state_of(submission, stage, today))


def _state_of(submission, stage, today):
    if submission.state != State.ACCEPTED or today < stage.starts_on:
        return "todo"
    return "done" if today > stage.ends_on else "now"
