"""One work with everything a reviewer decides by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from accounts.masking import mask_name
from accounts.models import User
from contests.workdays import WorkCalendar
from submissions.copies import media_url
from submissions.file_cards import FileCard
from submissions.history import history
from submissions.making import label_words, making_rows
from submissions.models import Attachment, OriginalRequest, Screening, Submission
from submissions.overviews.similar import OtherWork, others_like
from submissions.players import Player, player_of
from submissions.rule_items import explained
from submissions.services import claims
from submissions.shown import Shown, shown_large
from submissions.states import RequestState


@dataclass(frozen=True)
class Frame:
    """A file of the work, shown in place, with every finding explained."""

    card: FileCard
    collection: tuple[date, date]

    @property
    def picture(self) -> Shown | None:
        return shown_large(self.card.media_file)

    @property
    def original(self) -> str:
        return media_url(self.card.media_file, "original")

    @property
    def player(self) -> Player:
        return player_of(self.card.media_file)

    @cached_property
    def findings(self) -> list[dict[str, str]]:
        inspection = self.card.media_file.inspection
        return [explained(finding) for finding in inspection.findings.all()]

    @cached_property
    def making(self) -> list[tuple[str, str]]:
        """What the file says of the way it was made."""
        facts = self.card.media_file.inspection.facts
        return making_rows(facts, collection=self.collection)

    @property
    def label(self) -> str:
        """What its label of generated content says, if it has one."""
        return label_words(self.card.media_file.inspection.facts)


class Dossier:
    """Each part is read when the page asks for it."""

    def __init__(self, submission: Submission, *, at: datetime):
        self.submission = submission
        self.book = submission.rulebook_version.rulebook
        self.at = at

    @cached_property
    def frames(self) -> list[Frame]:
        stage = self.book.collection
        days = (stage.starts_on, stage.ends_on)
        return [Frame(card, days) for card in FileCard.all_of(self.submission)]

    @property
    def has_findings(self) -> bool:
        return any(frame.findings for frame in self.frames)

    @cached_property
    def others(self) -> list[OtherWork]:
        return others_like(self.submission)

    @property
    def ai_words(self) -> list[tuple[str, str]]:
        """What the entrant answered, beside what each file's own label says."""
        said = self.submission.get_ai_use_display() or "—"
        if self.submission.ai_note:
            said = f"{said} · {self.submission.ai_note}"
        labels = [
            (_("Label in file %(number)d") % {"number": frame.card.number}, frame.label)
            for frame in self.frames
            if frame.label
        ]
        unlabelled = [(_("Labels in the files"), _("none"))]
        return [(_("The entrant says"), said), *(labels or unlabelled)]

    @property
    def ticks(self):
        return self.submission.declarations.all()

    @cached_property
    def decisions(self) -> list[tuple[Screening, str]]:
        """Of every handing-in, each with the reviewer as colleagues know them."""
        made = self.submission.screenings.select_related("reviewer")
        return [(each, claims.known_as(each.reviewer)) for each in made]

    def did_first(self, user: User) -> bool:
        return any(
            each.reviewer_id == user.pk and each.cycle == self.submission.cycle
            for each, _name in self.decisions
        )

    @property
    def history(self):
        return history(self.submission)

    @property
    def waivers(self):
        return self.submission.waivers.all()

    @property
    def links(self):
        return self.submission.links.all()

    @property
    def proofs(self):
        return self.submission.attachments.filter(purpose=Attachment.Purpose.PROOF)

    @cached_property
    def originals(self) -> list["Asked"]:
        asked = self.submission.original_requests.select_related(
            "asked_by"
        ).prefetch_related("attachments")
        return [Asked(request, self.at) for request in asked]

    @property
    def waits_for_original(self) -> bool:
        return any(each.request.state == RequestState.OPEN for each in self.originals)

    @property
    def people(self) -> list[tuple[str, str]]:
        return list(self._people())

    def _people(self) -> Iterator[tuple[str, str]]:
        """Who made it and who handed it in; never a whole phone number."""
        work = self.submission
        for author in work.authors.all():
            yield author.role or _("Author"), author.name
        if work.organisation_name:
            yield _("Organisation"), work.organisation_name
        if work.school:
            yield _("University"), work.school
        yield _("Entrant"), mask_name(work.entrant_name) or "—"
        yield _("Mobile number"), work.author.masked_phone or "—"
        if work.author_age:
            yield _("Age"), work.get_author_age_display()
        if work.shows_children:
            yield _("Children"), _("Recognisable children are shown")
        yield _("Way of handing in"), work.get_channel_display()
        if work.recommended_by:
            yield _("Recommended by"), work.recommended_by.name

    @cached_property
    def due(self) -> datetime:
        days = self.submission.contest.rulebook.defaults.screening_working_days
        return self._calendar.due(self.submission.submitted_at, days=days)

    @property
    def waited(self) -> int:
        return self._calendar.waited(self.submission.submitted_at, at=self.at)

    @property
    def is_overdue(self) -> bool:
        return self.due <= self.at

    @cached_property
    def _calendar(self):
        return WorkCalendar()


@dataclass(frozen=True)
class Asked:
    """A request for the original, as it stands now."""

    request: OriginalRequest
    at: datetime

    @property
    def is_overdue(self) -> bool:
        return (
            self.request.state == RequestState.OPEN and self.request.due_at <= self.at
        )

    @property
    def by(self) -> str:
        return claims.known_as(self.request.asked_by)
