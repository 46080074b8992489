"""The citizens' programme beside the contest, and what organisations are asked for."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contests.rulebook.values import Day, Key, Name, Positive, RuleId, Strict, Text


class District(Strict):
    key: Key
    name: Name
    kind: Literal["district", "city", "county", "committee"]
    month: int = Field(ge=1, le=12)
    activity_count: Positive


class Equipment(Strict):
    key: Literal["projector", "microphone", "sound"]
    name: Name


class Outreach(Strict):
    """Rules of the station recommendation and the activities (rules 97–120).

    The fields `…_rule` name clauses of the rule book: what a refusal cites.
    """

    recommendation_title: Text
    recommendation_annex: str = ""  # stands over the title, as 附件 3
    schedule_title: Text
    schedule_annex: str = ""
    min_stations: Positive
    max_stations: Positive
    stations_rule: RuleId | None = None
    seats_about: Positive
    seats_warn_below: Positive
    seats_warn_strongly_below: Positive
    seats_rule: RuleId | None = None
    equipment: list[Equipment]
    equipment_rule: RuleId | None = None
    due_on: Day
    due_inclusive: bool = True
    due_rule: RuleId | None = None
    activities_rule: RuleId | None = None
    centre_label: Text  # 区、县(市)文明实践中心名称
    stamp_label: str = "（盖章）"  # the empty place for the seal (B14)
    clue_labels: dict[Literal["yes", "no"], Text] = {"yes": "有", "no": "否"}
    recommendation_columns: Annotated[list[Text], Field(min_length=6, max_length=6)]
    recommendation_notes: list[Text]
    schedule_columns: Annotated[list[Text], Field(min_length=4, max_length=4)]
    schedule_notes: list[Text]
    notes_label: str = "备注："
    month_label: str = "{month} 月"  # of the schedule's first column
    activity_kinds: list[Text]
    year: int

    @model_validator(mode="after")
    def values_fit(self) -> Self:
        if "{month}" not in self.month_label:
            raise ValueError("month_label must say where the {month} stands")
        if self.min_stations > self.max_stations:
            raise ValueError("min_stations is larger than max_stations")
        seats = (
            self.seats_warn_strongly_below,
            self.seats_warn_below,
            self.seats_about,
        )
        if list(seats) != sorted(seats):
            raise ValueError(
                "seats_warn_strongly_below, seats_warn_below and seats_about "
                "must rise in this order"
            )
        return self


class Duty(Strict):
    """A number of things that organisations of one kind owe by a day."""

    key: Key
    organisation_kind: Key
    organisations: list[Key] = []  # only these of the kind; empty: all of them
    unit: Key | None = None  # only works of this unit count
    subject: Literal["submission", "station"] = "submission"
    count: Positive
    due_on: Day | None = None
    clause: Text
    rule: RuleId
