"""What the pages of an imported table show."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.utils.translation import ngettext

from accounts.masking import mask_phone
from accounts.models import User
from submissions import steps
from submissions.asked import asked_declarations, asked_links
from submissions.completeness import Gap, missing_for_submit, prepared
from submissions.importing.checking import CHOICES, PARTS, Values
from submissions.importing.problems import KNOWN, Problem
from submissions.media.codes import Code
from submissions.models import ImportBatch, ImportRow, Submission
from submissions.services.importing import known_rows, values_of
from submissions.states import EDITABLE, Severity

ON_A_PAGE = 50
DECLARATION = Code.FRM_DECLARATION_MISSING
ORDER = [Severity.ERROR, Severity.WARNING, Severity.INFO]


@dataclass(frozen=True)
class PreviewRow:
    row: ImportRow
    cells: list[tuple[str, str]]  # label of the column, what was read in it
    problems: list[Problem]

    @property
    def title(self) -> str:
        return self.row.values.get("title", "")

    @property
    def severity(self) -> Severity | None:
        if not self.problems:
            return None
        return min((each.severity for each in self.problems), key=ORDER.index)

    @property
    def is_known(self) -> bool:
        return any(problem.code in KNOWN for problem in self.problems)


class Preview:
    """Every row of a table with its problems, as the contest stands now."""

    def __init__(self, batch: ImportBatch, *, viewer: User):
        self.batch = batch
        self.is_own = batch.made_by_id == viewer.pk
        self._book = batch.contest.rulebook
        self._table = self._book.summary_table

    @cached_property
    def rows(self) -> list[PreviewRow]:
        rows = list(self.batch.rows.all())
        known = known_rows(self.batch, rows)
        return [self._row(row, known.get(row.pk)) for row in rows]

    def _row(self, row, known):
        problems = [Problem.stored(told) for told in row.problems]
        problems += [known] if known else []
        problems.sort(key=lambda problem: ORDER.index(problem.severity))
        return PreviewRow(row, self._cells(row), problems)

    @property
    def labels(self) -> list[str]:
        return [column.label for column in self._shown]

    @cached_property
    def _shown(self):
        """Columns beside the title and the number in which something stands."""
        filled = {
            holds for row in self.batch.rows.all() for holds in row.cells if holds
        }
        return [
            column
            for column in self._table.every_column
            if column.holds in filled and column.holds not in {"number", "title"}
        ]

    def _cells(self, row):
        values = values_of(row)
        return [
            (column.label, self._cell(column.holds, values, row))
            for column in self._shown
        ]

    def _cell(self, holds, values, row):
        """As it was read, else as it was written; numbers are their bringer's alone."""
        if holds == "phone" and not self.is_own:
            return mask_phone(values.phone) if values.phone else ""
        return self._read(holds, values) or row.cells.get(holds, "")

    def _read(self, holds, values: Values) -> str:
        if holds in CHOICES:
            return self._names[holds].get(getattr(values, holds), "")
        if holds == "phone":
            return values.phone.removeprefix("+86")
        value = getattr(values, "files" if holds == "file" else holds)
        return "、".join(value) if isinstance(value, list) else value

    @cached_property
    def _names(self):
        return {
            holds: {part.key: part.name for part in getattr(self._book, PARTS[holds])}
            for holds in CHOICES
        }

    @property
    def problems(self) -> list[Problem]:
        """What is said of the whole table."""
        return [Problem.stored(told) for told in self.batch.problems]

    def _count(self, severity) -> int:
        return sum(row.severity == severity for row in self.rows)

    @property
    def error_count(self) -> int:
        return self._count(Severity.ERROR)

    @property
    def warning_count(self) -> int:
        return self._count(Severity.WARNING)

    def as_written(self):
        """(line, cells, problems) of each row, for the sheet of problems."""
        return [(each.row.line, each.row.cells, each.problems) for each in self.rows]


@dataclass(frozen=True)
class WorkLine:
    row: ImportRow
    work: Submission
    gaps: list[tuple[Gap, str]]  # with the address that mends it
    is_own: bool

    @property
    def gaps_told(self) -> list[tuple[str, str]]:
        """Sentences with addresses; declarations, made below for all, as one."""
        ticks = [each for each in self.gaps if each[0].code == DECLARATION]
        told = [(gap.message, url) for gap, url in self.gaps if gap.code != DECLARATION]
        words = ngettext("%(count)s declaration", "%(count)s declarations", len(ticks))
        return told + [(words % {"count": len(ticks)}, url) for _gap, url in ticks[:1]]

    @property
    def is_draft(self) -> bool:
        return self.work.state in EDITABLE

    @property
    def is_complete(self) -> bool:
        return self.is_own and self.is_draft and not self.gaps

    @property
    def takes_files(self) -> bool:
        book = self.work.rulebook_version.rulebook
        return self.work.category is not None and (
            book.category(self.work.category.key).limits.takes_files
        )

    @property
    def wants_files(self) -> bool:
        return self.is_own and self.is_draft and self.takes_files

    @property
    def file_names(self) -> list[str]:
        return [file.original_name for file in self.work.media_files.all()]

    @property
    def link_urls(self) -> list[str]:
        if asked_links(self.work, self.work.rulebook_version.rulebook) is None:
            return []
        return [link.url for link in self.work.links.all()]


class Works:
    """The works made from a table, a page of them, with what each still lacks."""

    def __init__(self, batch: ImportBatch, *, viewer, page):
        self._viewer = viewer
        rows = batch.rows.filter(submission__isnull=False)
        self.left_out = batch.rows.filter(is_left_out=True).count()
        self.page = Paginator(rows, ON_A_PAGE).get_page(page)

    @cached_property
    def lines(self) -> list[WorkLine]:
        rows = list(self.page.object_list)
        works = prepared(Submission.objects.all()).in_bulk(
            [row.submission_id for row in rows]
        )
        return [self._line(row, works[row.submission_id]) for row in rows]

    def _line(self, row, work):
        gaps = missing_for_submit(work) if work.state in EDITABLE else []
        addressed = [(gap, steps.step_url(work, gap.step)) for gap in gaps]
        return WorkLine(row, work, addressed, work.author_id == self._viewer.pk)

    @property
    def asked_keys(self) -> set[str]:
        """Of the declarations that any of these drafts is asked for."""
        return {
            declaration.key
            for line in self.drafts
            for declaration in asked_declarations(
                line.work, line.work.rulebook_version.rulebook
            )
        }

    @property
    def complete(self) -> list[WorkLine]:
        return [line for line in self.lines if line.is_complete]

    @property
    def drafts(self) -> list[WorkLine]:
        return [line for line in self.lines if line.is_own and line.is_draft]

    @property
    def wanting_files(self) -> list[WorkLine]:
        return [line for line in self.lines if line.wants_files]

    @property
    def handed_in(self) -> int:
        return sum(not line.is_draft for line in self.lines)
