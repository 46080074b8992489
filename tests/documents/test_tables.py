from documents.tables import Column, Group, PageCell, Sheet, page_rows

COLUMNS = [
    Column("时间", 10, centred=True, merge_down=True),
    Column("区县", 20),
    Column("场次", 10, centred=True),
]


def test_a_merged_cell_reaches_down_and_those_below_are_left_out():
    rows = [["5 月", "甲区", 3], ["5 月", "乙区", 3], ["6 月", "丙区", 2]]

    cells = page_rows(Sheet(title="表", columns=COLUMNS, groups=[Group(rows)]))

    assert cells == [
        [
            PageCell("5 月", rowspan=2, centred=True),
            PageCell("甲区"),
            PageCell(3, centred=True),
        ],
        [PageCell("乙区"), PageCell(3, centred=True)],
        [
            PageCell("6 月", centred=True),
            PageCell("丙区"),
            PageCell(2, centred=True),
        ],
    ]


def test_equal_neighbours_of_two_groups_stay_two_cells():
    groups = [Group([["5 月", "甲区", 3]]), Group([["5 月", "乙区", 3]])]

    cells = page_rows(Sheet(title="表", columns=COLUMNS, groups=groups))

    assert [row[0] for row in cells] == [PageCell("5 月", centred=True)] * 2


def test_headings_and_last_cells_of_short_rows_reach_to_the_right():
    group = Group([["5 月", "示例办公室"]], title="夏季")

    cells = page_rows(Sheet(title="表", columns=COLUMNS, groups=[group]))

    assert cells == [
        [PageCell("夏季", colspan=3, is_heading=True)],
        [PageCell("5 月", centred=True), PageCell("示例办公室", colspan=2)],
    ]
