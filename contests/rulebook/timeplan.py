"""Stages and publication nodes: the contest's days."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from contests.rulebook.values import Day, Key, Name, RuleId, Strict, Text


class Stage(Strict):
    """A stretch of the time plan; the end day counts to 24:00."""

    key: Key
    name: Name
    kind: Literal["collection", "interaction", "selection", "final", "exhibition"]
    starts_on: Day
    ends_on: Day
    works_from: Day | None = None  # selection: works submitted from this day
    works_until: Day | None = None
    display: Text  # the notice's wording of the dates
    rule: RuleId | None = None
    on_timeline: bool = True
    timeline_name: str = ""  # shorter words for the home page's river
    timeline_display: str = ""
    timeline_at_start: bool = False  # a point: past as soon as the stage has begun

    @model_validator(mode="after")
    def dates_in_order(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError("ends_on lies before starts_on")
        if (self.kind == "selection") != (self.works_from is not None):
            raise ValueError("a selection stage, and only it, names works_from")
        if (self.works_from is None) != (self.works_until is None):
            raise ValueError("works_from and works_until come together")
        if self.works_from is not None and self.works_until < self.works_from:
            raise ValueError("works_until lies before works_from")
        return self


class Node(Strict):
    """A day of publication, counted from the anchor (rule 22, B12)."""

    key: Key
    name: Name
    days_before_opening: int | None = Field(default=None, ge=0)
    on: Day | None = None

    @model_validator(mode="after")
    def one_way_to_count(self) -> Self:
        if (self.days_before_opening is None) == (self.on is None):
            raise ValueError("a node has either days_before_opening or on")
        return self


class Publication(Strict):
    anchor_name: Name
    opening_on: Day
    rule: RuleId | None = None
    nodes: list[Node] = Field(min_length=1)

    def day_of(self, node: Node) -> dt.date:
        if node.on is not None:
            return node.on
        return self.opening_on - dt.timedelta(days=node.days_before_opening)
