"""The pages of an organisation that recommends many works at once."""

import json
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.models import ImportBatch, Submission
from submissions.states import ImportState, State
from tests.factories.imports import (
    make_body,
    make_confirmed,
    make_link_contest,
    make_preview,
    make_recommender,
    make_table_contest,
    valley_row,
    valley_table,
)
from tests.factories.submissions import (
    COLLECTION_DAY,
    make_contest,
    make_media_file,
    make_organiser,
    picture_bytes,
)
from tests.submissions.importing.tables import PHONE, row, workbook

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture
def contest(db, settings):
    settings.DEMO_TODAY = COLLECTION_DAY
    return make_table_contest()


@pytest.fixture
def body(contest):
    return make_body(contest, name="The Valley Post")


@pytest.fixture
def somebody(body):
    return make_recommender(body)


@pytest.fixture
def browser(visit, somebody):
    return visit(somebody)


def send(browser, body, content, name="汇总表.xlsx", **more):
    table = SimpleUploadedFile(name, content)
    data = {"organisation": body.pk, "table": table, **more}
    return browser.post("/imports/", data)


def words_of(answer):
    return answer.content.decode()


# --- Choosing a table --------------------------------------------------------
def test_a_table_leads_to_its_preview(browser, body):
    answer = send(browser, body, valley_table(valley_row(1), valley_row(2, title="")))

    batch = ImportBatch.objects.get()
    words = words_of(browser.get(answer.url))
    assert (answer.status_code, answer.url) == (302, f"/imports/{batch.pk}/")
    assert ("Morning 1" in words, "IMP-CELL-MISSING" in words) == (True, True)
    assert "Make drafts of the chosen rows" not in words


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (OLD_WORKBOOK, "*.xlsx"),
        (b"%PDF-1.7", "This file is no table."),
        (b"", "This file is empty."),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(browser, body, content, sentence):
    answer = send(browser, body, content)

    assert (answer.status_code, ImportBatch.objects.count()) == (422, 0)
    assert sentence in words_of(answer)


def test_only_those_who_recommend_or_organise_find_these_pages(
    visit, body, stranger, reviewer, organiser
):
    batch = make_preview(body)
    addresses = ["/imports/", "/imports/template.xlsx", f"/imports/{batch.pk}/"]

    for user in (stranger, reviewer):
        assert [visit(user).get(each).status_code for each in addresses] == [404] * 3
    assert [visit(organiser).get(each).status_code for each in addresses] == [200] * 3


@pytest.mark.parametrize(
    "verb", ["confirm", "discard", "match", "files", "answers", "submit"]
)
def test_others_tables_do_not_exist(visit, contest, body, verb):
    batch = make_preview(body)
    other = make_recommender(make_body(contest))

    assert visit(other).post(f"/imports/{batch.pk}/{verb}/").status_code == 404
    assert visit(other).get(f"/imports/{batch.pk}/problems.xlsx").status_code == 404


def test_nobody_brings_a_table_for_another_organisation(browser, contest):
    other = make_body(contest)

    answer = send(browser, other, valley_table(valley_row()))

    assert (answer.status_code, ImportBatch.objects.count()) == (422, 0)


def test_without_a_table_in_the_rule_book_there_is_no_page(visit, db, settings):
    settings.DEMO_TODAY = COLLECTION_DAY
    body = make_body(make_contest())

    assert visit(make_recommender(body)).get("/imports/").status_code == 404


def test_the_empty_table_names_the_organisation(browser):
    answer = browser.get("/imports/template.xlsx")

    page = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert "The Valley Post" in page.cell(2, 1).value


def test_a_table_without_units_asks_for_one(visit, settings, db):
    contest = make_link_contest()
    settings.DEMO_TODAY = contest.starts_on
    body = make_body(contest)
    browser = visit(make_recommender(body))
    content = workbook(row())

    without = send(browser, body, content)
    unit = contest.units.get(key="beautiful")
    with_it = send(browser, body, content, unit=unit.pk)

    assert (without.status_code, with_it.status_code) == (422, 302)
    assert ImportBatch.objects.get().rows.get().values["unit"] == "beautiful"


# --- The preview -------------------------------------------------------------
def test_confirming_makes_drafts_and_shows_what_they_lack(browser, body, somebody):
    batch = make_preview(body, valley_row(1), valley_row(2), by=somebody)
    rows = [each.pk for each in batch.rows.all()]

    answer = browser.post(f"/imports/{batch.pk}/confirm/", {"row": rows}, follow=True)

    assert Submission.objects.count() == 2
    assert "Drag the files in here" in words_of(answer)
    assert "I made it myself." in words_of(answer)


def test_a_refusal_is_said_and_nothing_is_written(browser, body, somebody):
    batch = make_preview(body, by=somebody)

    answer = browser.post(f"/imports/{batch.pk}/confirm/", {"row": ["x"]}, follow=True)

    assert "Please choose at least one row." in words_of(answer)
    assert not Submission.objects.exists()


def test_a_preview_put_aside_is_gone(browser, body, somebody):
    batch = make_preview(body, by=somebody)

    browser.post(f"/imports/{batch.pk}/discard/")

    batch.refresh_from_db()
    assert batch.state == ImportState.DISCARDED
    assert browser.get(f"/imports/{batch.pk}/").status_code == 404


def test_known_works_are_left_out_unless_wanted(browser, body, somebody):
    make_confirmed(body)
    batch = make_preview(body, by=somebody)

    words = words_of(browser.get(f"/imports/{batch.pk}/"))

    row = batch.rows.get().pk
    assert f'name="known" value="{row}"' in words
    assert f'name="row" value="{row}" checked' not in words


def test_the_table_with_remarks_is_a_file_of_its_own(browser, body, somebody):
    batch = make_preview(body, valley_row(title=""), by=somebody)

    answer = browser.get(f"/imports/{batch.pk}/problems.xlsx")

    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page.cell(4, 1).value == 3
    assert browser.get(f"/imports/{batch.pk}/problems.pdf").status_code == 404


def test_phones_are_whole_for_who_brought_them_and_masked_for_organisers(
    visit, settings, db
):
    contest = make_link_contest()
    settings.DEMO_TODAY = contest.starts_on
    body = make_body(contest)
    batch = make_preview(body, content=workbook(row()), unit=contest.units.first())

    own = words_of(visit(batch.made_by).get(f"/imports/{batch.pk}/"))
    organisers = visit(make_organiser(contest))
    others = words_of(organisers.get(f"/imports/{batch.pk}/"))

    assert (PHONE in own, PHONE in others, "199****1234" in others) == (
        True,
        False,
        True,
    )
    problems = organisers.get(f"/imports/{batch.pk}/problems.xlsx")
    assert problems.status_code == 404


# --- Files -------------------------------------------------------------------
def picture(name):
    return SimpleUploadedFile(name, picture_bytes())


def test_files_without_script_go_to_their_works(browser, body, somebody):
    batch = make_confirmed(body, valley_row(1), valley_row(2), by=somebody)
    first, second = Submission.objects.order_by("pk")

    answer = browser.post(
        f"/imports/{batch.pk}/files/",
        {"file": [picture("dsc_0002.JPG"), picture("else.jpg")]},
        follow=True,
    )

    names = second.media_files.values_list("original_name", flat=True)
    assert (list(names), first.media_files.count()) == (["dsc_0002.JPG"], 0)
    assert "“else.jpg” fits no work." in words_of(answer)


def test_a_file_goes_where_somebody_says(browser, body, somebody):
    batch = make_confirmed(body, valley_row(1), valley_row(2), by=somebody)
    work = Submission.objects.first()

    browser.post(
        f"/imports/{batch.pk}/files/", {"draft": work.pk, "file": picture("else.jpg")}
    )

    assert work.media_files.get().original_name == "else.jpg"


def test_a_file_that_is_refused_is_named(browser, body, somebody):
    batch = make_confirmed(body, by=somebody)
    too_large = SimpleUploadedFile("DSC_0001.jpg", bytes(1024 * 1024 + 1))

    answer = browser.post(
        f"/imports/{batch.pk}/files/", {"file": too_large}, follow=True
    )

    assert Submission.objects.get().media_files.count() == 0
    assert answer.context["messages"]


def test_the_script_asks_which_work_a_name_means(browser, body, somebody):
    batch = make_confirmed(body, by=somebody)
    names = {"names": ["DSC_0001.JPG", "else.jpg"]}

    answer = browser.post(
        f"/imports/{batch.pk}/match/", json.dumps(names), "application/json"
    )

    work = Submission.objects.get()
    assert answer.json() == {"drafts": {"DSC_0001.JPG": work.pk, "else.jpg": None}}


@pytest.mark.parametrize("told", ["x", "{}", '{"names": 1}', '{"names": [1]}', "[]"])
def test_what_the_script_would_not_ask_is_refused(browser, body, somebody, told):
    batch = make_confirmed(body, by=somebody)

    answer = browser.post(f"/imports/{batch.pk}/match/", told, "application/json")

    assert answer.status_code == 400


# --- Handing in --------------------------------------------------------------
def test_answers_once_and_all_complete_works_together(
    browser, body, somebody, django_capture_on_commit_callbacks
):
    batch = make_confirmed(body, valley_row(1), valley_row(2), by=somebody)
    first, second = Submission.objects.order_by("pk")
    make_media_file(first)
    ticks = ["declare-own", "declare-portraits", "declare-unmodified", "without_ai"]

    kept = browser.post(
        f"/imports/{batch.pk}/answers/", dict.fromkeys(ticks, "on"), follow=True
    )
    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post(
            f"/imports/{batch.pk}/submit/",
            {"work": [first.pk, second.pk]},
            follow=True,
        )

    first.refresh_from_db()
    second.refresh_from_db()
    assert "Hand in 1 complete work" in words_of(kept)
    assert (first.state, second.state) == (State.SCREENING, State.DRAFT)
    assert "1 work was handed in." in words_of(done)
    assert "Morning 2: Something is still missing" in words_of(done)


# --- How many queries --------------------------------------------------------
def test_pages_take_as_many_queries_for_three_rows_as_for_one(
    browser, queries_of, body, somebody
):
    def tables(count, first):
        rows = [valley_row(first + number) for number in range(count)]
        preview = make_preview(body, *rows, by=somebody)
        confirmed = make_confirmed(body, *rows, by=somebody)
        for work in Submission.objects.filter(import_row__batch=confirmed):
            make_media_file(work)
        return [f"/imports/{batch.pk}/" for batch in (preview, confirmed)]

    one = [queries_of(browser, address) for address in tables(1, first=10)]
    lists = queries_of(browser, "/imports/")
    three = [queries_of(browser, address) for address in tables(3, first=20)]

    assert one == three
    assert queries_of(browser, "/imports/") == lists


# --- A first look at what was chosen ------------------------------------------
def look_at(browser, content, **more):
    table = SimpleUploadedFile("汇总表.xlsx", content)
    return browser.post("/imports/look/", {"table": table, **more})


def test_a_chosen_table_is_looked_at_and_nothing_is_kept(browser, body):
    answer = look_at(browser, valley_table(valley_row(1), valley_row(2, title="")))

    assert answer.json()["lines"] == [
        "2 rows were found.",
        "1 row needs something; the next page says what.",
    ]
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (OLD_WORKBOOK, "save_as_xlsx"),
        (b"%PDF-1.7", "not_a_table"),
        (b" ", "empty"),
        (b"x" * (5 * 1024 * 1024 + 1), "too_large"),
        ("甲,乙\n1,2\n".encode(), "header_missing"),
    ],
)
def test_what_cannot_be_read_is_said_while_it_is_only_chosen(
    browser, body, content, code
):
    answer = look_at(browser, content)

    assert answer.json()["refused"] == code
    assert len(answer.json()["lines"]) == 1


def test_a_table_of_a_header_alone_says_so(browser, body):
    lines = look_at(browser, valley_table()).json()["lines"]

    assert lines == ["The table has its header, but no row is filled in."]


def test_nobody_else_has_tables_looked_at(visit, stranger, body):
    assert look_at(visit(stranger), valley_table()).status_code == 404
    assert visit(stranger).post("/imports/look/").status_code == 404


def test_without_a_table_there_is_nothing_to_look_at(browser, body):
    assert browser.post("/imports/look/", {"unit": "x"}).status_code == 404
