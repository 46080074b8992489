"""The whole rule book and the parts that have no drawer of their own."""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from contests.rulebook.entries import (
    MEDIA_OF_FIELD,
    EntrantTag,
    EntryField,
    FieldKey,
    Guardian,
    Proof,
)
from contests.rulebook.limits import Limits
from contests.rulebook.outreach import District, Duty, Outreach
from contests.rulebook.rights import (
    Declaration,
    Licence,
    ReviewCheck,
    ReviewReason,
)
from contests.rulebook.summary import SummaryTable
from contests.rulebook.timeplan import Publication, Stage
from contests.rulebook.values import (
    Day,
    FileName,
    Key,
    Name,
    Positive,
    RuleId,
    Source,
    Strict,
    Text,
)

IMAGE_LIMITS = {"colour", "density", "aspect", "soft_pixels", "unmodified", "taken"}
VIDEO_LIMITS = {"pixels", "edited"}  # beside duration, which every video has
Figure = Literal[
    "title_max_length",
    "story_max_length",
    "caption_max_length",
    "max_authors",
    "max_file_mb",
]
IN_A_NUMBER = re.compile(r"[A-Z0-9-]{3,24}")


class Clause(Strict):
    """A sentence that a finding or a decision cites."""

    rule: RuleId
    text: Text
    source: Source = "notice"


class Contest(Strict):
    key: Key
    title_full: Annotated[Text, Field(max_length=200)]  # exact quotes
    title_short: Annotated[Text, Field(max_length=80)]
    theme: Text
    brand_line: Text
    brand_name: Text
    kicker: str = ""  # the small line above the headline
    headline: Annotated[list[Text], Field(min_length=1, max_length=3)]
    introduction: Text
    document_number: Text
    issued_on: Day
    starts_on: Day
    ends_on: Day
    time_zone: Literal["Asia/Shanghai"] = "Asia/Shanghai"
    language: Text = "zh-Hans"  # of the official words, for the pages' lang
    number_pattern: Text  # of a submission, e.g. "AB31-{sequence:05d}"
    returned_within_days: Positive  # time to correct a returned work (B11)

    @field_validator("number_pattern")
    @classmethod
    def pattern_numbers_submissions(cls, pattern: str) -> str:
        try:
            numbers = [pattern.format(sequence=n) for n in (1, 2, 99999)]
        except (LookupError, ValueError, AttributeError):
            numbers = []
        fits = all(IN_A_NUMBER.fullmatch(number) for number in numbers)
        if len(set(numbers)) != 3 or not fits:
            raise ValueError(
                'write it like "AB31-{sequence:05d}": capitals, digits and hyphens, '
                "24 at most"
            )
        return pattern

    @model_validator(mode="after")
    def dates_in_order(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError("ends_on lies before starts_on")
        return self


class Body(Strict):
    """One 主办/承办/协办/合作 line, in the notice's order."""

    role: Literal["organiser", "undertaker", "co_organiser", "partner"]
    label: Text
    names: Annotated[list[Text], Field(min_length=1)]
    and_others: bool = False  # 等


class Unit(Strict):
    key: Key
    name: Name  # official, exact
    short_name: Name
    summary: Text  # one plain sentence
    description: Text  # the notice's own paragraph
    rule: RuleId | None = None
    hints: list[Text] = []
    picture: str = ""  # file in pictures/, neutral art when empty


class Track(Strict):
    key: Key
    name: Name
    audience: Text  # who may enter, as in the notice
    summary: Text
    rule: RuleId
    needs_school: bool = False


class Category(Strict):
    key: Key
    name: Name
    media: Literal["video", "image"]
    summary: Text
    genres: list[Text] = []
    generated: Literal["declared", "barred"] = "declared"  # content made with AI
    limits: Limits

    @model_validator(mode="after")
    def limits_fit_media(self) -> Self:
        if not self.limits.takes_files:
            return self._without_files()
        video = self.media == "video"
        if video != (self.limits.duration is not None):
            raise ValueError("a video category needs limits.duration, no other has it")
        if video != (self.limits.format.container == "mp4"):
            raise ValueError("limits.format.container does not fit the media kind")
        foreign = IMAGE_LIMITS if video else VIDEO_LIMITS
        misplaced = sorted(foreign & {name for name, _limit in self.limits.each()})
        if misplaced:
            raise ValueError(f"limits.{misplaced[0]} does not fit the media kind")
        return self

    def _without_files(self) -> Self:
        of_files = [name for name, _limit in self.limits.each() if name != "links"]
        if of_files:
            raise ValueError(f"limits.{of_files[0]} has no files to speak of")
        return self


class PrizeGroup(Strict):
    """A set of (unit, track) cells judged together (rule 123, B19)."""

    key: Key
    name: Name
    cells: Annotated[
        list[Annotated[tuple[Key, Key], Field(strict=False)]], Field(min_length=1)
    ]


class AwardKind(Strict):
    key: Key
    name: Name
    subject: Literal["submission", "organisation", "person"]
    stage: Key | None = None  # the selection or final stage that gives it
    count: Positive | None = None  # 若干名: empty until set (B18)
    rule: RuleId | None = None


class Criterion(Strict):
    key: Key
    name: Name
    description: Text
    weight: int = Field(ge=1, le=100)  # per cent; all add up to 100


class Scoring(Strict):
    source: Source
    note: Text
    max_points: int = Field(ge=5, le=100)  # of one criterion
    criteria: Annotated[list[Criterion], Field(min_length=1)]

    @model_validator(mode="after")
    def weights_add_up(self) -> Self:
        total = sum(criterion.weight for criterion in self.criteria)
        if total != 100:
            raise ValueError(f"the weights add up to {total}; they must make 100")
        return self


class Channel(Strict):
    key: Key
    name: Name
    instructions: Text
    rule: RuleId | None = None
    source: Source = "notice"


class Footer(Strict):
    help_line: Text
    help_hours: str = ""
    icp_number: str = ""
    police_number: str = ""
    site_code: str = ""


class Defaults(Strict):
    """Figures the notice leaves open, set by the portal and shown as such (rule 61).

    Those a notice does give are named in `rules`, with the rule they stand in.
    """

    rules: dict[Figure, RuleId] = {}
    title_max_length: int = Field(default=40, ge=1, le=200)
    story_max_length: Positive = 2000
    summary_max_length: Positive = 500
    caption_max_length: Positive = 100
    max_authors: Positive = 10
    max_drafts: Positive = 50  # of one person, begun and not handed in
    max_file_mb: Positive = 4096
    screening_working_days: Positive = 2  # until the entrant hears from us
    original_within_days: Positive = 3  # to send the original asked for (B7)
    upload_grace_hours: int = Field(default=12, ge=0, le=72)  # for bytes on their way
    late_entry_waiver: bool = False  # whether the committee hears late entries
    reminder_days_before: list[Positive] = [7, 2]  # to owners of unsent drafts
    reminder_pause_days: Positive = 3  # between two reminders of one draft
    drafts_kept_days: Positive = 30  # after the contest, as the privacy text says
    entries_kept_days: Positive = 360  # what no list of awards needs: within a year


class PictureFile(Strict):
    """What the loader found out about one file of pictures/."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    media_type: Literal["image/avif", "image/jpeg", "image/png", "image/webp"]
    width: Positive
    height: Positive


class RuleBook(Strict):
    contest: Contest
    bodies: list[Body]
    units: Annotated[list[Unit], Field(min_length=1, max_length=8)]
    tracks: Annotated[list[Track], Field(min_length=1)]
    categories: Annotated[list[Category], Field(min_length=1)]
    stages: Annotated[list[Stage], Field(min_length=1)]
    publication: Publication | None = None
    prize_groups: Annotated[list[PrizeGroup], Field(min_length=1)]
    award_kinds: list[AwardKind]
    scoring: Scoring
    districts: list[District] = []
    outreach: Outreach | None = None
    fields: list[EntryField] = []
    entrant_tags: list[EntrantTag] = []
    author_roles: list[Annotated[Text, Field(max_length=40)]] = []  # suggestions
    proofs: list[Proof] = []
    guardian: Guardian | None = None
    declarations: list[Declaration]
    licence: Licence | None = None
    duties: list[Duty] = []
    summary_table: SummaryTable | None = None
    schools: list[Text] = []
    genres: list[Text] = []
    channels: list[Channel] = []
    review_reasons: list[ReviewReason] = []
    review_checks: list[ReviewCheck] = []
    clauses: list[Clause] = []  # sentences that no part above quotes
    ai_policy: Text
    defaults: Defaults = Defaults()
    footer: Footer
    home_pictures: dict[Literal["wide", "narrow"], str] = {}
    texts: dict[Key, Text] = {}  # filled from texts/*.md: Markdown, shown as written
    pictures: dict[FileName, PictureFile] = {}  # filled from pictures/

    @property
    def collection(self) -> Stage:
        return next(stage for stage in self.stages if stage.kind == "collection")

    def category(self, key: str) -> Category:
        return next(c for c in self.categories if c.key == key)

    def asked_field(
        self, key: FieldKey, *, category: str | None, track: str | None
    ) -> EntryField | None:
        """The question as a work of this category and track is asked it, if it is."""
        field = next((each for each in self.fields if each.key == key), None)
        if field is None or not field.concerns(category=category, track=track):
            return None
        media = MEDIA_OF_FIELD.get(key)
        if media and (category is None or self.category(category).media != media):
            return None
        return field

    def declaration(self, key: str) -> Declaration | None:
        return next((each for each in self.declarations if each.key == key), None)

    def proof(self, key: str) -> Proof | None:
        return next((each for each in self.proofs if each.key == key), None)

    def clause(self, rule: str, *, category: str | None = None) -> Clause:
        """The sentence that a rule id stands for; LookupError when there is none."""
        for clause in self._quoted(category):
            if clause.rule == rule:
                return clause
        raise LookupError(f"the rule book quotes no clause for rule {rule}")

    def citable_clauses(self, category: str) -> list[Clause]:
        """Each rule's sentence once, for a decision to rest on, in rule order."""
        found = {}
        for clause in self._quoted(category):
            found.setdefault(clause.rule, clause)
        return sorted(found.values(), key=lambda clause: int(clause.rule))

    def _quoted(self, category) -> Iterator[Clause]:
        first = [c for c in self.categories if c.key == category]
        for each in [*first, *self.categories]:
            for _name, limit in each.limits.each():
                yield from _clauses(limit.rules, limit.clause, limit.source)
        yield from self.clauses
        for unit in self.units:
            yield from _clauses([unit.rule], unit.description)
        for track in self.tracks:
            yield from _clauses([track.rule], track.audience)
        for declaration in self.declarations:
            yield from _clauses(declaration.rules, declaration.text, declaration.source)
        for duty in self.duties:
            yield from _clauses([duty.rule], duty.clause)
        for reason in self.review_reasons:
            yield from _clauses([reason.rule], reason.clause, reason.source)

    def canonical_json(self) -> str:
        """The whole book in one fixed spelling; its SHA-256 is the digest."""
        return json.dumps(
            self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of canonical_json, 64 lower-case hex digits."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()


def _clauses(rules, text, source="notice") -> Iterator[Clause]:
    for rule in filter(None, rules):
        yield Clause(rule=rule, text=text, source=source)
