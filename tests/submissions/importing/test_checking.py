"""Every habit of a filled-in table has its remark, and every fault its sentence."""

import pytest

from contests.rulebook import find_rulebook, load_rulebook
from submissions.importing.checking import check_rows
from submissions.importing.layout import lay_out
from submissions.importing.problems import SENTENCES, Code
from submissions.importing.reading import TableRefused, read_table
from tests.submissions.importing.tables import (
    LABELS,
    PHONE,
    SHORT,
    csv_of,
    row,
    workbook,
)

HEAD = [["推荐单位：示例日报　　联系人：王小荷　联系方式：19900005678"]]
LONG = "https://www.douyin.com/video/7301234567890123456/"


@pytest.fixture(scope="module")
def book():
    return load_rulebook(find_rulebook("wenzhou-2024"))


def read(book, content):
    layout = lay_out(read_table(content), book.summary_table)
    return layout, check_rows(layout, book, unit="beautiful")


def codes_of(book, *rows, **options):
    _layout, found = read(book, workbook(*rows, **options))
    return [[problem.code for problem in each.problems] for each in found]


def test_a_row_in_order_is_read_whole(book):
    layout, [found] = read(book, workbook(row(link=SHORT), head=HEAD))

    assert layout.head == {
        "organisation": "示例日报",
        "contact": "王小荷",
        "phone": "19900005678",
    }
    values = found.values
    assert found.problems == []
    assert (values.title, values.authors) == ("早班骑手1", ["王小荷"])
    assert (values.affiliation, values.links) == ("快递员", [SHORT])
    assert values.phone == f"+86{PHONE}"
    assert (values.unit, values.track, values.category) == (
        "beautiful",
        "directed",
        "douyin",
    )


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"phone": 19900001234}, [Code.PHONE_WAS_NUMBER]),
        ({"phone": "１９９００００１２３４"}, [Code.WIDTH_CHANGED]),
        ({"phone": "199 0000-1234"}, []),
        ({"phone": "1.99E+10"}, [Code.PHONE_ROUNDED]),
        ({"phone": "1.9900001234E+10"}, []),
        ({"phone": "0577-88880000"}, [Code.PHONE_SHAPE]),
        ({"phone": "无"}, [Code.NOTHING_MEANT, Code.CELL_MISSING]),
        ({"phone": ""}, [Code.CELL_MISSING]),
        ({"title": "早班\n骑手"}, [Code.LINES_JOINED]),
        ({"title": "第１集"}, [Code.WIDTH_CHANGED]),
        ({"title": "字" * 41}, [Code.TITLE_LONG]),
        ({"title": "字" * 40}, []),
        ({"authors": "甲一、乙二，丙三,丁四；戊五"}, []),
        ({"authors": "甲一、乙二，丙三,丁四；戊五/己六"}, [Code.AUTHORS_MANY]),
        ({"authors": "字" * 31}, [Code.NAME_LONG]),
        ({"work": "/"}, [Code.NOTHING_MEANT]),
        ({"work": "字" * 121}, [Code.AFFILIATION_LONG]),
        ({"link": "没有地址"}, [Code.LINK_MISSING]),
        ({"link": "https://example.org/"}, [Code.LINK_OTHER]),
        ({"link": f"看看 {SHORT} 复制\n{LONG}"}, []),
        (
            {"link": " ".join(f"https://v.douyin.com/bbbb{n}/" for n in range(7))},
            [Code.LINKS_MANY],
        ),
        ({"work": "同上"}, [Code.NO_ROW_ABOVE]),
    ],
)
def test_what_is_said_of_a_row(book, changes, codes):
    assert codes_of(book, row(**changes)) == [codes]


def test_the_same_as_above_is_taken_from_there(book):
    _layout, rows = read(book, workbook(row(1, work="示例日报"), row(2, work="同上")))

    assert rows[1].values.affiliation == "示例日报"
    assert [problem.code for problem in rows[1].problems] == [Code.SAME_AS_ABOVE]


def test_merged_cells_are_filled_down_with_a_remark(book):
    content = workbook(row(1), row(2), row(3), merge=[(0, 2, 3)])

    _layout, rows = read(book, content)

    assert [each.values.affiliation for each in rows] == ["快递员"] * 3
    assert [[problem.code for problem in each.problems] for each in rows] == [
        [],
        [Code.FILLED_DOWN],
        [Code.FILLED_DOWN],
    ]


def test_doubles_in_the_file_name_the_first_line(book):
    _layout, rows = read(
        book,
        workbook(row(1, link=SHORT), row(2, link=SHORT), row(3, title="早 班骑手1")),
    )

    assert [(p.code, p.params) for p in rows[1].problems] == [
        (Code.LINK_TWICE, {"line": 3})
    ]
    assert [(p.code, p.params) for p in rows[2].problems] == [
        (Code.TITLE_TWICE, {"line": 3})
    ]


def test_columns_are_found_by_their_names_in_any_order(book):
    labels = ["手机", "作者", "作品名称", "链接", "职业", "序号", "备用"]
    content = workbook([PHONE, "王小荷", "早班骑手", SHORT, "", 1, ""], labels=labels)

    layout, [found] = read(book, content)

    assert found.values.title == "早班骑手"
    assert [(p.code, p.params) for p in layout.problems] == [
        (Code.ORDER_CHANGED, {}),
        (Code.COLUMNS_UNKNOWN, {"names": "备用"}),
    ]


def test_columns_beyond_the_layout_are_understood(book):
    labels = [*LABELS, "作品简介", "单元"]
    content = workbook([*row(), "一天的路。", "新心相印"], labels=labels)

    layout, [found] = read(book, content)

    assert layout.problems == []
    assert (found.values.story, found.values.unit) == ("一天的路。", "new-employment")


def test_a_unit_that_is_not_in_the_list_is_told_with_the_list(book):
    labels = [*LABELS, "单元"]

    [[code]] = codes_of(book, [*row(), "别的"], labels=labels)

    assert code == Code.CHOICE_UNKNOWN


def test_rows_end_at_the_remarks_and_blank_ones_are_passed_over(book):
    content = workbook(row(1), [2], [], row(3), ["备注：请盖章"], row(5))

    layout, _rows = read(book, content)

    assert [line.number for line in layout.lines] == [3, 6]


@pytest.mark.parametrize(
    ("labels", "code"),
    [([], "header_missing"), (["作品题目", "作者姓名"], "column_missing")],
)
def test_a_table_without_its_header_is_refused(book, labels, code):
    with pytest.raises(TableRefused) as refusal:
        read(book, workbook(row(), labels=labels))

    assert refusal.value.code == code


def test_a_gb18030_table_of_an_office_reads_like_a_workbook(book):
    content = csv_of(row(link=SHORT), encoding="gb18030")

    _layout, [found] = read(book, content)

    assert (found.values.title, found.problems) == ("早班骑手1", [])


def test_every_code_has_its_sentence():
    assert set(SENTENCES) == set(Code)
