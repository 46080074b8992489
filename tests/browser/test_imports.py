"""An organisation recommends works: table, preview, files, and all handed in."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from submissions.models import ImportBatch, Submission
from submissions.states import State
from tests.browser.desk import go_to
from tests.browser.files import make_photo
from tests.browser.looking import look_at
from tests.factories.imports import make_recommender
from tests.factories.submissions import make_organiser


@pytest.fixture
def body(contest):
    return contest.organisations.create(key="post", name="示例日报", kind="media")


def fill_in(page, contest, path):
    """The empty table from the page, with two works and one mistake put right."""
    with page.expect_download() as download:
        page.locator(f"a[href='{reverse('submissions:import-template')}']").click()
    workbook = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
    sheet = workbook.worksheets[0]
    labels = [
        number for number in range(1, 9) if sheet.cell(number, 2).value == "作品题目"
    ]
    unit = contest.units.get(key="city").name
    rows = [
        [
            "清晨的义务巡河队",
            "王小荷",
            "",
            unit,
            "大众赛道",
            "摄影",
            "清晨.jpg",
            "每天六点。",
        ],
        [
            "放学路口",
            "甲一、乙二",
            "同上",
            unit,
            "大众赛道",
            "摄影",
            "",
            "红绿灯下的人。",
        ],
    ]
    rows[0][4] = rows[1][4] = contest.tracks.get(key="public").name
    for number, row in enumerate(rows, start=labels[0] + 1):
        for column, value in enumerate(row, start=2):
            sheet.cell(number, column).value = value
    workbook.save(path)
    return path


def choose(page, path):
    page.locator("[name=table]").set_input_files(path)
    page.locator("main form .button-main").click()


def test_a_table_becomes_works_that_are_handed_in(new_page, contest, body, tmp_path):
    page = new_page(user=make_recommender(body))
    page.goto(reverse("submissions:imports"))
    look_at(page)
    table = fill_in(page, contest, tmp_path / "汇总表.xlsx")

    choose(page, table)
    page.wait_for_url("**/imports/*/")
    look_at(page)
    expect(page.locator(".import-error")).to_have_count(1)  # nothing above “同上”
    sheet = openpyxl.load_workbook(table)
    cells = [cell for line in sheet.worksheets[0].iter_rows() for cell in line]
    next(cell for cell in cells if cell.value == "同上").value = "示例日报"
    sheet.save(table)
    page.goto(reverse("submissions:imports"))
    choose(page, table)
    page.wait_for_url("**/imports/*/")
    page.locator("[form=confirm]").click()
    page.locator("[data-import-files]").wait_for()
    look_at(page)

    bring_files(page, tmp_path)
    answer_all(page)
    page.locator(f"form[action$='{last_batch()}submit/'] button").click()

    expect(page.locator(".import-table .state-draft")).to_have_count(0)
    assert {work.title: work.state for work in Submission.objects.all()} == {
        "清晨的义务巡河队": State.SCREENING,
        "放学路口": State.SCREENING,
    }
    look_at(page)


def test_a_wrong_table_is_told_as_soon_as_it_is_chosen(new_page, body, tmp_path):
    """And stays chosen; nothing was sent for good."""
    page = new_page(user=make_recommender(body))
    page.goto(reverse("submissions:imports"))
    wrong = tmp_path / "名单.csv"
    wrong.write_text("甲,乙\n1,2\n", encoding="utf-8")
    empty = tmp_path / "空.csv"
    empty.touch()
    said = page.locator("[data-table-said]")

    page.locator("[name=table]").set_input_files(wrong)
    expect(said).to_have_attribute("data-state", "wrong")
    expect(said).to_contain_text("作品题目")
    look_at(page)
    page.locator("[name=table]").set_input_files(empty)

    expect(said).to_have_text("这个文件是空的，请换一个。")
    assert not ImportBatch.objects.exists()


def bring_files(page, tmp_path):
    """One finds its work by its name; for the other the work is chosen."""
    known = make_photo(tmp_path / "清晨.JPG")
    unknown = make_photo(tmp_path / "IMG_9.jpg")
    unknown.write_bytes(unknown.read_bytes() + b"\0")  # not the same file twice
    page.locator("[data-import-files] input[type=file]").set_input_files(
        [known, unknown]
    )
    choice = page.locator(".import-choice select")
    choice.wait_for()
    choice.select_option(label="放学路口")
    expect(page.locator(".import-file")).to_have_text(["清晨.JPG", "IMG_9.jpg"])


def answer_all(page):
    ticks = page.locator(f"form[action$='{last_batch()}answers/'] [type=checkbox]")
    for number in range(ticks.count()):
        ticks.nth(number).check()
    page.locator(f"form[action$='{last_batch()}answers/'] .button-second").click()
    page.locator(f"form[action$='{last_batch()}submit/']").wait_for()


def last_batch():
    return reverse("submissions:import", args=[ImportBatch.objects.first().pk])


def test_the_board_shows_who_owes_what(new_page, contest):
    contest.organisations.create(
        key="centre",
        name="示例实践中心",
        kind="practice_centre",
        district=contest.districts.first(),
    )
    page = new_page(user=make_organiser(contest))

    page.goto(reverse("organiser"))
    look_at(page)
    go_to(page, "submissions:duties")

    expect(page.get_by_text("示例实践中心")).to_be_visible()
    look_at(page)
