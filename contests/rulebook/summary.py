"""The table in which an organisation recommends many works at once (rules 91, 141)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contests.rulebook.values import Key, Name, Positive, RuleId, Source, Strict, Text

Holds = Literal[
    "number",
    "title",
    "authors",
    "affiliation",
    "links",
    "file",
    "phone",
    "unit",
    "track",
    "category",
    "story",
]


class SummaryColumn(Strict):
    """A column by its printed label, and what of a work stands in it."""

    label: Name
    holds: Holds
    required: bool = False
    also: list[Name] = []  # other words that people write above it


class SummaryTable(Strict):
    """The printed layout; what it has no column for comes from `track`, `category`."""

    title: Name
    source: Source = "notice"
    rule: RuleId | None = None
    annex: str = ""  # stands over the title, as 附件 2
    organisation_label: Name
    contact_label: Name
    phone_label: Name
    columns: Annotated[list[SummaryColumn], Field(min_length=2)]
    also_read: list[SummaryColumn] = []  # not printed, understood when added
    notes_label: Text = "备注："
    notes: list[Text] = []
    blank_rows: Positive = 20  # numbered lines of the empty form
    track: Key | None = None  # of every work of the table
    category: Key | None = None

    @model_validator(mode="after")
    def columns_fit(self) -> Self:
        held = [column.holds for column in self.every_column]
        twice = sorted({each for each in held if held.count(each) > 1})
        if twice:
            raise ValueError(f"two columns hold {twice[0]}")
        if "title" not in [column.holds for column in self.columns]:
            raise ValueError("one of the columns must hold the title")
        labels = [
            label
            for column in self.every_column
            for label in (column.label, *column.also)
        ]
        if len(set(labels)) != len(labels):
            raise ValueError("two columns go by the same label")
        return self

    @property
    def every_column(self) -> list[SummaryColumn]:
        return [*self.columns, *self.also_read]

    def column(self, holds: str) -> SummaryColumn | None:
        """The column of that meaning, printed or only understood."""
        return next((each for each in self.every_column if each.holds == holds), None)

    def asks(self, holds: str) -> bool:
        """Whether the printed table has a column of that meaning."""
        return any(each.holds == holds for each in self.columns)
