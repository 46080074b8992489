"""What entrants declare, and the sentences of the screening desk."""

from typing import Literal

from contests.rulebook.values import Key, Positive, RuleId, Source, Strict, Text


class Declaration(Strict):
    """A sentence an entrant ticks, kept word for word with its version."""

    key: Key
    label: Text  # one plain sentence beside the tick
    text: Text  # the clause, quoted exactly
    version: Positive
    rules: list[RuleId]
    source: Source = "notice"
    required: bool = True
    moment: Literal["sign_in", "submission"] = "submission"
    group: str = ""  # heading on the page; ticks of one group stand together
    page: str = ""  # key of the text to read
    categories: list[Key] = []  # only for these; empty: for all
    tracks: list[Key] = []

    def concerns(self, *, category: str | None, track: str | None) -> bool:
        """Whether a submission of this category and track is asked for it."""
        return (not self.categories or category in self.categories) and (
            not self.tracks or track in self.tracks
        )


class ReviewCheck(Strict):
    """A thing a reviewer looks at and ticks before letting a work pass."""

    key: Key
    text: Text
    rule: RuleId | None = None
    categories: list[Key] = []  # only for these; empty: for all
    tracks: list[Key] = []

    def concerns(self, *, category: str, track: str) -> bool:
        """Whether a work of this category and track is looked at for it."""
        return (not self.categories or category in self.categories) and (
            not self.tracks or track in self.tracks
        )


class ReviewReason(Strict):
    """A reason template of the screening desk."""

    key: Key
    decision: Literal["return", "reject"]
    text: Text
    rule: RuleId
    clause: Text
    source: Source = "notice"
