"""The states of a submission and the legal moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ERASED = "—"  # where a text stood


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Received")
    SCREENING = "screening", _("In screening")
    RETURNED = "returned", _("Returned for correction")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Not admitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISQUALIFIED = "disqualified", _("Disqualified")


TRANSITIONS = {
    State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
    State.SUBMITTED: {
        State.SCREENING,
        State.DRAFT,
        State.RETURNED,
        State.WITHDRAWN,
    },
    State.SCREENING: {
        State.DRAFT,
        State.ACCEPTED,
        State.RETURNED,
        State.REJECTED,
        State.WITHDRAWN,
    },
    State.RETURNED: {State.SUBMITTED, State.WITHDRAWN},
    State.ACCEPTED: {State.WITHDRAWN, State.DISQUALIFIED},
    State.REJECTED: set(),
    State.WITHDRAWN: set(),
    State.DISQUALIFIED: set(),
}

EDITABLE = {State.DRAFT, State.RETURNED}
LIVE = {State.SUBMITTED, State.SCREENING, State.RETURNED, State.ACCEPTED}


class Verdict(models.TextChoices):
    """What an inspection says. Failed is the file's fault, errored is ours."""

    PASSED = "passed", _("Passed")
    REVIEW = "review", _("A person decides")
    FAILED = "failed", _("Failed")
    ERRORED = "errored", _("Could not be checked")


class InspectionState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being checked")
    FINISHED = "finished", _("Checked")
    ERRORED = "errored", _("Could not be checked")


class WorkQueue(models.TextChoices):
    """Where a job waits, so that long films never hold a photograph up."""

    QUICK = "quick", _("Quick")
    SLOW = "slow", _("Films")


class ConversionState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being converted")
    FINISHED = "finished", _("Converted")
    CANCELLED = "cancelled", _("Stopped")
    ERRORED = "errored", _("Could not be converted")


JOBS_TO_DO = (InspectionState.QUEUED, InspectionState.RUNNING)  # conversions alike


class Severity(models.TextChoices):
    ERROR = "error", _("Must be fixed")
    WARNING = "warning", _("A person looks at it")
    INFO = "info", _("Good to know")


class ScreeningLevel(models.TextChoices):
    FIRST = "first", _("First screening")
    SECOND = "second", _("Second screening")


class Decision(models.TextChoices):
    PASS = "pass", _("Pass")
    RETURN = "return", _("Return for correction")
    REJECT = "reject", _("Do not admit")


class UploadState(models.TextChoices):
    RECEIVING = "receiving", _("On its way")
    FINISHING = "finishing", _("Arrived, being stored")
    FINISHED = "finished", _("Stored")
    REFUSED = "refused", _("Arrived, but refused")
    ENDED = "ended", _("Given up or run out")


class WaiverState(models.TextChoices):
    ASKED = "asked", _("Waiting for an answer")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


class RequestState(models.TextChoices):
    OPEN = "open", _("Waiting for the entrant")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class WinnerFormState(models.TextChoices):
    ASKED = "asked", _("Waiting for signatures")
    SENT = "sent", _("Sent, to be looked at")
    SIGNED = "signed", _("Signed")


class ImportState(models.TextChoices):
    PREVIEWED = "previewed", _("Read, nothing written yet")
    CONFIRMED = "confirmed", _("Confirmed")
    DISCARDED = "discarded", _("Put aside")


class LikenessKind(models.TextChoices):
    PICTURE = "picture", _("Like picture")
    FILM = "film", _("Like scenes")
    SOUND = "sound", _("Like sound")


class LikenessVerdict(models.TextChoices):
    """What a reviewer makes of another work that this one is like."""

    TAKEN = "taken", _("Taken from the other work")
    SOURCE = "source", _("The other work was taken from this one")
    ALLOWED = "allowed", _("Allowed: same author, licence or shared material")
    CHANCE = "chance", _("Alike by chance")

    @property
    def from_the_other_side(self) -> "LikenessVerdict":
        turned = {self.TAKEN: self.SOURCE, self.SOURCE: self.TAKEN}
        return LikenessVerdict(turned.get(self, self))
