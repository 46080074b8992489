"""CSV for Excel: with its mark, and nothing that runs."""

import csv
import io

import pytest

from documents.csv import guarded, write_csv
from documents.tables import Column, Group, Sheet

DANGEROUS = [
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    " =1+1",
    "\u3000=1+1",
]


def sheet(*rows):
    return Sheet(
        title="志愿服务影像：作品清单",
        lines=["填报单位（盖章）："],
        columns=[Column("题目", 20), Column("件数", 8)],
        groups=[Group(rows)],
        notes=["备注"],
    )


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_sheet_begins_with_the_mark_that_excel_needs():
    assert write_csv(sheet()).startswith(b"\xef\xbb\xbf")


def test_title_line_header_rows_and_note_stand_in_order():
    content = write_csv(sheet(["微笑亭", 3]))

    assert read(content) == [
        ["志愿服务影像：作品清单"],
        ["填报单位（盖章）："],
        ["题目", "件数"],
        ["微笑亭", "3"],
        ["备注"],
    ]
    assert content.count(b"\r\n") == 5


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_would_run_is_kept_text(text):
    (_title, _line, _header, row, *_note) = read(write_csv(sheet([text, 1])))

    assert row[0] == f"'{text}"


@pytest.mark.parametrize(
    ("cell", "written"),
    [(None, ""), (-3, -3), (2.5, 2.5), ("2 - 1", "2 - 1"), ("199****1234",) * 2],
)
def test_harmless_cells_stay_as_they_are(cell, written):
    assert guarded(cell) == written


def test_quotes_commas_and_lines_survive():
    text = '他说："好，\n走吧"'

    assert read(write_csv(sheet([text, 1])))[3][0] == text
