"""An empty form as people get it: every cell text, lists to choose from."""

from io import BytesIO

import openpyxl

from documents.blank_forms import BlankColumn, BlankForm, write_form

FORM = BlankForm(
    title="Works recommended",
    annex="Annex 2",
    fields=["Organisation:", "Contact:"],
    columns=[
        BlankColumn("No.", 6, is_number=True),
        BlankColumn("Phone", 18),
        BlankColumn("Unit", 20, choices=["River " * 30, "Street"]),
    ],
    rows=3,
    notes=["Remarks: choose from the list."],
    choices_tab="Lists",
)


def opened():
    return openpyxl.load_workbook(BytesIO(write_form(FORM)))


def test_the_layout_is_title_fields_header_numbers_and_notes():
    page = opened().worksheets[0]

    first = [page.cell(row, 1).value for row in range(1, 9)]
    assert first == [
        "Annex 2",
        "Works recommended",
        "Organisation:　　　　Contact:",
        "No.",
        1,
        2,
        3,
        "Remarks: choose from the list.",
    ]
    assert [cell.value for cell in page[4]] == ["No.", "Phone", "Unit"]
    assert {str(area) for area in page.merged_cells.ranges} == {
        "A1:C1",
        "A2:C2",
        "A3:C3",
        "A8:C8",
    }
    assert page.freeze_panes == "A5"


def test_cells_to_fill_in_are_text():
    page = opened().worksheets[0]

    assert {page.cell(row, 2).number_format for row in (5, 6, 7)} == {"@"}


def test_lists_stand_on_a_hidden_sheet():
    page, lists = opened().worksheets

    [rule] = page.data_validations.dataValidation
    assert (rule.type, str(rule.sqref)) == ("list", "C5:C7")
    assert rule.formula1 == "'Lists'!$A$1:$A$2"
    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in lists["A"]] == ["River " * 30, "Street"]
