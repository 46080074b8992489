"""Tables as officials pass them on: a merged title, a ruled table, ready to print.

A sheet is a title, lines under it, a header row that stays in view, groups of rows
with a heading each, and notes at the foot. Text stays text: a phone number keeps its
digits, and nothing that somebody typed is ever taken for a formula.
"""

import math
import re
from io import BytesIO

import xlsxwriter

from documents.tables import Column, Group, Sheet, runs_of_equals

__all__ = ["CONTENT_TYPE", "Column", "Group", "Sheet", "write_workbook"]

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TITLE_FONT = {"font_name": "黑体", "font_size": 18}
HEADING_FONT = {"font_name": "黑体", "font_size": 12}
TEXT_FONT = {"font_name": "仿宋", "font_size": 12}

A4 = 9
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_workbook(*sheets: Sheet) -> bytes:
    """The sheets as one .xlsx file."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        formats = _Formats(workbook)
        for sheet in sheets:
            _SheetWriter(workbook, formats, sheet).write()
    return buffer.getvalue()


class _Formats:
    """The few looks of a cell, each made once in a workbook."""

    def __init__(self, workbook):
        ruled = {"border": 1, "valign": "vcenter", "text_wrap": True}
        centred = {"align": "center"}
        wide = {"valign": "vcenter", "text_wrap": True}
        self.title = workbook.add_format({**TITLE_FONT, **wide, **centred})
        self.line = workbook.add_format({**TEXT_FONT, **wide})
        self.header = workbook.add_format({**HEADING_FONT, **ruled, **centred})
        self.heading = workbook.add_format({**HEADING_FONT, **ruled})
        self._text = {
            (is_centred, is_quoted): workbook.add_format(
                {
                    **TEXT_FONT,
                    **ruled,
                    **(centred if is_centred else {}),
                    "quote_prefix": is_quoted,
                }
            )
            for is_centred in (False, True)
            for is_quoted in (False, True)
        }

    def of_cell(self, value, column):
        """Text that looks like a formula carries the mark that keeps it text."""
        is_quoted = isinstance(value, str) and value.startswith(LOOKS_LIKE_A_FORMULA)
        return self._text[column.centred, is_quoted]


class _SheetWriter:
    def __init__(self, workbook, formats, sheet):
        self._sheet = sheet
        self._formats = formats
        self._page = workbook.add_worksheet(tab_name(sheet.name or sheet.title))
        self._last = len(sheet.columns) - 1
        self._row = 0

    def write(self):
        self._set_up_columns()
        if self._sheet.annex:
            self._write_across(self._sheet.annex, self._formats.line)
        self._write_across(self._sheet.title, self._formats.title, size=18)
        for line in self._sheet.lines:
            self._write_across(line, self._formats.line)
        self._write_header()
        for group in self._sheet.groups:
            self._write_group(group)
        for note in self._sheet.notes:
            self._write_across(note, self._formats.line)
        self._set_up_print()

    def _set_up_columns(self):
        for index, column in enumerate(self._sheet.columns):
            self._page.set_column(index, index, column.width)

    def _write_across(self, text, look, *, size=12):
        """One merged row, high enough for its text: Excel does not fit merged rows."""
        chars_in_line = sum(column.width for column in self._sheet.columns) * 11 / size
        lines = sum(
            max(1, math.ceil(_display_width(part) / chars_in_line))
            for part in text.split("\n")
        )
        self._page.set_row(self._row, lines * size * 1.6)
        self._merge(self._row, 0, self._row, self._last, text, look)
        self._row += 1

    def _write_header(self):
        for index, column in enumerate(self._sheet.columns):
            self._page.write_string(
                self._row, index, column.title, self._formats.header
            )
        self._page.freeze_panes(self._row + 1, 0)
        self._page.repeat_rows(self._row)
        self._row += 1

    def _write_group(self, group):
        if group.title:
            self._write_across(group.title, self._formats.heading)
        first = self._row
        for row in group.rows:
            self._write_row(row)
        for index, column in enumerate(self._sheet.columns):
            if column.merge_down:
                self._merge_equal(group, first, index)

    def _write_row(self, row):
        for index, value in enumerate(map(_plain, row)):
            look = self._formats.of_cell(value, self._sheet.columns[index])
            if index == len(row) - 1 and index < self._last:
                self._merge(self._row, index, self._row, self._last, value, look)
            else:
                self._write_cell(self._row, index, value, look)
        self._row += 1

    def _merge_equal(self, group, first, index):
        for row, height, value in runs_of_equals(group, index):
            look = self._formats.of_cell(value, self._sheet.columns[index])
            top = first + row
            self._merge(top, index, top + height - 1, index, value, look)

    def _merge(self, top, left, bottom, right, value, look):
        if (top, left) != (bottom, right):
            self._page.merge_range(top, left, bottom, right, "", look)
        self._write_cell(top, left, value, look)

    def _write_cell(self, row, index, value, look):
        if value is None or value == "":
            self._page.write_blank(row, index, None, look)
        elif isinstance(value, str):
            self._page.write_string(row, index, value, look)
        else:
            self._page.write_number(row, index, value, look)

    def _set_up_print(self):
        if self._sheet.landscape:
            self._page.set_landscape()
        self._page.set_paper(A4)
        self._page.set_margins(left=0.7, right=0.7, top=0.9, bottom=0.9)
        self._page.center_horizontally()
        self._page.fit_to_pages(1, 0)
        self._page.print_area(0, 0, self._row - 1, self._last)
        self._page.set_footer("&C— &P —")


def _plain(value):
    """Numbers as they are; all else is text, a translation waiting to be made too."""
    return value if value is None or isinstance(value, int | float) else str(value)


def tab_name(text):
    """At most 31 characters, none of those that Excel forbids."""
    return re.sub(r"[\[\]:*?/\\']", " ", text).strip()[:31]


def _display_width(text):
    return sum(1 if ord(char) < 0x2E80 else 2 for char in text)
