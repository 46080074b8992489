"""What a row means for a work, and everything that is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from accounts.masking import mask_phone
from accounts.phones import PhoneRefused, normalise
from contests.rulebook import RuleBook, SummaryColumn
from submissions.importing import cells
from submissions.importing.layout import Layout, Line
from submissions.importing.problems import Code, Problem
from submissions.validators import NAME_MAX_LENGTH, story_length

AFFILIATION_MAX_LENGTH = 120
SHOWN = 20  # characters of a wrong text in its sentence
CHOICES = ("unit", "track", "category")
PARTS = {"unit": "units", "track": "tracks", "category": "categories"}


@dataclass
class Values:
    """A row as the works need it; choices are keys of the rule book."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    affiliation: str = ""
    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    phone: str = ""
    unit: str = ""
    track: str = ""
    category: str = ""
    story: str = ""


@dataclass
class Row:
    line: Line
    values: Values
    problems: list[Problem]


def check_rows(layout: Layout, book: RuleBook, *, unit: str = "") -> list[Row]:
    """Every line with its meaning; `unit` is that of rows that do not say theirs."""
    rows = [_Reader(line, book, unit).row() for line in layout.lines]
    _find_doubles(rows)
    return rows


class _Reader:
    """Reads one line, noting what it finds."""

    def __init__(self, line, book, unit):
        self._line = line
        self._book = book
        self._table = book.summary_table
        self._unit = unit
        self._problems = list(line.problems)

    def row(self) -> Row:
        self._require()
        values = Values(
            title=self._title(),
            authors=self._authors(),
            affiliation=self._affiliation(),
            files=cells.files_in(self._text("file")),
            phone=self._phone(),
            unit=self._choice("unit", self._unit),
            track=self._choice("track", self._table.track),
            category=self._choice("category", self._table.category),
            story=self._story(),
        )
        values.links = self._links(values.category)
        return Row(self._line, values, self._problems)

    def _text(self, holds):
        return self._line.cells.get(holds, "")

    def _column(self, holds) -> SummaryColumn | None:
        return self._table.column(holds)

    def _say(self, code, holds="", **params):
        self._problems.append(Problem(code, holds, params))

    def _label(self, holds):
        column = self._column(holds)
        return column.label if column else holds

    def _require(self):
        for column in self._table.columns:
            if column.required and not self._text(column.holds):
                self._say(Code.CELL_MISSING, column.holds, column=column.label)

    # --- Words ----------------------------------------------------------------
    def _line_of(self, holds):
        """One line of text, digits and Latin letters in their usual width."""
        raw = self._text(holds)
        text = cells.one_line(raw)
        if "\n" in raw or "\r" in raw:
            self._say(Code.LINES_JOINED, holds, column=self._label(holds))
        narrow = cells.narrowed(text)
        if narrow != text:
            self._say(
                Code.WIDTH_CHANGED,
                holds,
                column=self._label(holds),
                text=narrow[:SHOWN],
            )
        return narrow

    def _title(self):
        title = self._line_of("title")
        limit = self._book.defaults.title_max_length
        if len(title) > limit:
            self._say(Code.TITLE_LONG, "title", length=len(title), limit=limit)
        return title

    def _affiliation(self):
        text = self._line_of("affiliation")
        if len(text) > AFFILIATION_MAX_LENGTH:
            self._say(
                Code.AFFILIATION_LONG,
                "affiliation",
                column=self._label("affiliation"),
                limit=AFFILIATION_MAX_LENGTH,
            )
        return text

    def _story(self):
        text = self._text("story")
        length, limit = story_length(text), self._book.defaults.story_max_length
        if length > limit:
            self._say(Code.STORY_LONG, "story", length=length, limit=limit)
        return text

    def _authors(self):
        names = cells.names_in(self._text("authors"))
        limit = self._book.defaults.max_authors
        if len(names) > limit:
            self._say(Code.AUTHORS_MANY, "authors", count=len(names), limit=limit)
        for name in names:
            if len(name) > NAME_MAX_LENGTH:
                self._say(
                    Code.NAME_LONG, "authors", name=name[:8], limit=NAME_MAX_LENGTH
                )
        return names

    # --- Numbers and addresses ----------------------------------------------------
    def _phone(self):
        text = self._text("phone")
        if not text:
            return ""
        try:
            digits = cells.digits_of(text)
            found = normalise(digits)
        except cells.Rounded:
            self._say(Code.PHONE_ROUNDED, "phone", text=text[:SHOWN])
            return ""
        except PhoneRefused:
            self._say(Code.PHONE_SHAPE, "phone", text=text[:SHOWN])
            return ""
        if cells.has_full_width(text):
            self._say(
                Code.WIDTH_CHANGED,
                "phone",
                column=self._label("phone"),
                text=mask_phone(found),
            )
        return found

    def _links(self, category):
        text = self._text("links")
        limit = self._book.category(category).limits.links if category else None
        if not text or limit is None:
            return []
        found = cells.addresses_in(text)
        taken = [address for address in found if limit.takes(address)]
        if not found:
            self._say(Code.LINK_MISSING, "links", text=text[:SHOWN], site=limit.site)
        elif not taken:
            self._say(Code.LINK_OTHER, "links", site=limit.site)
        elif len(taken) > limit.max:
            self._say(Code.LINKS_MANY, "links", count=len(taken), limit=limit.max)
        return taken

    # --- Choices of the rule book --------------------------------------------------
    def _choice(self, holds, otherwise):
        """The key of what the cell names; by its whole name, a short one or the key."""
        text = self._text(holds)
        parts = getattr(self._book, PARTS[holds])
        if not text:
            return otherwise or (parts[0].key if len(parts) == 1 else "")
        wanted = cells.as_label(text)
        for part in parts:
            names = (part.name, part.key, getattr(part, "short_name", part.name))
            if wanted in {cells.as_label(name) for name in names}:
                return part.key
        self._say(
            Code.CHOICE_UNKNOWN,
            holds,
            text=text[:SHOWN],
            column=self._label(holds),
            choices=", ".join(part.name for part in parts),
        )
        return ""


def _find_doubles(rows: list[Row]) -> None:
    """Rows that say the same as one above."""
    seen = {}
    for row in rows:
        for code, mark, params in _marks(row.values):
            line = seen.setdefault((code, mark), row.line.number)
            if line != row.line.number:
                row.problems.append(Problem(code, params={"line": line, **params}))


def _marks(values: Values) -> Iterator[tuple[Code, object, dict]]:
    for link in values.links:
        yield Code.LINK_TWICE, link, {}
    for name in values.files:
        yield Code.FILE_TWICE, name.casefold(), {"name": name[:40]}
    if values.title:
        yield Code.TITLE_TWICE, identity(values.title, values.authors), {}


def identity(title: str, authors: list[str]) -> tuple[str, frozenset[str]]:
    """By which two rows or works are taken for the same: width and spaces apart."""
    return cells.as_label(title), frozenset(cells.as_label(name) for name in authors)
