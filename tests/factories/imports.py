"""Organisations that recommend works, and tables of theirs in any state."""

from accounts.models import Organisation, Role, User
from contests.models import Contest
from submissions.models import ImportBatch
from submissions.services import importing
from tests.factories.accounts import OrganisationFactory, make_worker
from tests.factories.contests import make_wenzhou_contest
from tests.factories.submissions import COLLECTING, make_contest
from tests.submissions.importing.tables import summary_table, workbook

VALLEY = ["No.", "Title", "Authors", "Unit", "Category", "File", "Story"]


def make_table_contest(**changes) -> Contest:
    """The valley's contest, with a table for works that are files."""
    table = summary_table().model_dump(mode="json")
    return make_contest(summary_table=table, **changes)


def make_link_contest() -> Contest:
    return make_wenzhou_contest()


def make_recommender(organisation: Organisation, **fields) -> User:
    return make_worker(
        organisation.contest, Role.RECOMMENDER, organisation=organisation, **fields
    )


def make_body(contest, **fields) -> Organisation:
    return OrganisationFactory(contest=contest, **fields)


def valley_row(number=1, **changes):
    cells = {
        "title": f"Morning {number}",
        "authors": "王小荷",
        "unit": "River",
        "category": "Series",
        "file": f"DSC_{number:04d}.jpg",
        "story": "Aunt Zhou sweeps the bank.",
    } | changes
    return [number, *cells.values()]


def valley_table(*rows, **options) -> bytes:
    return workbook(*rows, labels=VALLEY, **options)


def make_preview(organisation, *rows, by=None, content=None, unit=None) -> ImportBatch:
    return importing.preview(
        contest=organisation.contest,
        organisation=organisation,
        unit=unit,
        name="汇总表.xlsx",
        content=content or valley_table(*(rows or [valley_row()])),
        by=by or make_recommender(organisation),
        at=COLLECTING,
    )


def make_confirmed(organisation, *rows, by=None, **options) -> ImportBatch:
    batch = make_preview(organisation, *rows, by=by, **options)
    return confirm_all(batch)


def confirm_all(batch, **changes) -> ImportBatch:
    options = {
        "chosen": {row.pk for row in batch.rows.all()},
        "aware_of": set(),
        "by": batch.made_by,
        "at": COLLECTING,
    }
    return importing.confirm(batch=batch, **options | changes)
