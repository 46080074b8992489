"""What entrants declare, and the sentences of the screening desk."""

from typing import Literal

from contests.rulebook.entries import Concerning
from contests.rulebook.values import Key, Positive, RuleId, Source, Strict, Text


class Declaration(Concerning):
    """A sentence an entrant ticks, kept word for word with its version."""

    key: Key
    label: Text  # one plain sentence beside the tick
    text: Text  # the clause, quoted exactly
    version: Positive
    rules: list[RuleId]
    source: Source = "notice"
    required: bool = True
    moment: Literal["sign_in", "submission", "guardian"] = "submission"
    group: str = ""  # heading on the page; ticks of one group stand together
    page: str = ""  # key of the text to read


class ReviewCheck(Concerning):
    """A thing a reviewer looks at and ticks before letting a work pass."""

    key: Key
    text: Text
    rule: RuleId | None = None


class ReviewReason(Strict):
    """A reason template of the screening desk."""

    key: Key
    decision: Literal["return", "reject"]
    text: Text
    rule: RuleId
    clause: Text
    source: Source = "notice"
