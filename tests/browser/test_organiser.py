"""An organiser takes a round from its opening to its published results."""

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import expect

from accounts.models import Role
from contests import clock
from judging import services
from judging.models import Round
from judging.states import RoundState
from tests.browser import desk
from tests.browser.looking import look_at
from tests.browser.works import accept_works
from tests.factories.accounts import make_worker

TITLES = ["清晨的义务巡河队", "放学路口", "微笑亭的一天"]
CRITERIA = ("idea", "theme", "craft", "reach")


@pytest.fixture
def judges(contest):
    return [make_worker(contest, Role.JUDGE) for _number in range(3)]


def score_everything(round, judges):
    """The earlier a work stands in TITLES, the better it is."""
    for judge in judges:
        for assignment in judge.assignments.filter(candidate__round=round):
            title = assignment.candidate.submission.title
            points = 18 - 2 * TITLES.index(title)
            services.record_scores(
                assignment=assignment,
                by=judge,
                at=clock.now(),
                scores=dict.fromkeys(CRITERIA, points),
            )


def press(page, verb, **kwargs):
    """Press the button of a round's verb and come back to its page."""
    address = reverse(f"judging:{verb}", kwargs=kwargs)
    page.locator(f"form[action='{address}'] button[type=submit]").first.click()
    expect(page.locator(".toast-success")).to_be_visible()


def test_round_is_opened_judged_published_and_exported(
    new_page, contest, judges, tmp_path
):
    accept_works(contest, TITLES)
    page = new_page()
    desk.sign_in(page, contest, Role.ORGANISER)
    page.wait_for_url("**/organiser/")
    look_at(page)

    desk.go_to(page, "judging:rounds")
    look_at(page)
    press(page, "open", stage_pk=contest.stages.get(key="selection-1").pk)
    round = Round.objects.get()
    look_at(page)

    for judge in page.locator("[name=judges]").all():
        judge.check()
    press(page, "assign", pk=round.pk)
    press(page, "start", pk=round.pk)
    look_at(page)
    score_everything(round, judges)
    page.reload()
    press(page, "close", pk=round.pk)
    look_at(page)

    page.locator("[name=candidates]").nth(0).check()
    page.locator("[name=candidates]").nth(1).check()
    press(page, "select", pk=round.pk)
    press(page, "confirm", pk=round.pk)
    press(page, "publish", pk=round.pk)
    look_at(page)
    round.refresh_from_db()
    assert round.state == RoundState.PUBLISHED

    assert titles_in(download_list(page, round, tmp_path)) == TITLES[:2]

    visitor = new_page()
    visitor.goto("/results/")
    look_at(visitor)
    winners = visitor.locator(".result-table th[scope=row]").all_inner_texts()
    assert set(winners) == {f"《{title}》" for title in TITLES[:2]}


def download_list(page, round, folder):
    address = reverse("judging:award-list", args=[round.pk])
    with page.expect_download() as download:
        page.locator(f"a[href='{address}']").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def titles_in(path):
    """Which of the works the list of winners names."""
    sheet = load_workbook(path).active
    values = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    return [title for title in TITLES if f"《{title}》" in values]
