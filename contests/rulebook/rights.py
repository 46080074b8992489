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


class WinnerForm(Strict):
    """What the author of an awarded work signs after the results (B16)."""

    name: Text
    text: Key  # of the text that is printed and signed
    version: Positive
    rule: RuleId
    within_days: Positive = 15  # from the results
    reminder_days_before: list[Positive] = [7, 2]
    max_files: Positive = 6


class Licence(Strict):
    """On the strength of what works are shown and passed on (rules 79 to 82)."""

    declaration: Key  # that every work is entered under
    basis: Text  # in a few words, as lists name it
    winner_form: WinnerForm | None = None  # None where authors keep their rights


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
