"""Real files of every kind that people send, made in the test."""

import io
import zipfile

import xlsxwriter

from contests.rulebook import SummaryTable

LABELS = ["序号", "作品题目", "作者姓名", "职业/单位", "作品链接", "手机号码"]
LINK = "https://v.douyin.com/aaaa{}/"
SHORT = "https://v.douyin.com/iRNBho6u/"
PHONE = "19900001234"


def summary_table(**changes) -> SummaryTable:
    """A table of films by their files, in the small contest of the valley."""
    document = {
        "title": "Works recommended",
        "source": "portal",
        "organisation_label": "推荐单位",
        "contact_label": "联系人",
        "phone_label": "联系方式",
        "track": "open",
        "blank_rows": 5,
        "notes": ["Choose from the lists."],
        "columns": [
            {"label": "No.", "holds": "number"},
            {"label": "Title", "holds": "title", "required": True, "also": ["标题"]},
            {"label": "Authors", "holds": "authors", "required": True},
            {"label": "Unit", "holds": "unit", "required": True},
            {"label": "Category", "holds": "category", "required": True},
            {"label": "File", "holds": "file"},
            {"label": "Story", "holds": "story"},
        ],
    }
    return SummaryTable.model_validate(document | changes)


def row(number=1, *, title="", authors="王小荷", link="", phone=PHONE, work="快递员"):
    title = title or f"早班骑手{number}"
    return [number, title, authors, work, link or LINK.format(number), phone]


def workbook(*rows, labels=LABELS, head=(), merge=(), more_sheets=()) -> bytes:
    """An .xlsx: a merged title, head lines, the header, rows; `merge` as (first row,
    last row, column) counted among the rows."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("汇总表")
        page.merge_range(0, 0, 0, max(len(labels) - 1, 1), "推荐汇总表")
        lines = [*head, *([labels] if labels else [])]
        for index, line in enumerate([*lines, *rows], start=1):
            for column, value in enumerate(line):
                page.write(index, column, value)
        first = 1 + len(lines)
        for top, bottom, column in merge:
            value = rows[top][column]
            area = (first + top, column, first + bottom, column)
            page.merge_range(*area, value, book.add_format({"border": 1}))
        for name in more_sheets:
            book.add_worksheet(name).write(0, 0, "x")
    return stream.getvalue()


def csv_of(*rows, labels=LABELS, encoding="utf-8-sig", sign=",") -> bytes:
    lines = [labels, *rows]
    text = "\r\n".join(sign.join(str(cell) for cell in line) for line in lines)
    return (text + "\r\n").encode(encoding)


def packed(**parts: str) -> bytes:
    """A workbook made by hand, part by part; `sheet` is the first sheet's XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (SKELETON | {SHEET: parts.pop("sheet")} | parts).items():
            package.writestr(name, text)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SKELETON = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def sheet_xml(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
