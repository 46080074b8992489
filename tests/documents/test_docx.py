from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from documents.docx import write_document
from documents.tables import Column, Group, Sheet

COLUMNS = [
    Column("时间", 10, centred=True, merge_down=True),
    Column("区县", 20),
    Column("场次", 10, centred=True),
]
SPRING = [["5 月", "甲区", 3], ["5 月", "乙区", 3]]
SUMMER = [["6 月", "丙区", None]]


def read_back(sheet):
    return Document(BytesIO(write_document(sheet)))


def texts_of(document):
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]


def rows_of(document):
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def merges_of(document):
    """For each row, how each of its own cells takes part in a merge downwards."""
    rows = document.tables[0]._tbl.tr_lst
    return [[cell.vMerge for cell in row.tc_lst] for row in rows]


def test_document_holds_annex_title_lines_table_and_notes_in_this_order():
    sheet = Sheet(
        annex="附件 2",
        title="示例活动需求表",
        lines=["填报单位：示例中心（盖章）"],
        columns=COLUMNS,
        groups=[Group(SPRING), Group(SUMMER)],
        notes=["备注：1. 甲；", "　　　2. 乙。"],
    )

    document = read_back(sheet)

    assert texts_of(document) == [
        ("Annex", "附件 2"),
        ("Table Title", "示例活动需求表"),
        ("Table Line", "填报单位：示例中心（盖章）"),
        ("Table Note", "备注：1. 甲；"),
        ("Table Note", "　　　2. 乙。"),
    ]
    assert rows_of(document) == [
        ["时间", "区县", "场次"],
        ["5 月", "甲区", "3"],
        ["5 月", "乙区", "3"],
        ["6 月", "丙区", ""],
    ]
    body = [child.tag for child in document.element.body.iterchildren()]
    table = body.index(qn("w:tbl"))
    assert body[:table] == [qn("w:p")] * 3
    assert body[table + 1 :] == [qn("w:p")] * 2 + [qn("w:sectPr")]


def test_equal_neighbours_of_a_group_become_one_cell():
    sheet = Sheet(title="表", columns=COLUMNS, groups=[Group(SPRING), Group(SUMMER)])

    document = read_back(sheet)

    assert merges_of(document) == [
        [None, None, None],
        ["restart", None, None],
        ["continue", None, None],
        [None, None, None],
    ]
    merged = document.tables[0].cell(1, 0)
    assert [paragraph.text for paragraph in merged.paragraphs] == ["5 月"]


def test_a_group_may_have_a_heading_across_all_columns():
    sheet = Sheet(title="表", columns=COLUMNS, groups=[Group(SUMMER, title="夏季")])

    rows = read_back(sheet).tables[0]._tbl.tr_lst

    assert [cell.grid_span for cell in rows[1].tc_lst] == [3]


def test_last_cell_of_a_short_row_runs_to_the_right_edge():
    sheet = Sheet(title="表", columns=COLUMNS, groups=[Group([["5 月", "示例办公室"]])])

    rows = read_back(sheet).tables[0]._tbl.tr_lst

    assert [cell.grid_span for cell in rows[1].tc_lst] == [1, 2]


def test_a_line_break_stays_within_its_cell():
    sheet = Sheet(title="表", columns=COLUMNS, groups=[Group([["5 月", "甲\n乙", 1]])])

    cell = read_back(sheet).tables[0].cell(1, 1)

    assert [paragraph.text for paragraph in cell.paragraphs] == ["甲\n乙"]


@pytest.mark.parametrize(
    ("landscape", "page"), [(False, (210, 297)), (True, (297, 210))]
)
def test_page_is_a4_with_the_margins_of_an_official_paper(landscape, page):
    sheet = Sheet(title="表", columns=COLUMNS, groups=[], landscape=landscape)

    section = read_back(sheet).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == page
    margins = (
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]


def test_columns_are_fixed_and_fill_the_type_area_by_their_shares():
    sheet = Sheet(title="表", columns=COLUMNS, groups=[Group(SPRING)])

    table = read_back(sheet).tables[0]

    widths = [cell.width for cell in table.rows[0].cells]
    assert table.autofit is False
    assert [round(width / Mm(156), 2) for width in widths] == [0.25, 0.5, 0.25]
    assert [column.width for column in table.columns] == widths


def test_header_comes_again_on_each_page_and_no_row_is_torn():
    sheet = Sheet(title="表", columns=COLUMNS, groups=[Group(SPRING)])

    rows = read_back(sheet).tables[0]._tbl.tr_lst

    is_header = [row.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    is_whole = [row.trPr.find(qn("w:cantSplit")) is not None for row in rows]
    assert is_header == [True, False, False]
    assert is_whole == [True, True, True]


def test_chinese_faces_are_named_with_their_kin_and_not_embedded():
    content = write_document(Sheet(title="表", columns=COLUMNS, groups=[]))

    document = Document(BytesIO(content))
    faces = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Table Title", "Table Header", "Table Text")
    }
    with ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        fonts = package.read("word/fontTable.xml").decode()

    assert faces == {
        "Table Title": "方正小标宋简体",
        "Table Header": "黑体",
        "Table Text": "仿宋_GB2312",
    }
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong' in fonts
    assert [name for name in names if name.startswith("word/fonts/")] == []


def test_the_file_tells_its_title_and_no_author():
    sheet = Sheet(title="示例活动需求表", columns=COLUMNS, groups=[])

    properties = read_back(sheet).core_properties

    assert (properties.title, properties.author, properties.comments) == (
        "示例活动需求表",
        "",
        "",
    )
