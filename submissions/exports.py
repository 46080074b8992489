"""Lists as officials pass them on: works, counts, and what is overdue.

Each is one sheet: a title, who reports it and when, the header, the rows. A whole
phone number or a document number stands in none of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from contests.models import Contest
from contests.moments import deadline_words
from documents import csv, xlsx
from documents.tables import Column, Group, Sheet
from submissions.licences import basis_of, with_licences
from submissions.models import Submission
from submissions.overviews.counts import DIMENSIONS, Counts, handed_in
from submissions.overviews.overdue import Overdue

DAY = "Y-m-d"
MOMENT = "Y-m-d H:i"


@dataclass(frozen=True)
class Export:
    """A file to hand out, and how many rows are in it."""

    content: bytes
    content_type: str
    filename: str
    rows: int


def export(
    what: str, form: str, *, contest: Contest, wanted: Mapping[str, str], at: datetime
) -> Export:
    """One of SHEETS as one of FORMS; KeyError for anything else.

    An official paper: it speaks the contest's language, whatever the reader's is.
    """
    write, content_type = FORMS[form]
    with translation.override(settings.LANGUAGE_CODE):
        sheet = SHEETS[what](contest, wanted, at)
        return Export(
            content=write(sheet),
            content_type=content_type,
            filename=f"{sheet.name}-{localtime(at):%Y%m%d}.{form}",
            rows=sum(len(group.rows) for group in sheet.groups),
        )


def _sheet(contest, at, name, columns, rows, *, notes=()):
    return Sheet(
        title=_("%(contest)s: %(list)s")
        % {"contest": contest.title_short, "list": name},
        lines=[
            _("Reported by (seal):            Contact:            Date: %(day)s")
            % {"day": date_format(localtime(at), DAY)}
        ],
        columns=columns,
        groups=[Group(rows)],
        notes=[_("Remarks: as of %(time)s") % {"time": _moment(at)}, *notes],
        landscape=True,
        name=name,
    )


def _works(contest, wanted, at):
    works = (
        with_licences(handed_in(contest, wanted))
        .select_related("unit", "track", "category", "author")
        .prefetch_related("authors")
        .order_by("number")
    )
    columns = [
        Column(_("Serial no."), 6, centred=True),
        Column(_("Work number"), 16),
        Column(_("Title of work"), 34),
        Column(_("Authors"), 22),
        Column(_("Organisation"), 24),
        Column(_("University"), 20),
        Column(_("Mobile number"), 16),
        Column(_("Unit"), 20),
        Column(_("Track"), 12),
        Column(_("Category"), 12),
        Column(_("Way of handing in"), 16),
        Column(_("District"), 14),
        Column(_("State"), 14),
        Column(_("Handed in at"), 18),
        Column(_("Basis of use"), 34),
    ]
    rows = [[number, *_work_cells(work)] for number, work in enumerate(works, start=1)]
    return _sheet(contest, at, _("List of works"), columns, rows)


def _work_cells(work: Submission):
    return [
        work.number,
        work.title,
        _(", ").join(author.name for author in work.authors.all()),
        work.organisation_name,
        work.school,
        work.author.masked_phone,
        work.unit.name,
        work.track.name,
        work.category.name,
        work.get_channel_display(),
        work.district_name or "—",
        work.get_state_display(),
        _moment(work.submitted_at),
        basis_of(work),
    ]


def _counts(contest, wanted, at):
    counts = Counts(contest, list(DIMENSIONS), wanted)
    columns = [
        *(Column(title, 18, merge_down=False) for title in counts.titles),
        *(Column(title, 10, centred=True) for title in counts.number_titles),
    ]
    blanks = [""] * (len(counts.titles) - 1)
    rows = [[*row.names, *row.numbers] for row in counts.rows]
    total = [_("Total"), *blanks, *counts.totals]
    return _sheet(contest, at, _("Counts of works"), columns, [*rows, total])


def _overdue(contest, wanted, at):
    overdue = Overdue(contest, at=at)
    columns = [
        Column(_("Serial no."), 6, centred=True),
        Column(_("Work number"), 16),
        Column(_("Title of work"), 34),
        Column(_("Unit"), 20),
        Column(_("Track"), 12),
        Column(_("Category"), 12),
        Column(_("Level"), 12),
        Column(_("Handed in at"), 18),
        Column(_("Was due"), 20),
        Column(_("Working days waited"), 12, centred=True),
    ]
    rows = [
        [
            number,
            line.work.number,
            line.work.title,
            line.work.unit.name,
            line.work.track.name,
            line.work.category.name,
            line.level,
            _moment(line.work.submitted_at),
            deadline_words(line.due),
            line.waited,
        ]
        for number, line in enumerate(overdue.works, start=1)
    ]
    return _sheet(
        contest, at, _("Overdue screenings"), columns, rows, notes=[overdue.promise]
    )


def _moment(moment):
    return date_format(localtime(moment), MOMENT)


SHEETS: dict[str, Callable[[Contest, Mapping[str, str], datetime], Sheet]] = {
    "works": _works,
    "counts": _counts,
    "overdue": _overdue,
}
FORMS: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "csv": (csv.write_csv, csv.CONTENT_TYPE),
    "xlsx": (xlsx.write_workbook, xlsx.CONTENT_TYPE),
}
