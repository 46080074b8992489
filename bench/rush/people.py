"""What one person does in the rush, as the processes that send for them are told."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    IN_TIME = "in time"
    IN_GRACE = "on its way at the deadline"
    TARDY = "complete before, handed in after"


class Mishap(StrEnum):
    NONE = "none"
    DROP = "the line drops in the middle of a piece"
    TWICE = "a piece comes twice"


@dataclass
class Person:
    """`starts_at` and `hands_in_from` are seconds from the beginning of the rush."""

    token: str
    draft: int
    upload: str  # its address, begun before
    path: str  # of the file on this machine
    kind: Kind
    mishap: Mishap
    starts_at: float
    hands_in_from: float
    hands_in_twice: bool


@dataclass
class Told:
    """What a person saw."""

    draft: int
    statuses: list[int] = field(default_factory=list)  # of every try to hand in
    submit_s: list[float] = field(default_factory=list)
    stored_s: float = 0  # from the last byte until the file was there
    waited: int = 0  # times that the server asked to come back later
    code: str = ""
    detail: str = ""
    trouble: str = ""
