"""The same tables for a word processor: A4, fixed columns, ready to print and stamp.

Faces are named, never embedded; each names its kin, so that another machine's
word processor takes the nearest one it has.
"""

from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from lxml import etree

from documents.tables import Sheet, runs_of_equals

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# GB/T 9704: the sheet and the margins of an official paper.
SHORT_SIDE, LONG_SIDE = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
ROW_HEIGHT = Mm(11)

TITLE_FACE, HEADING_FACE, TEXT_FACE = "方正小标宋简体", "黑体", "仿宋_GB2312"
LATIN_FACE = "Times New Roman"
KIN = {
    TITLE_FACE: "小标宋,华文中宋,STZhongsong,宋体,SimSun",
    HEADING_FACE: "SimHei,STHeiti,Noto Sans CJK SC",
    TEXT_FACE: "仿宋,FangSong,STFangsong",
}

# name, face, points, alignment, points after
STYLES = (
    ("Annex", HEADING_FACE, 16, WD_ALIGN_PARAGRAPH.LEFT, 12),
    ("Table Title", TITLE_FACE, 22, WD_ALIGN_PARAGRAPH.CENTER, 12),
    ("Table Line", TEXT_FACE, 12, WD_ALIGN_PARAGRAPH.LEFT, 6),
    ("Table Header", HEADING_FACE, 12, WD_ALIGN_PARAGRAPH.CENTER, 0),
    ("Table Heading", HEADING_FACE, 12, WD_ALIGN_PARAGRAPH.LEFT, 0),
    ("Table Text", TEXT_FACE, 12, WD_ALIGN_PARAGRAPH.LEFT, 0),
    ("Table Note", TEXT_FACE, 12, WD_ALIGN_PARAGRAPH.LEFT, 0),
    ("Page Number", TEXT_FACE, 14, WD_ALIGN_PARAGRAPH.CENTER, 0),
)


def write_document(sheet: Sheet) -> bytes:
    """The sheet as one .docx file."""
    document = Document()
    _forget_the_template(document, sheet)
    _name_faces(document)
    _add_styles(document)
    _set_up_page(document.sections[0], landscape=sheet.landscape)
    if sheet.annex:
        document.add_paragraph(sheet.annex, "Annex")
    document.add_paragraph(sheet.title, "Table Title")
    for line in sheet.lines:
        document.add_paragraph(line, "Table Line")
    _TableWriter(document, sheet).write()
    for note in sheet.notes:
        document.add_paragraph(note, "Table Note")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _forget_the_template(document, sheet):
    properties = document.core_properties
    properties.title, properties.author, properties.comments = sheet.title, "", ""
    properties.language = "zh-CN"


def _name_faces(document):
    """Write each face's kin into the font table."""
    part = next(
        part
        for part in document.part.package.iter_parts()
        if part.partname == "/word/fontTable.xml"
    )
    table = parse_xml(part.blob)
    for face, kin in KIN.items():
        font = OxmlElement("w:font", {qn("w:name"): face})
        font.append(OxmlElement("w:altName", {qn("w:val"): kin}))
        table.append(font)
    part._blob = etree.tostring(
        table, xml_declaration=True, encoding="UTF-8", standalone=True
    )


def _add_styles(document):
    _set_face(document.styles["Normal"], TEXT_FACE, 12)
    for name, face, points, alignment, after in STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set_face(style, face, points)
        style.paragraph_format.alignment = alignment
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _set_face(style, face, points):
    style.font.name = LATIN_FACE
    style.font.size = Pt(points)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _set_up_page(section, *, landscape):
    width, height = SHORT_SIDE, LONG_SIDE
    if landscape:
        width, height = height, width
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = width, height
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    _number_pages(section.footer.paragraphs[0])


def _number_pages(paragraph):
    paragraph.style = "Page Number"
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple", {qn("w:instr"): "PAGE"})
    paragraph._p.append(field)
    paragraph.add_run(" —")


class _TableWriter:
    def __init__(self, document, sheet):
        self._sheet = sheet
        section = document.sections[0]
        room = section.page_width - section.left_margin - section.right_margin
        self._widths = list(_shared_out(room, [c.width for c in sheet.columns]))
        self._table = document.add_table(0, len(sheet.columns), "Table Grid")
        self._table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self._table.autofit = False
        for column, width in zip(self._table.columns, self._widths, strict=True):
            column.width = width

    def write(self):
        self._write_header()
        for group in self._sheet.groups:
            self._write_group(group)

    def _write_header(self):
        row = self._add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, column in zip(row.cells, self._sheet.columns, strict=True):
            _fill(cell, column.title, "Table Header")

    def _write_group(self, group):
        if group.title:
            cells = self._add_row().cells
            _fill(cells[0].merge(cells[-1]), group.title, "Table Heading")
        first = len(self._table.rows)
        for row in group.rows:
            self._write_row(row)
        for index, column in enumerate(self._sheet.columns):
            if column.merge_down:
                self._merge_equal(group, first, index)

    def _write_row(self, values):
        cells = self._add_row().cells
        for index, value in enumerate(values):
            cell = cells[index]
            if index == len(values) - 1:
                cell = cell.merge(cells[-1])
            _fill(cell, value, "Table Text", centred=self._sheet.columns[index].centred)

    def _merge_equal(self, group, first, index):
        column = self._table.columns[index].cells
        for row, height, value in runs_of_equals(group, index):
            top, bottom = column[first + row], column[first + row + height - 1]
            for cell in column[first + row + 1 : first + row + height]:
                cell.paragraphs[0].clear()
            merged = top.merge(bottom)
            centred = self._sheet.columns[index].centred
            _fill(merged, value, "Table Text", centred=centred)

    def _add_row(self):
        row = self._table.add_row()
        row.height = ROW_HEIGHT  # at least; longer text makes it grow
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, self._widths, strict=True):
            cell.width = width
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        return row


def _shared_out(room: int, shares: list[float]) -> Iterator[Length]:
    """The room in proportion to the shares, to the last unit."""
    spent, total = 0, sum(shares)
    for index, _share in enumerate(shares):
        end = round(room * sum(shares[: index + 1]) / total)
        yield Length(end - spent)
        spent = end


def _fill(cell, value, style, *, centred=False):
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.text = "" if value is None else str(value)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for surplus in cell.paragraphs[1:]:
        surplus._p.getparent().remove(surplus._p)
