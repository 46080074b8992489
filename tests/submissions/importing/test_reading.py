"""Files are told by their content; what is no table is refused with the way out."""

import io
import zipfile

import pytest

from submissions.importing import reading
from submissions.importing.bounds import FAR_ROWS
from submissions.importing.reading import TableRefused, read_table
from tests.submissions.importing.tables import (
    LABELS,
    MAIN,
    csv_of,
    packed,
    row,
    sheet_xml,
    workbook,
)

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ENCRYPTED = OLD_WORKBOOK + "EncryptedPackage".encode("utf-16-le")


def refusal_of(content) -> TableRefused:
    with pytest.raises(TableRefused) as refusal:
        read_table(content)
    return refusal.value


def test_a_workbook_is_read_with_its_merged_cells():
    grid = read_table(workbook(row(1), row(2), merge=[(0, 1, 3)]))

    assert grid.rows[1] == LABELS
    assert grid.rows[2][:3] == [1.0, "早班骑手1", "王小荷"]
    assert (2, 3, 3, 3) in grid.merged
    assert (grid.name, grid.other_sheets) == ("汇总表", 0)


def test_further_sheets_are_counted_and_hidden_ones_are_not():
    assert read_table(workbook(row(), more_sheets=["备用"])).other_sheets == 1


@pytest.mark.parametrize(
    ("encoding", "sign"),
    [
        ("utf-8-sig", ","),
        ("utf-8", ";"),
        ("gb18030", ","),
        ("gb18030", "\t"),
        ("utf-16", "\t"),
    ],
)
def test_plain_text_is_read_in_every_encoding_that_spreadsheets_write(encoding, sign):
    content = csv_of(
        ["1", "䶮家小院𠮷日", "王小荷", "快递员", "", ""], encoding=encoding, sign=sign
    )

    assert read_table(content).rows == [
        LABELS,
        ["1", "䶮家小院𠮷日", "王小荷", "快递员", "", ""],
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (OLD_WORKBOOK, "save_as_xlsx"),
        (ENCRYPTED, "locked"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\xff\xd8\xff\xe0", "not_a_table"),
        (b"\x00\x01\x02", "not_a_table"),
        (b"PK\x03\x04broken", "damaged"),
        (b"x" * (reading.MAX_BYTES + 1), "too_large"),
    ],
)
def test_what_is_no_table_is_refused(content, code):
    assert refusal_of(content).code == code


def test_an_old_workbook_is_answered_with_what_to_do(in_english):
    assert "*.xlsx" in refusal_of(OLD_WORKBOOK).message


def test_a_package_of_another_kind_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", "<w/>")

    assert refusal_of(stream.getvalue()).code == "not_a_table"


def test_a_workbook_without_a_filled_cell_is_empty():
    assert refusal_of(packed(sheet=sheet_xml(""))).code == "empty"


def test_more_rows_than_a_table_has_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 3)

    assert refusal_of(workbook(row(1), row(2))).code == "too_many_rows"


# --- Files that would fill the memory --------------------------------------------
def cell(place, inside="<v>1</v>"):
    return f'<c r="{place}">{inside}</c>'


def test_the_hand_made_workbook_can_be_read():
    content = packed(sheet=sheet_xml(f'<row r="1">{cell("A1")}</row>'))

    assert read_table(content).rows == [[1.0]]


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("XFD1048576")}</row>',
        f'<row r="{FAR_ROWS + 1}"><c><v>1</v></c></row>',
        "<row r='1'><c note='&gt;' r='XFD1'><v>1</v></c></row>",
    ],
)
def test_a_cell_far_outside_is_named_and_refused(rows):
    assert refusal_of(packed(sheet=sheet_xml(rows))).code == "far_cell"


def test_a_far_cell_that_is_only_coloured_does_no_harm():
    rows = f'<row r="1">{cell("A1")}</row><row r="9999"><c r="A9999" s="1"/></row>'

    assert read_table(packed(sheet=sheet_xml(rows))).rows == [[1.0]]


def test_a_workbook_that_unpacks_to_very_much_is_refused():
    blown_up = " " * (41 * 1024 * 1024)

    code = refusal_of(packed(sheet=sheet_xml(""), **{"xl/more.xml": blown_up})).code

    assert code == "too_large"


def test_one_long_text_in_many_cells_is_refused():
    rows = "".join(
        f'<row r="{n}">' + cell(f"A{n}", "<v>0</v>") + "</row>" for n in range(1, 2000)
    )
    texts = f'<sst xmlns="{MAIN}"><si><t>{"x" * 200_000}</t></si></sst>'

    content = packed(sheet=sheet_xml(rows), **{"xl/sharedStrings.xml": texts})

    assert refusal_of(content).code == "too_large"


def test_a_workbook_that_declares_entities_is_refused():
    sheet = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet_xml("<row/>")

    assert refusal_of(packed(sheet=sheet)).code == "damaged"
