"""An empty table for people to fill in: merged title, fields to complete, a header that
stays in view, numbered lines, drop-downs, notes at the foot.

Every cell to be filled in is text, so that a number keeps its digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from documents.xlsx import A4, HEADING_FONT, TEXT_FONT, TITLE_FONT, tab_name

TEXT_FORMAT = "@"


@dataclass(frozen=True)
class BlankColumn:
    title: str
    width: float
    choices: Sequence[str] = ()
    is_number: bool = False  # filled in already: 1, 2, 3 …


@dataclass(frozen=True)
class BlankForm:
    title: str
    fields: Sequence[str]  # stand in one line under the title, each with room
    columns: Sequence[BlankColumn]
    rows: int
    annex: str = ""
    notes: Sequence[str] = ()
    choices_tab: str = "Choices"  # name of the hidden sheet the lists stand on
    wrong_choice: str = ""


def write_form(form: BlankForm) -> bytes:
    """The form as one .xlsx file."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        _FormWriter(workbook, form).write()
    return buffer.getvalue()


class _FormWriter:
    def __init__(self, workbook, form):
        self._workbook = workbook
        self._form = form
        self._page = workbook.add_worksheet(tab_name(form.title))
        self._last = len(form.columns) - 1
        self._row = 0
        wide = {"valign": "vcenter", "text_wrap": True}
        ruled = {**wide, "border": 1}
        centred = {"align": "center"}
        add = workbook.add_format
        self._line_look = add({**TEXT_FONT, **wide})
        self._title_look = add({**TITLE_FONT, **wide, **centred})
        self._header_look = add({**HEADING_FONT, **ruled, **centred})
        self._number_look = add({**TEXT_FONT, **ruled, **centred})
        self._text_look = add({**TEXT_FONT, **ruled, "num_format": TEXT_FORMAT})

    def write(self):
        form = self._form
        for index, column in enumerate(form.columns):
            self._page.set_column(index, index, column.width)
        if form.annex:
            self._across(form.annex, self._line_look, height=20)
        self._across(form.title, self._title_look, height=36)
        self._across("　　　　".join(form.fields), self._line_look, height=26)
        self._header()
        self._blank_rows()
        self._drop_downs()
        for note in form.notes:
            self._across(note, self._line_look, height=20)
        self._set_up_print()

    def _across(self, text, look, *, height):
        self._page.set_row(self._row, height)
        self._page.merge_range(self._row, 0, self._row, self._last, text, look)
        self._row += 1

    def _header(self):
        for index, column in enumerate(self._form.columns):
            self._page.write_string(self._row, index, column.title, self._header_look)
        self._page.set_row(self._row, 26)
        self._page.freeze_panes(self._row + 1, 0)
        self._page.repeat_rows(self._row)
        self._row += 1

    def _blank_rows(self):
        self._first = self._row
        for number in range(1, self._form.rows + 1):
            self._page.set_row(self._row, 24)
            for index, column in enumerate(self._form.columns):
                if column.is_number:
                    self._page.write_number(self._row, index, number, self._number_look)
                else:
                    self._page.write_blank(self._row, index, None, self._text_look)
            self._row += 1

    def _drop_downs(self):
        """Lists stand on a hidden sheet: a list in a cell holds 255 characters."""
        columns = [
            (index, column)
            for index, column in enumerate(self._form.columns)
            if column.choices
        ]
        if not columns:
            return
        lists = self._workbook.add_worksheet(tab_name(self._form.choices_tab))
        lists.hide()
        for place, (index, column) in enumerate(columns):
            for row, choice in enumerate(column.choices):
                lists.write_string(row, place, choice)
            top = xl_rowcol_to_cell(0, place, row_abs=True, col_abs=True)
            end = xl_rowcol_to_cell(
                len(column.choices) - 1, place, row_abs=True, col_abs=True
            )
            source = f"='{lists.get_name()}'!{top}:{end}"
            self._page.data_validation(
                self._first,
                index,
                self._row - 1,
                index,
                {
                    "validate": "list",
                    "source": source,
                    "error_message": self._form.wrong_choice[:255],
                },
            )

    def _set_up_print(self):
        self._page.set_landscape()
        self._page.set_paper(A4)
        self._page.center_horizontally()
        self._page.fit_to_pages(1, 0)
        self._page.set_footer("&C— &P —")
