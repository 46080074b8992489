"""The empty table to fill in, and the table with its problems to put right."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from contests.rulebook import RuleBook, SummaryColumn
from documents import csv, xlsx
from documents.blank_forms import BlankColumn, BlankForm, write_form
from documents.tables import Column, Group, Sheet
from submissions.importing.checking import CHOICES, PARTS
from submissions.importing.problems import Problem

WIDTHS = {
    "number": 7,
    "title": 34,
    "authors": 20,
    "affiliation": 24,
    "links": 44,
    "file": 30,
    "phone": 18,
    "unit": 24,
    "track": 16,
    "category": 14,
    "story": 50,
}
PLACE_TO_WRITE = "　" * 8
FORMS = {
    "xlsx": (xlsx.write_workbook, xlsx.CONTENT_TYPE),
    "csv": (csv.write_csv, csv.CONTENT_TYPE),
}


def template(book: RuleBook, *, organisation: str = "") -> bytes:
    """The rule book's table, empty, in its printed layout."""
    table = book.summary_table
    return write_form(
        BlankForm(
            title=table.title,
            annex=table.annex,
            fields=[
                f"{table.organisation_label}：{organisation or PLACE_TO_WRITE}",
                f"{table.contact_label}：{PLACE_TO_WRITE}",
                f"{table.phone_label}：{PLACE_TO_WRITE}",
            ],
            columns=[_column(column, book) for column in table.columns],
            rows=table.blank_rows,
            notes=_notes(table),
            choices_tab=_("Choices"),
            wrong_choice=_("Please choose from the list."),
        )
    )


def _notes(table):
    """The first stands behind the label, as in print; without any, no line."""
    return [f"{table.notes_label}{note}" for note in table.notes[:1]] + table.notes[1:]


def _column(column: SummaryColumn, book: RuleBook) -> BlankColumn:
    choices = []
    if column.holds in CHOICES:
        choices = [part.name for part in getattr(book, PARTS[column.holds])]
    return BlankColumn(
        column.label,
        WIDTHS[column.holds],
        choices=choices,
        is_number=column.holds == "number",
    )


def error_sheet(
    book: RuleBook, *, name: str, lines: Iterable[tuple[int, dict, list[Problem]]]
) -> Sheet:
    """Every line as it was written, and in words what is said of it."""
    table = book.summary_table
    columns = [each for each in table.every_column if each.holds != "number"]
    return Sheet(
        title=_("%(table)s: what is to be put right") % {"table": table.title},
        lines=[_("From the file %(name)s") % {"name": name}],
        columns=[
            Column(_("Line in the file"), 8, centred=True),
            *(Column(each.label, WIDTHS[each.holds]) for each in columns),
            Column(_("Result"), 12, centred=True),
            Column(_("What to do"), 60),
        ],
        groups=[
            Group(
                [
                    [
                        number,
                        *(cells.get(each.holds, "") for each in columns),
                        _verdict(problems),
                        "\n".join(str(problem.sentence) for problem in problems),
                    ]
                    for number, cells, problems in lines
                ]
            )
        ],
        landscape=True,
        name=_("Problems"),
    )


def _verdict(problems):
    return str(worst(problems).label) if problems else str(_("In order"))


def worst(problems):
    """The gravest severity of some problems."""
    order = ["error", "warning", "info"]
    return min((problem.severity for problem in problems), key=order.index)
