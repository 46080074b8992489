"""Figures, the overdue list, and their exports."""

import datetime as dt
import io

import openpyxl
import pytest

from accounts.models import AuditEntry, Role
from submissions.states import State
from tests.factories.accounts import (
    DistrictFactory,
    OrganisationFactory,
    make_worker,
)
from tests.factories.submissions import COLLECTING, make_draft, make_handed_in

PAGES = ("/statistics/", "/screening/overdue/")
EXPORTS = [
    f"/statistics/exports/{what}.{form}"
    for what in ("works", "counts", "overdue")
    for form in ("csv", "xlsx")
]


def rows(response):
    return [(row.names, row.numbers[0]) for row in response.context["counts"].rows]


@pytest.mark.parametrize("address", [*PAGES, *EXPORTS])
def test_organisers_and_supervisors_see_figures_and_nobody_else(
    visit, contest, organiser, reviewer, citizen, address
):
    supervisor = make_worker(contest, Role.SUPERVISOR)

    assert visit(organiser).get(address).status_code == 200
    assert visit(supervisor).get(address).status_code == 200
    assert visit(reviewer).get(address).status_code == 404
    assert visit(citizen).get(address).status_code == 404
    assert visit().get(address).status_code == 302


def test_counts_split_by_what_the_address_asks_for(visit, contest, organiser):
    street = contest.units.get(key="street")
    make_handed_in(contest)
    make_handed_in(contest, state=State.ACCEPTED)
    make_handed_in(contest, unit=street, channel="staff")
    make_draft(contest)
    browser = visit(organiser)

    by_unit = browser.get("/statistics/", {"by": "unit"})
    by_both = browser.get("/statistics/", {"by": ["channel", "unit"]})
    accepted = browser.get("/statistics/", {"by": "unit", "state": "accepted"})

    assert rows(by_unit) == [(["River"], 2), (["Street"], 1)]
    assert rows(by_both) == [
        (["River", "Website"], 2),
        (["Street", "Entered by staff"], 1),
    ]
    assert by_unit.context["counts"].totals[0] == 3
    assert rows(accepted) == [(["River"], 1)]


def test_the_district_is_that_of_the_body_behind_a_work(visit, contest, organiser):
    district = DistrictFactory(contest=contest, key="hill", name="Hill")
    office = OrganisationFactory(contest=contest, district=district)
    street = OrganisationFactory(contest=contest, parent=office)
    make_handed_in(contest, organisation=office)
    make_handed_in(contest, recommended_by=street)
    make_handed_in(contest)

    response = visit(organiser).get("/statistics/", {"by": "district"})
    in_hill = visit(organiser).get(
        "/statistics/", {"by": "district", "district": "hill"}
    )

    assert rows(response) == [(["Hill"], 2), (["—"], 1)]
    assert [number for _names, number in rows(in_hill)] == [2]


def test_the_overdue_list_holds_what_waits_too_long(visit, contest, organiser):
    late = make_handed_in(contest, submitted_at=COLLECTING - dt.timedelta(days=3))
    make_handed_in(contest, submitted_at=COLLECTING - dt.timedelta(days=2))
    for state in (State.RETURNED, State.ACCEPTED):
        make_handed_in(
            contest, state=state, submitted_at=COLLECTING - dt.timedelta(days=30)
        )

    lines = visit(organiser).get("/screening/overdue/").context["lines"]

    assert [(line.work, line.waited) for line in lines] == [(late, 3)]


def test_three_rows_take_as_many_queries_as_one(visit, contest, organiser, queries_of):
    browser = visit(organiser)
    long_ago = COLLECTING - dt.timedelta(days=9)
    make_handed_in(contest, submitted_at=long_ago)
    for_one = [queries_of(browser, address) for address in (*PAGES, EXPORTS[0])]

    for unit in ("river", "street"):
        make_handed_in(contest, submitted_at=long_ago, unit=contest.units.get(key=unit))

    after = [queries_of(browser, address) for address in (*PAGES, EXPORTS[0])]
    assert after == for_one


def test_an_export_is_kept_in_the_audit_log(visit, contest, organiser):
    make_handed_in(contest)

    visit(organiser).get(EXPORTS[0], {"unit": "river", "whatever": "x"})

    entry = AuditEntry.objects.get(action="list.exported")
    assert (entry.actor_id, entry.contest_key, entry.target) == (
        organiser.pk,
        contest.key,
        "works",
    )
    assert entry.detail == {"form": "csv", "rows": 1, "filters": {"unit": "river"}}


def test_the_filters_of_the_page_hold_for_its_export(visit, contest, organiser):
    make_handed_in(contest, title="By the river")
    make_handed_in(contest, title="In town", unit=contest.units.get(key="street"))

    text = visit(organiser).get(EXPORTS[0], {"unit": "street"}).content.decode()

    assert "In town" in text
    assert "By the river" not in text


def test_no_export_holds_a_whole_phone_number(visit, contest, organiser):
    work = make_handed_in(contest)

    text = visit(organiser).get(EXPORTS[0]).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(visit(organiser).get(EXPORTS[1]).content))
    cells = [str(cell.value) for row in book.active for cell in row]

    assert work.author.masked_phone in text
    assert work.author.phone[-11:] not in text
    assert work.author.masked_phone in cells


@pytest.mark.parametrize("address", ["works.pdf", "secrets.csv"])
def test_other_lists_and_forms_do_not_exist(visit, contest, organiser, address):
    assert visit(organiser).get(f"/statistics/exports/{address}").status_code == 404
