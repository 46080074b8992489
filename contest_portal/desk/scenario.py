"""The story a demonstration tells: `demonstration.toml` in the rule-book folder."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from contests import clock

FILE = "demonstration.toml"


class Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Work(Told):
    title: str
    story: str
    unit: str
    track: str
    category: str
    picture: str  # a motif of demo_art
    upright: bool = False
    frames: Annotated[int, Field(ge=1)] = 1  # of an image work
    seconds: Annotated[int, Field(ge=1)] = 8  # of a video
    on: dt.date
    authors: Annotated[list[str], Field(min_length=1)]
    roles: list[str] = []  # what each of the authors did
    summary: str = ""  # of a video, in words
    tags: list[str] = []  # what the entrant is, by keys of the rule book
    organisation: str = ""
    end: Literal["draft", "screening", "first-passed", "returned", "accepted"] = (
        "accepted"
    )
    reason: str = ""  # of a returned work: the key of a review reason
    selected: bool = False  # by the judges of its round


class Station(Told):
    name: str
    address: str
    seats: int
    clue: str = ""


class Activity(Told):
    title: str
    starts: dt.time
    ends: dt.time


class Scenario(Told):
    today: dt.date
    works: list[Work] = []
    stations: list[Station] = []
    activities: list[Activity] = []


def at_noon(day: dt.date) -> dt.datetime:
    """When things of a day happen in the story."""
    return clock.start_of(day) + dt.timedelta(hours=12)


def load_scenario(folder: Path) -> Scenario | None:
    """The scenario of a rule book, or None when it tells none."""
    file = folder / FILE
    if not file.is_file():
        return None
    return Scenario.model_validate(tomllib.loads(file.read_text("utf-8")))
