"""The rule book: a contest as data, parsed by a schema that forgives nothing.

A rule book is a folder with `rulebook.toml`, the official texts as Markdown and the
contest's own pictures. `load_rulebook` is the only door: `loadrulebook` writes what it
returns to the database, `inspectmedia` judges files by it without one.
"""

from contests.rulebook.entries import EntrantTag, EntryField, Guardian, Proof
from contests.rulebook.limits import (
    AspectLimit,
    ColourLimit,
    CountLimit,
    DensityLimit,
    DurationLimit,
    FormatLimit,
    Limit,
    Limits,
    LinkLimit,
    PixelLimit,
    SoftPixelLimit,
    TakenLimit,
)
from contests.rulebook.loading import (
    RuleBookError,
    default_rulebook,
    find_rulebook,
    load_rulebook,
)
from contests.rulebook.outreach import District, Duty, Equipment, Outreach
from contests.rulebook.rights import (
    Declaration,
    Licence,
    ReviewCheck,
    ReviewReason,
    WinnerForm,
)
from contests.rulebook.schema import (
    AwardKind,
    Body,
    Category,
    Channel,
    Clause,
    Contest,
    Criterion,
    Defaults,
    Footer,
    PictureFile,
    PrizeGroup,
    RuleBook,
    Scoring,
    Track,
    Unit,
)
from contests.rulebook.summary import SummaryColumn, SummaryTable
from contests.rulebook.timeplan import Node, Publication, Stage

__all__ = [
    "AspectLimit",
    "AwardKind",
    "Body",
    "Category",
    "Channel",
    "Clause",
    "ColourLimit",
    "Contest",
    "CountLimit",
    "Criterion",
    "Declaration",
    "Defaults",
    "DensityLimit",
    "District",
    "DurationLimit",
    "Duty",
    "EntrantTag",
    "EntryField",
    "Equipment",
    "Footer",
    "FormatLimit",
    "Guardian",
    "Licence",
    "Limit",
    "Limits",
    "LinkLimit",
    "Node",
    "Outreach",
    "PictureFile",
    "PixelLimit",
    "PrizeGroup",
    "Proof",
    "Publication",
    "ReviewCheck",
    "ReviewReason",
    "RuleBook",
    "RuleBookError",
    "Scoring",
    "SoftPixelLimit",
    "Stage",
    "SummaryColumn",
    "SummaryTable",
    "TakenLimit",
    "Track",
    "Unit",
    "WinnerForm",
    "default_rulebook",
    "find_rulebook",
    "load_rulebook",
]
