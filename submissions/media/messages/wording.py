"""How a finding is worded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Counted:
    """A sentence whose form follows the number `by` among its parameters."""

    by: str
    form: Callable[[int], str]


@dataclass(frozen=True)
class Wording:
    """What a code says, why there is such a finding, and how else it may be said.

    A variant is "review" where a person decides instead of the rule, "waiver" where the
    committee may allow it and "agreed" where it has, or what needs advice of its own.
    """

    sentence: str | Counted
    why: str
    variants: Mapping[str, str] = field(default_factory=dict)
