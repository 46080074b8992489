"""The page of the duty board, and its files."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest

from accounts.models import AuditEntry, Role
from tests.factories.accounts import OrganisationFactory, make_worker
from tests.factories.submissions import COLLECTION_DAY, make_contest, make_handed_in
from tests.submissions.test_duties import CLAUSE, DUE, duty


@pytest.fixture
def contest(db, settings):
    settings.DEMO_TODAY = COLLECTION_DAY
    return make_contest(duties=[duty()])


@pytest.fixture
def post(contest):
    return OrganisationFactory(contest=contest, name="The Valley Post")


@pytest.fixture
def radio(contest):
    return OrganisationFactory(contest=contest, name="Valley Radio")


def of(body):
    return make_worker(body.contest, Role.RECOMMENDER, organisation=body)


def words_of(answer):
    return answer.content.decode()


def test_organisers_see_all_and_each_organisation_its_own(
    visit, organiser, post, radio
):
    make_handed_in(post.contest, recommended_by=post)

    whole = words_of(visit(organiser).get("/duties/"))
    own = words_of(visit(of(post)).get("/duties/"))

    assert [CLAUSE in words for words in (whole, own)] == [True, True]
    assert ["Valley Radio" in words for words in (whole, own)] == [True, False]
    assert "1 missing" in own


def test_others_find_no_board(visit, post, stranger, reviewer):
    for user in (stranger, reviewer):
        assert visit(user).get("/duties/").status_code == 404
        assert visit(user).get("/duties.xlsx").status_code == 404


def test_who_owes_nothing_is_told_so(visit, contest, post):
    department = OrganisationFactory(contest=contest, kind="department")

    words = words_of(visit(of(department)).get("/duties/"))

    assert "Nobody owes anything" in words
    assert "The Valley Post" not in words


def test_a_contest_without_duties_has_no_board(visit, db, settings):
    settings.DEMO_TODAY = COLLECTION_DAY
    organiser = make_worker(make_contest(), Role.ORGANISER)

    assert visit(organiser).get("/duties/").status_code == 404


def test_the_board_is_a_file_too_and_the_log_knows_who_took_it(
    visit, organiser, post, radio
):
    browser = visit(organiser)

    workbook = browser.get("/duties.xlsx")
    text = browser.get("/duties.csv")

    page = openpyxl.load_workbook(BytesIO(workbook.content)).active
    assert page.cell(4, 2).value == "The Valley Post"
    assert "Valley Radio" in text.content.decode("utf-8-sig")
    taken = AuditEntry.objects.filter(action="list.exported")
    assert {entry.detail["rows"] for entry in taken} == {2}
    assert browser.get("/duties.pdf").status_code == 404


def test_the_board_takes_as_many_queries_for_three_as_for_one(
    visit, queries_of, organiser, post
):
    browser = visit(organiser)
    one = queries_of(browser, "/duties/")

    for _number in range(2):
        body = OrganisationFactory(contest=post.contest)
        make_handed_in(post.contest, recommended_by=body)

    assert queries_of(browser, "/duties/") == one


@pytest.mark.parametrize(("days_before", "is_told"), [(8, False), (7, True)])
def test_the_overview_says_what_is_due_within_a_week(
    visit, settings, organiser, post, days_before, is_told
):
    settings.DEMO_TODAY = DUE - dt.timedelta(days=days_before)

    words = words_of(visit(organiser).get("/organiser/"))

    assert ("1 organisation has until" in words) is is_told
