"""The template has the printed layout and can be read again; so can its remarks."""

from io import BytesIO

import openpyxl
import pytest

from contests.rulebook import find_rulebook, load_rulebook
from documents import xlsx
from submissions.importing.checking import check_rows
from submissions.importing.layout import lay_out
from submissions.importing.papers import error_sheet, template
from submissions.importing.problems import Code, Problem
from submissions.importing.reading import read_table
from tests.submissions.importing.tables import LABELS, LINK, PHONE


def book_of(key):
    return load_rulebook(find_rulebook(key))


def test_the_template_has_the_notices_own_layout():
    page = openpyxl.load_workbook(BytesIO(template(book_of("wenzhou-2024")))).active

    lines = [page.cell(number, 1).value for number in (1, 2, 3)]
    assert lines[:2] == ["附件 2", "第六届“最美 in 温州”抖音创意大赛推荐汇总表"]
    assert [part.split("：")[0] for part in lines[2].split("　") if part] == [
        "推荐单位",
        "联系人",
        "联系方式",
    ]
    assert [cell.value for cell in page[4]] == LABELS
    assert [page.cell(row, 1).value for row in (5, 24, 25)] == [1, 20, None]


def test_a_filled_in_template_is_read_back():
    book = book_of("wenzhou-2024")
    workbook = openpyxl.load_workbook(BytesIO(template(book, organisation="示例日报")))
    page = workbook.active
    for column, value in enumerate(
        ["早班骑手", "王小荷", "快递员", LINK.format(1), PHONE], 2
    ):
        page.cell(5, column).value = value
    stream = BytesIO()
    workbook.save(stream)

    layout = lay_out(read_table(stream.getvalue()), book.summary_table)
    [row] = check_rows(layout, book, unit="beautiful")

    assert layout.head == {"organisation": "示例日报"}
    assert (layout.problems, row.problems) == ([], [])
    assert (row.line.number, row.values.title) == (5, "早班骑手")


@pytest.mark.parametrize("key", ["hangzhou-2023", "wenzhou-2024"])
def test_an_empty_template_has_no_rows(key):
    book = book_of(key)

    assert lay_out(read_table(template(book)), book.summary_table).lines == []


def test_the_portals_own_table_has_lists_to_choose_from():
    book = book_of("hangzhou-2023")
    page, lists = openpyxl.load_workbook(BytesIO(template(book))).worksheets

    assert len(page.data_validations.dataValidation) == 3
    assert [cell.value for cell in lists["A"] if cell.value] == [
        unit.name for unit in book.units
    ]
    assert page.cell(page.max_row - 2, 1).value.startswith("备注：")


def test_the_sheet_of_problems_says_what_to_do(in_english):
    cells = {"title": "=1+1", "authors": "王小荷"}
    problem = Problem(Code.CELL_MISSING, "phone", {"column": "手机号码"})
    book = book_of("wenzhou-2024")

    sheet = error_sheet(book, name="a.xlsx", lines=[(3, cells, [problem]), (4, {}, [])])
    page = openpyxl.load_workbook(BytesIO(xlsx.write_workbook(sheet))).active

    rows = [[cell.value for cell in page[number]] for number in (4, 5)]
    assert (rows[0][:2], rows[0][-2:]) == (
        [3, "=1+1"],
        ["Must be fixed", "“手机号码” is empty. Please fill it in."],
    )
    assert (rows[1][0], rows[1][-2:]) == (4, ["In order", None])
    assert page.cell(4, 2).data_type == "s"
