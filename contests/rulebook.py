"""The rule book: a contest as data, parsed by a schema that forgives nothing.

A rule book is a folder with `rulebook.toml`, the official texts as Markdown and the
contest's own pictures. `load_rulebook` is the only door: `loadrulebook` writes what it
returns to the database, `inspectmedia` judges files by it without one.
"""

import datetime as dt
import hashlib
import json
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$", max_length=48)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limit(Strict):
    """What every limit carries: the clause it comes from, and whether it may be waived."""

    rule: Annotated[str, StringConstraints(pattern=r"^\d{1,3}$")]  # bare number in REQUIREMENTS
    clause: Text  # the notice's own sentence
    source: Literal["notice", "portal"] = "notice"  # "portal": set by us, not by the notice
    waiver: bool = False


class FormatLimit(Limit):
    container: Literal["mp4", "jpeg"]


class DurationLimit(Limit):
    """Seconds of the picture track. Beyond a bound by up to pass_tolerance_s passes,
    by up to review_tolerance_s is left to a person, further fails (B1)."""

    min_s: float | None = None
    max_s: float | None = None
    pass_tolerance_s: float = 0.5
    review_tolerance_s: float = 1.0


class PixelLimit(Limit):
    """Displayed size. Both sides reached passes, one side or nearly both is left to a
    person, neither fails (B2)."""

    short_side_px: int
    long_side_px: int
    near_percent: float = 2.0


class ColourLimit(Limit):
    grey: Literal["pass", "review"] = "review"  # what a one-channel picture gets (B4)


class DensityLimit(Limit):
    min_dpi: float
    accept_from_dpi: float  # 299.72 is a rounded 118 dots/cm (B3)


class CountLimit(Limit):
    min: int
    max: int
    warn_above: int | None = None


class AspectLimit(Limit):
    max_ratio: float  # long side : short side; a strip beyond it may hide pages (B5)


class SoftPixelLimit(Limit):
    min_short_side_px: int  # below it a person looks (rule 58: never an error)


class Limits(Strict):
    format: FormatLimit
    count: CountLimit
    duration: DurationLimit | None = None
    pixels: PixelLimit | None = None
    colour: ColourLimit | None = None
    density: DensityLimit | None = None
    aspect: AspectLimit | None = None
    soft_pixels: SoftPixelLimit | None = None
    edited: Limit | None = None  # must be edited (rule 47)
    unmodified: Limit | None = None  # must not be modified (rule 60)


class Contest(Strict):
    key: Key
    title_full: Text  # exact quotes
    title_short: Text
    theme: Text
    brand_line: Text
    brand_name: Text
    headline: Annotated[list[Text], Field(min_length=1, max_length=3)]
    introduction: Text
    document_number: Text
    issued_on: dt.date
    starts_on: dt.date
    ends_on: dt.date
    time_zone: Literal["Asia/Shanghai"] = "Asia/Shanghai"
    number_pattern: Text  # of a submission, e.g. "HZ23-{sequence:05d}"
    returned_within_days: int = Field(ge=1)  # time to correct a returned work (B11)


class Body(Strict):
    """One 主办/承办/协办/合作 line, in the notice's order."""

    role: Literal["organiser", "undertaker", "co_organiser", "partner"]
    label: Text
    names: Annotated[list[Text], Field(min_length=1)]
    and_others: bool = False  # 等


class Unit(Strict):
    key: Key
    name: Text  # official, exact
    short_name: Text
    summary: Text  # one plain sentence
    description: Text  # the notice's own paragraph
    hints: list[Text] = []
    picture: str = ""  # file in pictures/, neutral art when empty


class Track(Strict):
    key: Key
    name: Text
    audience: Text  # who may enter, as in the notice
    summary: Text
    rule: str
    needs_school: bool = False


class Category(Strict):
    key: Key
    name: Text
    media: Literal["video", "image"]
    summary: Text
    genres: list[Text] = []
    limits: Limits

    @model_validator(mode="after")
    def limits_fit_media(self) -> Self:
        video = self.media == "video"
        if video != (self.limits.duration is not None):
            raise ValueError("a video category needs limits.duration, no other has it")
        if video != (self.limits.format.container == "mp4"):
            raise ValueError("limits.format.container does not fit the media kind")
        return self


class Stage(Strict):
    """A stretch of the time plan; the end day counts to 24:00."""

    key: Key
    name: Text
    kind: Literal["collection", "interaction", "selection", "final", "exhibition"]
    starts_on: dt.date
    ends_on: dt.date
    works_from: dt.date | None = None  # selection: works submitted from this day
    works_until: dt.date | None = None
    display: Text  # the notice's wording of the dates
    on_timeline: bool = True

    @model_validator(mode="after")
    def dates_in_order(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError("ends_on lies before starts_on")
        if (self.kind == "selection") != (self.works_from is not None):
            raise ValueError("a selection stage, and only it, names works_from")
        if (self.works_from is None) != (self.works_until is None):
            raise ValueError("works_from and works_until come together")
        return self


class Node(Strict):
    """A day of publication, counted from the anchor (rule 22, B12)."""

    key: Key
    name: Text
    days_before_opening: int | None = None
    on: dt.date | None = None

    @model_validator(mode="after")
    def one_way_to_count(self) -> Self:
        if (self.days_before_opening is None) == (self.on is None):
            raise ValueError("a node has either days_before_opening or on")
        return self


class Publication(Strict):
    anchor_name: Text
    opening_on: dt.date
    nodes: list[Node]


class PrizeGroup(Strict):
    """A set of (unit, track) cells judged together (rule 123, B19)."""

    key: Key
    name: Text
    cells: Annotated[list[tuple[Key, Key]], Field(min_length=1)]


class AwardKind(Strict):
    key: Key
    name: Text
    subject: Literal["submission", "organisation", "person"]
    stage: Key | None = None  # the selection or final stage that gives it
    count: int | None = None  # 若干名: empty until set (B18)


class Criterion(Strict):
    key: Key
    name: Text
    description: Text
    weight: int = Field(ge=1, le=100)  # per cent; all add up to 100


class Scoring(Strict):
    source: Literal["notice", "portal"]
    note: Text
    max_points: int = Field(ge=5, le=100)  # of one criterion
    criteria: Annotated[list[Criterion], Field(min_length=1)]

    @model_validator(mode="after")
    def weights_add_up(self) -> Self:
        if sum(criterion.weight for criterion in self.criteria) != 100:
            raise ValueError("the weights of all criteria must add up to 100")
        return self


class District(Strict):
    key: Key
    name: Text
    kind: Literal["district", "city", "county", "committee"]
    month: int = Field(ge=1, le=12)
    activity_count: int = Field(ge=1)


class Equipment(Strict):
    key: Literal["projector", "microphone", "sound"]
    name: Text


class Outreach(Strict):
    """Rules of the station recommendation and the activities (rules 97–120)."""

    recommendation_title: Text
    schedule_title: Text
    min_stations: int
    max_stations: int
    seats_about: int
    seats_warn_below: int
    seats_warn_strongly_below: int
    equipment: list[Equipment]
    due_on: dt.date
    due_inclusive: bool = True
    centre_label: Text  # 区、县(市)文明实践中心名称
    recommendation_columns: list[Text]
    recommendation_notes: list[Text]
    schedule_columns: list[Text]
    schedule_notes: list[Text]
    activity_kinds: list[Text]
    year: int


class Declaration(Strict):
    """A sentence an entrant ticks, or must be shown; kept word for word with its version."""

    key: Key
    label: Text  # one plain sentence beside the tick
    text: Text  # the clause, quoted exactly
    version: int = Field(ge=1)
    rules: list[str]
    required: bool = True
    moment: Literal["sign_in", "submission"] = "submission"


class Duty(Strict):
    key: Key
    organisation_kind: Text
    count: int
    due_on: dt.date | None = None
    clause: Text
    rule: str


class Channel(Strict):
    key: Key
    name: Text
    instructions: Text


class Footer(Strict):
    help_line: Text
    help_hours: Text = " "
    icp_number: str = ""
    police_number: str = ""
    site_code: str = ""


class ReviewReason(Strict):
    """A reason template of the screening desk."""

    key: Key
    decision: Literal["return", "reject"]
    text: Text
    rule: str
    clause: Text


class Defaults(Strict):
    """Figures the notice leaves open, set by the portal and shown as such (rule 61)."""

    title_max_length: int = 40
    story_max_length: int = 2000
    caption_max_length: int = 100
    max_authors: int = 10
    max_file_mb: int = 4096


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
    declarations: list[Declaration]
    duties: list[Duty] = []
    schools: list[Text] = []
    genres: list[Text] = []
    channels: list[Channel] = []
    review_reasons: list[ReviewReason] = []
    ai_policy: Text
    defaults: Defaults = Defaults()
    footer: Footer
    texts: dict[Key, Text] = {}  # filled from texts/*.md: Markdown, shown as written
    home_pictures: dict[Literal["wide", "narrow"], str] = {}

    @property
    def collection(self) -> Stage:
        return next(stage for stage in self.stages if stage.kind == "collection")

    def category(self, key: str) -> Category:
        return next(c for c in self.categories if c.key == key)

    def canonical_json(self) -> str:
        """The whole book in one fixed spelling; its SHA-256 is the digest."""
        return json.dumps(
            self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of canonical_json, 64 lower-case hex digits."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()
