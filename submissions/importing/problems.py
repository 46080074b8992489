"""What is said of a table and its rows: a code, a sentence, and what it is about."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from submissions.states import Severity


class Code(StrEnum):
    # Of the whole table
    OTHER_SHEETS = "IMP-SHEETS-MORE"
    ORDER_CHANGED = "IMP-COLUMNS-ORDER"
    COLUMNS_UNKNOWN = "IMP-COLUMNS-UNKNOWN"
    OTHER_ORGANISATION = "IMP-ORGANISATION-OTHER"
    IMPORTED_BEFORE = "IMP-FILE-KNOWN"
    # What was put right in a cell
    FILLED_DOWN = "IMP-CELL-MERGED"
    SAME_AS_ABOVE = "IMP-CELL-DITTO"
    NOTHING_MEANT = "IMP-CELL-NOTHING"
    WIDTH_CHANGED = "IMP-CELL-WIDTH"
    LINES_JOINED = "IMP-CELL-LINES"
    PHONE_WAS_NUMBER = "IMP-PHONE-NUMBER"
    # What is wrong in a row
    CELL_MISSING = "IMP-CELL-MISSING"
    NO_ROW_ABOVE = "IMP-DITTO-ALONE"
    TITLE_LONG = "IMP-TITLE-LONG"
    STORY_LONG = "IMP-STORY-LONG"
    NAME_LONG = "IMP-NAME-LONG"
    AFFILIATION_LONG = "IMP-AFFILIATION-LONG"
    AUTHORS_MANY = "IMP-AUTHORS-MANY"
    PHONE_SHAPE = "IMP-PHONE-SHAPE"
    PHONE_ROUNDED = "IMP-PHONE-ROUNDED"
    LINK_MISSING = "IMP-LINK-MISSING"
    LINK_OTHER = "IMP-LINK-OTHER"
    LINKS_MANY = "IMP-LINKS-MANY"
    CHOICE_UNKNOWN = "IMP-CHOICE-UNKNOWN"
    LINK_TWICE = "IMP-LINK-TWICE"
    TITLE_TWICE = "IMP-TITLE-TWICE"
    FILE_TWICE = "IMP-FILE-TWICE"
    LINK_KNOWN = "IMP-LINK-KNOWN"
    TITLE_KNOWN = "IMP-TITLE-KNOWN"


SENTENCES = {
    Code.OTHER_SHEETS: _(
        "Only the sheet “%(name)s” was read; the file has %(count)s more."
    ),
    Code.ORDER_CHANGED: _(
        "The columns stand in another order than in the template. They were read by "
        "their names."
    ),
    Code.COLUMNS_UNKNOWN: _("These columns are not part of the table: %(names)s."),
    Code.OTHER_ORGANISATION: _(
        "The table names “%(named)s”; the works will be recommended by “%(own)s”."
    ),
    Code.IMPORTED_BEFORE: _("This very file was imported before, on %(day)s."),
    Code.FILLED_DOWN: _("“%(column)s”: the cell is merged; its value counts here too."),
    Code.SAME_AS_ABOVE: _("“%(column)s”: taken from the row above, as written."),
    Code.NOTHING_MEANT: _("“%(column)s”: “%(text)s” is read as empty."),
    Code.WIDTH_CHANGED: _(
        "“%(column)s”: full-width signs and spaces were put right: %(text)s."
    ),
    Code.LINES_JOINED: _("“%(column)s”: the lines of the cell were joined."),
    Code.PHONE_WAS_NUMBER: _("“%(column)s”: the number was read as text: %(text)s."),
    Code.CELL_MISSING: _("“%(column)s” is empty. Please fill it in."),
    Code.NO_ROW_ABOVE: _(
        "“%(column)s” points to the row above, and there is none with a value."
    ),
    Code.TITLE_LONG: _(
        "The title has %(length)s characters; at most %(limit)s fit. Please shorten it."
    ),
    Code.STORY_LONG: _(
        "The description has %(length)s characters; at most %(limit)s fit. Please "
        "shorten it."
    ),
    Code.NAME_LONG: _(
        "The name “%(name)s…” is longer than %(limit)s characters. Please put a "
        "comma between several names."
    ),
    Code.AFFILIATION_LONG: _(
        "“%(column)s” is longer than %(limit)s characters. Please shorten it."
    ),
    Code.AUTHORS_MANY: _(
        "%(count)s authors are named; a work has at most %(limit)s. Please name fewer."
    ),
    Code.PHONE_SHAPE: _(
        "“%(text)s” is no mobile number. It has 11 digits and starts with 1."
    ),
    Code.PHONE_ROUNDED: _(
        "The spreadsheet has shortened the number to “%(text)s”. Please format the "
        "column as text and type the number again."
    ),
    Code.LINK_MISSING: _(
        "There is no address in “%(text)s”. Please paste the whole share text of "
        "%(site)s."
    ),
    Code.LINK_OTHER: _(
        "The address does not lead to a work on %(site)s. Please copy it there again."
    ),
    Code.LINKS_MANY: _(
        "%(count)s addresses are given; a work has at most %(limit)s. Please remove "
        "some."
    ),
    Code.CHOICE_UNKNOWN: _(
        "“%(text)s” is not in the list of “%(column)s”. Please choose one of: "
        "%(choices)s."
    ),
    Code.LINK_TWICE: _("The same address stands in line %(line)s."),
    Code.TITLE_TWICE: _("The same title and authors stand in line %(line)s."),
    Code.FILE_TWICE: _("The file “%(name)s” is also named in line %(line)s."),
    Code.LINK_KNOWN: _("A work with this address is in the contest already."),
    Code.TITLE_KNOWN: _(
        "A work with this title and these authors was recommended already."
    ),
}
NOTES = {
    Code.WIDTH_CHANGED,
    Code.NOTHING_MEANT,
    Code.LINES_JOINED,
    Code.PHONE_WAS_NUMBER,
}
WARNINGS = {
    Code.OTHER_SHEETS,
    Code.ORDER_CHANGED,
    Code.COLUMNS_UNKNOWN,
    Code.OTHER_ORGANISATION,
    Code.IMPORTED_BEFORE,
    Code.FILLED_DOWN,
    Code.SAME_AS_ABOVE,
    Code.TITLE_TWICE,
    Code.LINK_KNOWN,
    Code.TITLE_KNOWN,
}
KNOWN = {Code.LINK_KNOWN, Code.TITLE_KNOWN}  # such a row is left out unless wanted


@dataclass(frozen=True)
class Problem:
    """One thing to know; `column` is the meaning of the column, "" for the row."""

    code: Code
    column: str = ""
    params: dict = field(default_factory=dict)

    @classmethod
    def stored(cls, told: dict) -> "Problem":
        """As `as_stored` has put it away."""
        return cls(Code(told["code"]), told["column"], told["params"])

    def as_stored(self) -> dict:
        return asdict(self)

    @property
    def severity(self) -> Severity:
        if self.code in NOTES:
            return Severity.INFO
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    @property
    def sentence(self) -> str:
        return SENTENCES[self.code] % self.params


def has_errors(problems) -> bool:
    return any(problem.severity == Severity.ERROR for problem in problems)
