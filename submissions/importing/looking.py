"""A first look at a table before it is sent for good: could it be read, and how much
of it is in order. Nothing is kept."""

from dataclasses import dataclass

from contests.rulebook import RuleBook
from submissions.importing.checking import check_rows
from submissions.importing.layout import lay_out
from submissions.importing.problems import Problem, has_errors
from submissions.importing.reading import read_table


@dataclass(frozen=True)
class Look:
    sheet: str
    rows: int
    rows_with_errors: int
    problems: list[Problem]  # of the table as a whole


def look(content: bytes, book: RuleBook, *, unit: str = "") -> Look:
    """Refuses, as the preview would, what cannot be read as the book's table."""
    grid = read_table(content)
    layout = lay_out(grid, book.summary_table)
    rows = check_rows(layout, book, unit=unit)
    return Look(
        sheet=grid.name,
        rows=len(rows),
        rows_with_errors=sum(has_errors(row.problems) for row in rows),
        problems=layout.problems,
    )
