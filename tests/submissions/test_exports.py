"""Lists as officials pass them on."""

import io

import openpyxl
import pytest

from submissions.exports import export
from tests.factories.submissions import COLLECTING, make_contest, make_handed_in

pytestmark = pytest.mark.django_db

TITLES = ["=cmd|'/c calc'!A1", "+1", "-1", "@x", "\t=1", "\r=1"]


@pytest.fixture
def contest():
    return make_contest()


def made(what, form, contest, **wanted):
    return export(what, form, contest=contest, wanted=wanted, at=COLLECTING)


def workbook(what, contest):
    return openpyxl.load_workbook(io.BytesIO(made(what, "xlsx", contest).content))


@pytest.mark.parametrize("title", TITLES)
def test_no_title_becomes_a_formula(contest, title):
    make_handed_in(contest, title=title)

    page = workbook("works", contest).active
    text = made("works", "csv", contest).content.decode("utf-8-sig")

    cell = page["C4"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert f"'{title}" in text


def test_a_sheet_has_the_habits_of_officials(contest):
    make_handed_in(contest)

    page = workbook("works", contest).active

    assert {str(area) for area in page.merged_cells.ranges} >= {"A1:O1", "A2:O2"}
    assert page["A1"].value == f"{contest.title_short}：作品清单"
    assert page["A2"].value.startswith("填报单位（盖章）：")
    assert page["A3"].value == "序号"
    assert page.freeze_panes == "A4"
    assert page["A4"].value == 1
    assert page["G4"].data_type == "s"


def test_counts_end_with_their_total(contest):
    make_handed_in(contest)
    make_handed_in(contest, unit=contest.units.get(key="street"))

    page = workbook("counts", contest).active

    total = [cell.value for cell in page[6]]
    assert total[0] == "合计"
    assert total[5] == 2


def test_a_file_is_named_for_its_list_and_day(contest):
    assert made("works", "csv", contest).filename == "作品清单-20310410.csv"


def test_each_work_names_the_basis_on_which_it_may_be_used(settings):
    settings.LANGUAGE_CODE = "en"
    contest = make_contest(licence={"declaration": "own", "basis": "公益使用"})
    make_handed_in(contest)

    page = workbook("works", contest).active

    assert (page["O3"].value, page["O4"].value) == (
        "Basis of use",
        "公益使用 (text 2, agreed 2031-04-10)",
    )


def test_the_list_of_works_costs_the_same_queries_for_one_and_three(
    contest, queries_of
):
    make_handed_in(contest)
    one = queries_of(lambda: made("works", "csv", contest))
    for _more in range(2):
        make_handed_in(contest)

    assert queries_of(lambda: made("works", "csv", contest)) == one
