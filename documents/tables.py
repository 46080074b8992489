"""A table as officials pass it on, told once and written as .xlsx, .docx or a page.

A sheet is a title, lines under it, a header row, groups of rows with a heading each,
and notes at the foot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    title: str
    width: float  # in Latin characters; a Chinese one takes two
    centred: bool = False
    merge_down: bool = False  # equal neighbours of a group become one cell


@dataclass(frozen=True)
class Group:
    """Rows under one heading. The last cell of a short row runs to the right edge."""

    rows: Sequence[Sequence[Cell]]
    title: str = ""


@dataclass(frozen=True)
class Sheet:
    title: str
    columns: Sequence[Column]
    groups: Sequence[Group]
    lines: Sequence[str] = ()
    notes: Sequence[str] = ()
    landscape: bool = False
    name: str = ""  # of the tab; the title's beginning when empty
    annex: str = ""  # stands over the title of a printed page, as 附件 3


def runs_of_equals(group: Group, index: int) -> Iterator[tuple[int, int, Cell]]:
    """First row, height and value of what becomes one cell of a merged column."""
    first = 0
    values = [row[index] if index < len(row) else "" for row in group.rows]
    for value, same in groupby(values):
        height = len(list(same))
        if height > 1 and value not in (None, ""):
            yield first, height, value
        first += height


@dataclass(frozen=True)
class PageCell:
    """A cell of a page: how far it reaches, and whether it heads its rows."""

    value: Cell
    rowspan: int = 1
    colspan: int = 1
    centred: bool = False
    is_heading: bool = False


def page_rows(sheet: Sheet) -> list[list[PageCell]]:
    """The rows for an HTML table, cells that another covers left out."""
    rows = []
    for group in sheet.groups:
        if group.title:
            width = len(sheet.columns)
            rows.append([PageCell(group.title, colspan=width, is_heading=True)])
        rows += _rows_of(group, sheet.columns)
    return rows


def _rows_of(group: Group, columns: Sequence[Column]) -> Iterator[list[PageCell]]:
    heights, covered = {}, set()
    for index, column in enumerate(columns):
        for first, height, _value in (
            runs_of_equals(group, index) if column.merge_down else ()
        ):
            heights[first, index] = height
            covered |= {(first + below, index) for below in range(1, height)}
    for number, row in enumerate(group.rows):
        yield [
            PageCell(
                value,
                rowspan=heights.get((number, index), 1),
                colspan=len(columns) - index if index == len(row) - 1 else 1,
                centred=columns[index].centred,
            )
            for index, value in enumerate(row)
            if (number, index) not in covered
        ]
