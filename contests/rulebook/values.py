"""The small values every part of a rule book is made of."""

import datetime as dt
from contextlib import suppress
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)


class Strict(BaseModel):
    """No unknown keys, no guessing of types, no change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _day(value):
    """A TOML date or its ISO spelling; a number or a moment is no day."""
    if isinstance(value, str):
        with suppress(ValueError):
            return dt.date.fromisoformat(value)
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise ValueError("write a day like 2031-05-20, without a time")
    return value


Day = Annotated[dt.date, BeforeValidator(_day)]
Key = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$", max_length=48)
]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)
]
RuleId = Annotated[str, StringConstraints(pattern=r"^\d{1,3}$")]  # in REQUIREMENTS
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
Source = Literal["notice", "portal"]  # "portal": set by us, not by the notice
Positive = Annotated[int, Field(ge=1)]
