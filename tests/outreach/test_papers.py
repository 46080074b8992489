"""The annexes against the notice, whole, in every form they go out."""

import datetime as dt
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document
from openpyxl import load_workbook

from documents.docx import write_document
from documents.tables import page_rows
from documents.xlsx import write_workbook
from outreach.papers import (
    recommendation_paper,
    schedule_paper,
    stations_paper,
)
from outreach.queries import districts_with_tables
from tests.factories.outreach import (
    district_of,
    make_activity,
    make_contest,
    make_organiser,
    make_station,
    make_table,
)

pytestmark = pytest.mark.django_db

TITLE_3 = "各区、县（市）、管委会新时代文明实践站推荐表"
HEAD_3 = "区、县（市）文明实践中心名称：上城区新时代文明实践中心　　　　（盖章）"
COLUMNS_3 = [
    "序号",
    "文明实践站名称",
    "地点",
    "预约时间",
    "联系人及联系方式",
    "拍摄线索（有/否）",
]
NOTES_3 = [
    "备注：1. 各区、县（市）新时代文明实践中心需推荐 3-5 个社区（村）"
    "新时代文明实践站；",
    "　　　2. 所推荐的新时代文明实践站需提供活动场地（可容纳 30 人左右，"
    "并配有投影、麦克风、音响等功能设备）并协助活动人员组织。",
]
ROWS_3 = [
    [
        "1",
        "示例社区文明实践站1",
        "示例路 1 号",
        "5 月 20 日 9:30",
        "示例联系人1\n19900000001",
        "有",
    ],
    [
        "2",
        "示例社区文明实践站2",
        "示例路 2 号",
        "5 月 21 日 9:30",
        "示例联系人2\n19900000002",
        "否",
    ],
    [
        "3",
        "示例社区文明实践站3",
        "示例路 3 号",
        "5 月 22 日 14:05",
        "示例联系人3\n19900000003",
        "有",
    ],
]

TITLE_2 = "各区、县（市）、管委会活动需求表"
COLUMNS_2 = ["时间", "区、县（市）、管委会", "场次需求", "联系人"]
NOTES_2 = [
    "备注：1. 每个区、县（市）、管委会安排 3 场，有不同场次需求可联系工作人员"
    "（联系人及电话以印发件为准）；",
    "　　　2. 每个区、县（市）、管委会活动安排地址对应附件 3。",
]
MONTHS = [
    ("5 月", ["上城区", "拱墅区", "西湖区"]),
    ("6 月", ["滨江区", "萧山区", "风景名胜区"]),
    ("7 月", ["余杭区", "临平区", "钱塘区"]),
    ("8 月", ["富阳区", "临安区", "建德市"]),
    ("9 月", ["桐庐县", "淳安县"]),
]


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def table(contest):
    table = make_table(district_of(contest), stations=0)
    make_station(table, 1)
    make_station(table, 2, has_clue=False, clue="")
    make_station(table, 3, wished_from=dt.time(14, 5))
    return table


def docx_of(paper):
    document = Document(BytesIO(write_document(paper)))
    return (
        [paragraph.text for paragraph in document.paragraphs],
        [[cell.text for cell in row.cells] for row in document.tables[0].rows],
    )


def xlsx_of(paper):
    return load_workbook(BytesIO(write_workbook(paper))).active


# --- Annex 3 -----------------------------------------------------------------
def test_annex_3_in_word_is_the_notices_form(table):
    assert docx_of(recommendation_paper(table)) == (
        ["附件 3", TITLE_3, HEAD_3, *NOTES_3],
        [COLUMNS_3, *ROWS_3],
    )


def test_annex_3_in_excel_is_the_notices_form(table):
    page = xlsx_of(recommendation_paper(table))

    rest = [None] * 5
    assert [list(row) for row in page.iter_rows(values_only=True)] == [
        ["附件 3", *rest],
        [TITLE_3, *rest],
        [HEAD_3, *rest],
        COLUMNS_3,
        *([int(row[0]), *row[1:]] for row in ROWS_3),
        *([note, *rest] for note in NOTES_3),
    ]
    assert page["E5"].data_type == "s"


def test_annex_3_speaks_chinese_to_everybody(table):
    with translation.override("en"):
        paper = recommendation_paper(table)

    assert [[str(cell) for cell in row] for row in paper.groups[0].rows] == ROWS_3


def test_what_is_not_filled_in_yet_stays_empty_in_the_print(contest):
    table = make_table(district_of(contest), stations=0)
    table.stations.create(position=1)

    paper = recommendation_paper(table)

    assert paper.groups[0].rows == [[1, "", "", "", "", ""]]


# --- Annex 2 -----------------------------------------------------------------
def test_annex_2_in_word_is_the_notices_form(contest):
    paragraphs, rows = docx_of(schedule_paper(contest))

    assert paragraphs == ["附件 2", TITLE_2, *NOTES_2]
    assert rows == [
        COLUMNS_2,
        *(
            [month, district, "3", ""]
            for month, districts in MONTHS
            for district in districts
        ),
    ]


def test_annex_2_in_excel_is_the_notices_form(contest):
    page = xlsx_of(schedule_paper(contest))

    assert [list(row) for row in page.iter_rows(values_only=True)] == [
        ["附件 2", None, None, None],
        [TITLE_2, None, None, None],
        COLUMNS_2,
        *(
            [month if index == 0 else None, district, 3, None]
            for month, districts in MONTHS
            for index, district in enumerate(districts)
        ),
        *([note, None, None, None] for note in NOTES_2),
    ]
    merged = sorted(
        str(area) for area in page.merged_cells.ranges if area.min_col == area.max_col
    )
    assert merged == ["A10:A12", "A13:A15", "A16:A17", "A4:A6", "A7:A9"]


def test_annex_2_on_the_page_has_one_cell_a_month(contest):
    rows = page_rows(schedule_paper(contest))

    months = [(row[0].value, row[0].rowspan) for row in rows if len(row) == 4]
    assert months == [(month, len(districts)) for month, districts in MONTHS]


def test_the_sums_of_the_notice_hold(contest):
    """B28: 14 bodies, months of 3, 3, 3, 3 and 2, 42 activities, 42–70 stations."""
    rows = [row for group in schedule_paper(contest).groups for row in group.rows]
    rules = contest.rulebook.outreach

    assert [len(group.rows) for group in schedule_paper(contest).groups] == [
        3,
        3,
        3,
        3,
        2,
    ]
    assert (len(rows), sum(row[2] for row in rows)) == (14, 42)
    assert (14 * rules.min_stations, 14 * rules.max_stations) == (42, 70)


def test_contacts_stand_only_where_the_reader_may_know_them(contest):
    for key in ("shangcheng", "xihu"):
        table = make_table(district_of(contest, key))
        first, second, _third = table.stations.all()
        make_activity(first, position=1)
        make_activity(first, position=2)
        make_activity(second, position=3)

    paper = schedule_paper(contest, contacts_of={district_of(contest, "xihu").pk})

    contacts = {row[1]: row[3] for group in paper.groups for row in group.rows}
    assert contacts["西湖区"] == "示例联系人1 19900000001\n示例联系人2 19900000002"
    assert {name for name, people in contacts.items() if people} == {"西湖区"}


# --- All stations ------------------------------------------------------------
def test_all_stations_stand_on_one_sheet_with_seats_and_equipment(contest, table):
    other = make_table(district_of(contest, "xihu"), stations=0)
    make_station(other, 1, seats=48, has_sound=False)
    organiser = make_organiser(contest)

    paper = stations_paper(contest, districts_with_tables(contest, user=organiser))

    assert [column.title for column in paper.columns[1:7]] == COLUMNS_3
    assert [
        [row[0], row[2], *row[7:]] for group in paper.groups for row in group.rows
    ] == [
        ["上城区", "示例社区文明实践站1", 30, "✓", "✓", "✓"],
        ["上城区", "示例社区文明实践站2", 30, "✓", "✓", "✓"],
        ["上城区", "示例社区文明实践站3", 30, "✓", "✓", "✓"],
        ["西湖区", "示例社区文明实践站1", 48, "✓", "✓", ""],
    ]
