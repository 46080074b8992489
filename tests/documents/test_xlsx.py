from io import BytesIO

import pytest
from openpyxl import load_workbook

from documents.xlsx import Column, Group, Sheet, write_workbook

COLUMNS = [Column("序号", 6, centred=True), Column("作品名称", 30), Column("单元", 12)]


def read_back(*sheets):
    return load_workbook(BytesIO(write_workbook(*sheets)))


def rows_of(page):
    return [list(row) for row in page.iter_rows(values_only=True)]


def merged_in(page):
    return sorted(str(area) for area in page.merged_cells.ranges)


def test_sheet_holds_title_lines_header_groups_and_notes_in_this_order():
    sheet = Sheet(
        title="示例大赛获奖名单",
        lines=["（排名不分先后）"],
        columns=COLUMNS,
        groups=[
            Group(title="一等奖（1件）", rows=[[1, "《晨光》", "第一单元"]]),
            Group(title="二等奖（1件）", rows=[[1, "《渡口》", "第二单元"]]),
        ],
        notes=["备注：示例。"],
    )

    page = read_back(sheet).active

    assert rows_of(page) == [
        ["示例大赛获奖名单", None, None],
        ["（排名不分先后）", None, None],
        ["序号", "作品名称", "单元"],
        ["一等奖（1件）", None, None],
        [1, "《晨光》", "第一单元"],
        ["二等奖（1件）", None, None],
        [1, "《渡口》", "第二单元"],
        ["备注：示例。", None, None],
    ]
    assert merged_in(page) == ["A1:C1", "A2:C2", "A4:C4", "A6:C6", "A8:C8"]


def test_last_cell_of_a_short_row_runs_to_the_right_edge():
    sheet = Sheet(title="名单", columns=COLUMNS, groups=[Group([[1, "示例办公室"]])])

    page = read_back(sheet).active

    assert rows_of(page)[-1] == [1, "示例办公室", None]
    assert merged_in(page) == ["A1:C1", "B3:C3"]


def test_equal_neighbours_become_one_cell_where_the_column_asks_for_it():
    columns = [Column("时间", 8, merge_down=True), Column("区县", 12)]
    rows = [
        ["5月", "甲区"],
        ["5月", "乙区"],
        ["6月", "丙区"],
        ["", "丁区"],
        ["", "戊区"],
    ]

    page = read_back(Sheet(title="表", columns=columns, groups=[Group(rows)])).active

    assert rows_of(page)[2:] == [
        ["5月", "甲区"],
        [None, "乙区"],
        ["6月", "丙区"],
        [None, "丁区"],
        [None, "戊区"],
    ]
    assert merged_in(page) == ["A1:B1", "A3:A4"]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+8619900001234", "-2+3", "@SUM(A1)", "\t=1+1"]
)
def test_what_looks_like_a_formula_stays_the_text_it_was(typed):
    sheet = Sheet(title="表", columns=COLUMNS, groups=[Group([[1, typed, "甲"]])])

    cell = read_back(sheet).active["B3"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (typed, "s", True)


def test_long_numbers_given_as_text_keep_their_digits():
    sheet = Sheet(
        title="表", columns=COLUMNS, groups=[Group([[1, "330106199001011234", "甲"]])]
    )

    cell = read_back(sheet).active["B3"]

    assert (cell.value, cell.data_type) == ("330106199001011234", "s")


@pytest.mark.parametrize(
    ("landscape", "orientation"), [(True, "landscape"), (False, "portrait")]
)
def test_sheet_is_ready_to_print_on_a4(landscape, orientation):
    rows = [[1, "甲", "乙"]]
    sheet = Sheet("表", columns=COLUMNS, groups=[Group(rows)], landscape=landscape)

    page = read_back(sheet).active

    printed = page.page_setup
    assert page.freeze_panes == "A3"
    assert page.print_title_rows == "$2:$2"
    assert page.print_area == "'表'!$A$1:$C$3"
    assert (printed.orientation, printed.paperSize) == (orientation, 9)
    assert printed.fitToHeight == 0
    assert page.oddFooter.center.text == "— &P —"


def test_a_title_too_long_for_a_line_gets_the_height_of_two():
    short = read_back(Sheet(title="短", columns=COLUMNS, groups=[])).active
    long = read_back(Sheet(title="长" * 20, columns=COLUMNS, groups=[])).active

    heights = [page.row_dimensions[1].height for page in (short, long)]
    assert heights == pytest.approx([28.8, 2 * 28.8], rel=0.02)


def test_tabs_are_named_without_what_excel_forbids():
    first = Sheet(title="第一/二阶段：[示例]", columns=COLUMNS, groups=[])
    second = Sheet(title="评分", name="评分 明细" * 10, columns=COLUMNS, groups=[])

    book = read_back(first, second)

    assert book.sheetnames == ["第一 二阶段： 示例", ("评分 明细" * 10)[:31]]
