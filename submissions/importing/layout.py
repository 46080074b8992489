"""Where in a grid the table stands: its head lines, its columns by name, its rows."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from contests.rulebook import SummaryColumn, SummaryTable
from submissions.importing import cells
from submissions.importing.problems import Code, Problem
from submissions.importing.reading import Grid, TableRefused

FEWEST_LABELS = 2  # by which a row is known to be the header
MOST_HEAD_ROWS = 30
WITHOUT_MEANING = {"number"}


@dataclass(frozen=True)
class Line:
    """One row of the table: what stands in each column, and what was put right."""

    number: int  # in the file, counted from 1
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Layout:
    head: dict[str, str]
    lines: list[Line]
    problems: list[Problem]


def lay_out(grid: Grid, table: SummaryTable) -> Layout:
    """The table of a grid; refuses a grid without its header or a needed column."""
    top, places = _header(grid, table)
    _require_columns(places, table)
    problems = [
        *_sheet_problems(grid),
        *_header_problems(grid.rows[top], places, table),
    ]
    return Layout(
        head=_head(grid.rows[:top], table),
        lines=_lines(grid, table, top=top, places=places),
        problems=problems,
    )


# --- The header -------------------------------------------------------------------
def _header(grid, table):
    """The row with the most labels, and the place of each meaning in it."""
    best = max(
        (
            (len(places := _places(row, table)), -number, places)
            for number, row in enumerate(grid.rows[:MOST_HEAD_ROWS])
        ),
        key=lambda found: found[:2],
        default=(0, 0, {}),
    )
    if best[0] < FEWEST_LABELS:
        labels = ", ".join(column.label for column in table.columns)
        raise TableRefused(
            _(
                "No header row was found. The table needs a row with the columns "
                "%(labels)s, as the template has it."
            )
            % {"labels": labels},
            code="header_missing",
        )
    return -best[1], best[2]


def _places(row, table) -> dict[str, int]:
    known = {
        cells.as_label(label): column.holds
        for column in table.every_column
        for label in (column.label, *column.also)
    }
    places = {}
    for place, value in enumerate(row):
        holds = known.get(cells.as_label(cells.written(value)))
        if holds is not None:
            places.setdefault(holds, place)
    return places


def _require_columns(places, table):
    missing = [
        column.label
        for column in table.columns
        if column.required and column.holds not in places
    ]
    if missing:
        raise TableRefused(
            _("These columns are missing: %(labels)s. Please use the template.")
            % {"labels": ", ".join(missing)},
            code="column_missing",
        )


def _sheet_problems(grid):
    if grid.other_sheets:
        told = {"name": grid.name, "count": grid.other_sheets}
        yield Problem(Code.OTHER_SHEETS, params=told)


def _header_problems(row, places, table):
    printed = [each.holds for each in table.columns if each.holds in places]
    if printed != sorted(printed, key=places.get):
        yield Problem(Code.ORDER_CHANGED)
    unknown = [
        text
        for place, value in enumerate(row)
        if place not in places.values()
        and (text := cells.one_line(cells.written(value)))
    ]
    if unknown:
        names = ", ".join(text[:20] for text in unknown[:8])
        yield Problem(Code.COLUMNS_UNKNOWN, params={"names": names})


# --- Above it ------------------------------------------------------------------------
def _head(rows, table) -> dict[str, str]:
    """What is filled in after the labels above the table."""
    labels = {
        "organisation": table.organisation_label,
        "contact": table.contact_label,
        "phone": table.phone_label,
    }
    stops = "|".join(re.escape(label) for label in labels.values())
    texts = [cells.written(value) for row in rows for value in row]
    whole = "\n".join(text for text in texts if text)
    return {
        name: text
        for name, label in labels.items()
        if (text := _after(whole, label, stops))
    }


def _after(whole, label, stops):
    """The words between a label and the next one; the label's own mark is dropped."""
    pattern = (
        rf"{re.escape(label)}(?:[（(][^）)\n]*[）)])?[ \u3000]*[:：]?(.*?)(?={stops}|$)"
    )
    found = re.search(pattern, whole, re.DOTALL)
    if found is None:
        return ""
    text = cells.one_line(found[1]).strip(" \u3000:：_＿")
    return text[:120]


# --- The rows -------------------------------------------------------------------------
def _lines(grid, table, *, top, places) -> list[Line]:
    columns = {holds: table.column(holds) for holds in places}
    filled = _merged_values(grid, top=top, places=places)
    above, lines = {}, []
    for index in range(top + 1, len(grid.rows)):
        row = grid.rows[index]
        if _is_note(row, table):
            break
        line = _line(index, row, columns, places, filled, above)
        if line is not None:
            above.update(line.cells)
            lines.append(line)
    return lines


def _is_note(row, table):
    first = next((text for value in row if (text := cells.written(value))), "")
    mark = cells.as_label(table.notes_label)
    label = cells.as_label(first)
    return label == mark or first.lstrip().startswith((f"{mark}：", f"{mark}:"))


def _merged_values(grid, *, top, places) -> dict[tuple[int, int], str]:
    """(row, column) of each cell that a merged one covers from above: its value."""
    found = {}
    for first, left, last, _right in grid.merged:
        if first <= top or left not in places.values():
            continue
        value = _cell(grid.rows, first, left)
        for row in range(first + 1, min(last + 1, len(grid.rows))):
            found[row, left] = value
    return found


def _cell(rows, row, place):
    if row >= len(rows) or place >= len(rows[row]):
        return ""
    return cells.written(rows[row][place])


def _line(index, row, columns, places, filled, above):
    """None where nobody wrote anything: a serial number alone is the template's."""
    texts, problems, own = {}, [], False
    for holds, place in places.items():
        if holds in WITHOUT_MEANING:
            continue
        text = cells.written(row[place]) if place < len(row) else ""
        own = own or bool(text)
        if not text and filled.get((index, place)):
            text = filled[index, place]
            problems.append(_about(Code.FILLED_DOWN, columns[holds]))
        elif text:
            text, said = _meant(text, columns[holds], above.get(holds, ""))
            problems += said
            problems += _was_number(row[place], text, columns[holds])
        texts[holds] = text
    if not own:
        return None
    return Line(index + 1, {k: text for k, text in texts.items() if text}, problems)


def _meant(text, column: SummaryColumn, above: str):
    if cells.means_nothing(text):
        return "", [_about(Code.NOTHING_MEANT, column, text=text)]
    if cells.means_above(text):
        code = Code.SAME_AS_ABOVE if above else Code.NO_ROW_ABOVE
        return above, [_about(code, column)]
    return text, []


def _was_number(value, text, column):
    if column.holds == "phone" and isinstance(value, float):
        yield _about(Code.PHONE_WAS_NUMBER, column, text=text)


def _about(code, column, **params):
    return Problem(code, column.holds, {"column": column.label, **params})
