"""Sheets as .csv for Excel: UTF-8 with its mark, and no cell that would run.

A spreadsheet takes text that begins with = + - @, their full-width twins, a tab or a
line end for a formula. Such text gets an apostrophe before it; numbers stay numbers.
"""

import csv
from io import StringIO

from documents.tables import Cell, Sheet

CONTENT_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"
RUNS_AS_A_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def write_csv(sheet: Sheet) -> bytes:
    """Title, lines, header, rows and notes, as the .xlsx has them."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for line in (sheet.title, *sheet.lines):
        writer.writerow([guarded(line)])
    writer.writerow([guarded(column.title) for column in sheet.columns])
    for group in sheet.groups:
        if group.title:
            writer.writerow([guarded(group.title)])
        writer.writerows([guarded(cell) for cell in row] for row in group.rows)
    for note in sheet.notes:
        writer.writerow([guarded(note)])
    return (BYTE_ORDER_MARK + stream.getvalue()).encode()


def guarded(cell: Cell) -> str | int | float:
    """The cell as no spreadsheet takes it for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if text.lstrip(" \u3000").startswith(RUNS_AS_A_FORMULA) else text
