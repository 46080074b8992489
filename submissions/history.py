"""What happened to a work, and what comes next, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contests.moments import day_words, deadline_words
from contests.rulebook import RuleBook
from submissions.allowances import granted_words
from submissions.models import Submission, SubmissionEvent
from submissions.states import LIVE, State, WaiverState

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
    (State.SCREENING, State.DRAFT): gettext_lazy(
        "The author took it back to change something."
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
    """Every move, request and answer, each in a sentence; the reviewers stay unnamed.

    Moves keep the order in which they were written; what lies between them stands by
    its time.
    """
    lines = [_line_of(event, submission) for event in submission.events.all()]
    between = [*_waiver_lines(submission), *_original_lines(submission)]
    for line in sorted(between, key=attrgetter("at")):
        earlier = [at for at, each in enumerate(lines, start=1) if each.at <= line.at]
        lines.insert(max(earlier, default=0), line)
    return lines


def _line_of(event, submission):
    reason = event.reason
    if event.to_state == State.SUBMITTED and _came_late(event, submission):
        reason = _("It counts as handed in before the deadline.")
    return Line(event.at, sentence_of(event), reason)


def _came_late(event, submission):
    """Handed in first after 24:00, in grace or by leave of the committee."""
    return (
        event.at == submission.first_submitted_at
        and submission.counts_at is not None
        and event.at > submission.counts_at
    )


def _waiver_lines(submission) -> Iterator[Line]:
    for waiver in submission.waivers.all():
        yield Line(waiver.asked_at, _asked_words(waiver), waiver.reason)
        if waiver.answered_at is not None:
            yield Line(waiver.answered_at, _answer_words(waiver), waiver.answer)


def _asked_words(waiver):
    if waiver.state == WaiverState.WITHDRAWN and waiver.answered_at is None:
        pattern = _("The committee was asked for an exception: %(kind)s. Taken back.")
    else:
        pattern = _("The committee was asked for an exception: %(kind)s.")
    return pattern % {"kind": waiver.get_kind_display()}


def _answer_words(waiver):
    if waiver.state == WaiverState.REFUSED:
        return _("The committee did not agree.")
    if waiver.state == WaiverState.WITHDRAWN:
        return _("The committee agreed; that was taken back later.")
    return _("The committee agreed. %(words)s") % {"words": granted_words(waiver)}


def _original_lines(submission) -> Iterator[Line]:
    for request in submission.original_requests.all():
        asked = _("The reviewers asked for the original file.")
        yield Line(request.asked_at, asked, request.reason)
        if request.answered_at is not None:
            yield Line(request.answered_at, _("The author answered."), request.answer)


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
