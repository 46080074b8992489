"""Limits of a category: what a file must be, each with the clause it comes from."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from contests.rulebook.values import Day, Name, Positive, RuleId, Source, Strict, Text


class Limit(Strict):
    """What every limit carries: its clause, and whether it may be waived."""

    rule: RuleId
    clause: Text  # the notice's own sentence
    source: Source = "notice"
    waiver: bool = False

    @property
    def rules(self) -> list[str]:
        return [self.rule]


class FormatLimit(Limit):
    container: Literal["mp4", "jpeg"]
    waiver: Literal[False] = False  # nothing else can be checked or shown


class DurationLimit(Limit):
    """Seconds of the picture track. Beyond a bound by up to pass_tolerance_s passes,
    by up to review_tolerance_s is left to a person, further fails (B1)."""

    min_s: float | None = Field(default=None, ge=0)
    max_s: float | None = Field(default=None, gt=0)
    max_rule: RuleId | None = None  # where the upper bound is a rule of its own
    pass_tolerance_s: float = Field(default=0.5, ge=0)
    review_tolerance_s: float = Field(default=1.0, ge=0)

    @property
    def rule_of_max(self) -> str:
        return self.max_rule or self.rule

    @property
    def rules(self) -> list[str]:
        return [self.rule] if self.max_rule is None else [self.rule, self.max_rule]

    @model_validator(mode="after")
    def bounds_in_order(self) -> Self:
        if self.min_s is None and self.max_s is None:
            raise ValueError("give min_s, max_s or both")
        if None not in (self.min_s, self.max_s) and self.min_s >= self.max_s:
            raise ValueError("min_s must be less than max_s")
        if self.pass_tolerance_s > self.review_tolerance_s:
            raise ValueError("pass_tolerance_s is larger than review_tolerance_s")
        if self.max_rule and self.max_s is None:
            raise ValueError("max_rule has no max_s to speak of")
        return self


class PixelLimit(Limit):
    """Displayed size. Both sides reached passes, one side or nearly both is left to a
    person, neither fails (B2)."""

    short_side_px: Positive
    long_side_px: Positive
    near_percent: float = Field(default=2.0, ge=0, lt=100)

    @model_validator(mode="after")
    def sides_in_order(self) -> Self:
        if self.short_side_px > self.long_side_px:
            raise ValueError("short_side_px is larger than long_side_px")
        return self


class ColourLimit(Limit):
    grey: Literal["pass", "review"] = "review"  # what a one-channel picture gets (B4)


class DensityLimit(Limit):
    min_dpi: float = Field(gt=0)
    accept_from_dpi: float = Field(gt=0)  # 299.72 is a rounded 118 dots/cm (B3)

    @model_validator(mode="after")
    def accepts_what_it_asks_for(self) -> Self:
        if self.accept_from_dpi > self.min_dpi:
            raise ValueError("accept_from_dpi is larger than min_dpi")
        return self


class CountLimit(Limit):
    min: int = Field(ge=0)  # 0: files may come beside links, or not
    max: Positive
    warn_above: Positive | None = None

    @model_validator(mode="after")
    def numbers_in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError("min is larger than max")
        if self.warn_above is not None and not self.min <= self.warn_above < self.max:
            raise ValueError("warn_above must lie from min to below max")
        return self


class AspectLimit(Limit):
    max_ratio: float = Field(
        gt=1
    )  # long side : short side; a strip may hide pages (B5)


class SoftPixelLimit(Limit):
    min_short_side_px: Positive  # below it a person looks (rule 58: never an error)


class TakenLimit(Limit):
    """Days on which a photograph may have been taken, the first and the last included.
    A camera's clock is no proof, so outside of them a person looks."""

    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def days_in_order(self) -> Self:
        if self.first_day > self.last_day:
            raise ValueError("first_day is later than last_day")
        return self

    def covers(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day

    @property
    def words(self) -> str:
        return f"{self.first_day.isoformat()} – {self.last_day.isoformat()}"


class LinkLimit(Limit):
    """Where a work of links stands published, and which addresses say so (B21)."""

    site: Name  # as people call it: "watch it on …"
    shapes: Annotated[list[Text], Field(min_length=1)]  # patterns: no query, "/" last
    min: Positive = 1
    max: Positive
    waiver: Literal[False] = False

    @field_validator("shapes")
    @classmethod
    def shapes_are_patterns(cls, shapes: list[str]) -> list[str]:
        for shape in shapes:
            if not shape.startswith("https://"):
                raise ValueError(f'"{shape}" must begin with https://')
            try:
                re.compile(shape)
            except re.error as error:
                raise ValueError(f'"{shape}" is no pattern: {error}') from None
        return shapes

    @model_validator(mode="after")
    def numbers_in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError("min is larger than max")
        return self

    def takes(self, address: str) -> bool:
        return any(re.fullmatch(shape, address) for shape in self.shapes)


class Limits(Strict):
    """What a work of a category is made of: files, links, or both."""

    format: FormatLimit | None = None
    count: CountLimit | None = None
    links: LinkLimit | None = None
    duration: DurationLimit | None = None
    pixels: PixelLimit | None = None
    colour: ColourLimit | None = None
    density: DensityLimit | None = None
    aspect: AspectLimit | None = None
    soft_pixels: SoftPixelLimit | None = None
    edited: Limit | None = None  # must be edited (rule 47)
    unmodified: Limit | None = None  # must not be modified (rule 60)
    taken: TakenLimit | None = None  # must be of these days

    @model_validator(mode="after")
    def made_of_something(self) -> Self:
        if (self.format is None) != (self.count is None):
            raise ValueError("files need both limits.format and limits.count")
        if not self.takes_files and self.links is None:
            raise ValueError("give limits.format and limits.count, or limits.links")
        if self.takes_files and self.count.min == 0 and self.links is None:
            raise ValueError("limits.count.min can be 0 only beside limits.links")
        return self

    @property
    def takes_files(self) -> bool:
        return self.format is not None

    def each(self) -> Iterator[tuple[str, Limit]]:
        """(name, limit) of those that are set."""
        for name in type(self).model_fields:
            limit = getattr(self, name)
            if limit is not None:
                yield name, limit
