"""A file that somebody chose, told by its content, as a grid of cells.

Only .xlsx and .csv are read. A workbook is looked over before it is opened: what it
would unpack to, and how far its cells reach, are bounded.
"""

import csv
import io
import zipfile
import zlib
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from contests.errors import RuleViolation
from submissions.importing.bounds import Damaged, FarCell, TooMuch, look_over

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 1000
MAX_COLUMNS = 60

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = b"PK\x03\x04"
WORKBOOK = "xl/workbook.xml"
UNREADABLE = (NotImplementedError, RuntimeError, OSError, EOFError)
DELIMITERS = (",", "\t", ";", "，")


class TableRefused(RuleViolation):
    """The file cannot be read as a table; the sentence says what to do."""

    code = "table_refused"


@dataclass(frozen=True)
class Grid:
    """Rows of cells as they are; `merged` are areas as (top, left, bottom, right)."""

    rows: list[list]
    name: str = ""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    other_sheets: int = 0


def read_table(content: bytes) -> Grid:
    """The first sheet with something in it; refuses what is no .xlsx and no .csv."""
    if not content.strip():
        raise TableRefused(
            _("This file is empty. Please choose another."), code="empty"
        )
    if len(content) > MAX_BYTES:
        raise TableRefused(too_large(), code="too_large")
    if content.startswith(OLE):
        raise _old_workbook(content)
    if content.startswith(ZIP):
        return _workbook(content)
    return _bounded(Grid(_csv_rows(_decoded(content))))


def too_large():
    return _("This table is larger than %(limit)s MB. Please split it.") % {
        "limit": MAX_BYTES // 1024 // 1024
    }


def _old_workbook(content):
    if ENCRYPTED in content:
        return TableRefused(
            _("This workbook is locked by a password. Please save it without one."),
            code="locked",
        )
    return TableRefused(
        _(
            "This is an old .xls or .et file. Please open it, choose “Save as”, the "
            "type “Excel workbook (*.xlsx)”, and choose the new file here."
        ),
        code="save_as_xlsx",
    )


def _not_a_table():
    return TableRefused(
        _("This file is no table. Please choose a file that ends in .xlsx or .csv."),
        code="not_a_table",
    )


def _damaged():
    return TableRefused(
        _("This workbook is damaged and cannot be opened. Please save it once more."),
        code="damaged",
    )


# --- Workbooks ----------------------------------------------------------------
def _workbook(content):
    _look_over(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return _first_filled(workbook)
    except PasswordError:
        raise _old_workbook(ENCRYPTED) from None
    except (CalamineError, ValueError, KeyError, IndexError):
        raise _damaged() from None


def _look_over(content):
    """Refuse what is no workbook, and one that would not fit into memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if WORKBOOK not in package.namelist():
                raise _not_a_table()
            look_over(package)
    except TooMuch:
        raise _too_much() from None
    except FarCell as far:
        raise TableRefused(
            _(
                "Something stands far outside the table, in cell %(cell)s. Please "
                "delete it and save the file once more."
            )
            % {"cell": far},
            code="far_cell",
        ) from None
    except (Damaged, zipfile.BadZipFile, zlib.error, *UNREADABLE):
        raise _damaged() from None


def _too_much():
    return TableRefused(
        _(
            "This workbook holds far more than a table of works. Please save the "
            "table alone in a new file."
        ),
        code="too_large",
    )


def _first_filled(workbook):
    sheets = [
        workbook.get_sheet_by_name(each.name)
        for each in workbook.sheets_metadata
        if each.visible == SheetVisibleEnum.Visible
        and each.typ == SheetTypeEnum.WorkSheet
    ]
    filled = [sheet for sheet in sheets if sheet.height and sheet.width]
    if not filled:
        raise TableRefused(
            _("This workbook is empty. Please fill the template in."), code="empty"
        )
    sheet = filled[0]
    grid = Grid(
        rows=sheet.to_python(skip_empty_area=False),
        name=sheet.name,
        merged=[
            (top, left, bottom, right)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ],
        other_sheets=len(filled) - 1,
    )
    return _bounded(grid)


# --- Plain text ------------------------------------------------------------------
def _decoded(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content or content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8")):
        raise _not_a_table()
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _not_a_table()


def _csv_rows(text):
    longest = max(DELIMITERS, key=lambda sign: _most_in_a_line(text, sign))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=longest))
    except csv.Error:
        raise _not_a_table() from None


def _most_in_a_line(text, sign):
    return max(line.count(sign) for line in text.splitlines()[:20])


# --- Bounds ------------------------------------------------------------------------
def _bounded(grid):
    rows = list(grid.rows)
    while rows and not any(_is_filled(cell) for cell in rows[-1]):
        rows.pop()
    if len(rows) > MAX_ROWS:
        raise TableRefused(
            _("The table has more than %(limit)s rows. Please split it.")
            % {"limit": MAX_ROWS},
            code="too_many_rows",
        )
    cut = [row[:MAX_COLUMNS] for row in rows]
    return Grid(cut, grid.name, grid.merged, grid.other_sheets)


def _is_filled(cell):
    return cell is not None and str(cell).strip() != ""
