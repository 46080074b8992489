"""What a contest asks of entrants beside the work: fields, tags, papers, guardians.

A contest asks for as little as it needs: what stands in no `[[fields]]` entry is
neither shown nor stored.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from contests.rulebook.values import Key, Name, Positive, RuleId, Source, Strict, Text

FieldKey = Literal[
    "story",
    "text_summary",  # of a film, for those who cannot see or hear it
    "genre",
    "shot_on",
    "shot_place",
    "captions",  # of pictures
    "organisation",  # an organisation may enter, not only a person
    "organisation_code",
    "author_roles",
    "tags",
    "author_age",
    "shows_children",
]
MEDIA_OF_FIELD = {"text_summary": "video", "captions": "image"}


class Concerning(Strict):
    """Something asked only of works of some categories and tracks."""

    categories: list[Key] = []  # only for these; empty: for all
    tracks: list[Key] = []

    def concerns(self, *, category: str | None, track: str | None) -> bool:
        """Whether a submission of this category and track is asked for it."""
        return (not self.categories or category in self.categories) and (
            not self.tracks or track in self.tracks
        )


class EntryField(Concerning):
    """One question of the form that not every contest asks."""

    key: FieldKey
    required: bool = False
    hint: str = ""  # below the label, instead of the portal's own words


class EntrantTag(Strict):
    """What entrants may say they are, for statistics (rules 43 and 44)."""

    key: Key
    name: Name
    rule: RuleId | None = None


class Proof(Concerning):
    """A paper that belongs beside a work: seen by those who screen, never shown."""

    key: Key
    label: Name
    hint: str = ""
    required: bool = False
    max_files: Positive = 5
    rule: RuleId | None = None
    source: Source = "notice"


class Guardian(Strict):
    """When a guardian must consent, and the two ways to show it (B17)."""

    author_under: Literal[14, 18] = 14
    child_under: Literal[14, 18] = 14  # recognisable in the work
    proof: Key  # of the signed paper
    statement: str = Field(default="", max_length=48)  # declaration signed by name
    form: str = Field(default="", max_length=48)  # text to print and sign
    explanation: Text

    @model_validator(mode="after")
    def statement_is_not_the_paper(self) -> Self:
        if self.statement == self.proof:
            raise ValueError("the statement and the paper need keys of their own")
        return self
