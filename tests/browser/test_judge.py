"""A judge scores the works of a round."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from contests import clock
from judging import services
from judging.models import Recusal
from judging.queries import desk_of
from judging.states import BallotProgress
from tests.browser.looking import look_at
from tests.browser.works import accept_works
from tests.factories.accounts import make_worker

LIST = re.compile(r"/admin/judging/ballot/$")


@pytest.fixture
def judges(contest):
    return [make_worker(contest, Role.JUDGE) for _number in range(2)]


@pytest.fixture
def round(contest, judges):
    """Two works that both judges are scoring."""
    accept_works(contest, ["清晨的义务巡河队", "放学路口"])
    by = {"by": make_worker(contest, Role.ORGANISER), "at": clock.now()}
    round = services.open_round(stage=contest.stages.get(key="selection-1"), **by)
    services.assign_judges(round=round, judges=judges, **by)
    return services.start_judging(round=round, **by)


def address_of(ballot):
    return reverse("admin:judging_ballot_change", args=[ballot.pk])


def ballots_of(judge):
    return list(desk_of(judge).order_by("assignment__candidate__blind_number"))


def give_points(page, points):
    for key, half_points in points.items():
        page.locator(f"label:has([name=score_{key}][value='{half_points}'])").click()


def test_judge_scores_one_work_and_steps_back_from_another(new_page, judges, round):
    scored, recused = ballots_of(judges[0])
    page = new_page(user=judges[0])
    page.goto("/admin/judging/ballot/")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    look_at(page)
    page.locator(f"#result_list a[href*='{address_of(scored)}']").first.click()
    look_at(page)

    give_points(page, {"idea": 18, "theme": 16, "craft": 15, "reach": 17})
    page.locator("[name=comment]").fill("第 12 秒很打动人。")
    page.locator("[name=_next]").click()

    page.wait_for_url(f"**{address_of(recused)}")
    look_at(page)
    page.locator(".ballot-recuse summary").click()
    page.locator("[name=reason]").fill("作者是我的学生。")
    page.locator("[name=_recuse]").click()

    expect(page).to_have_url(LIST)
    look_at(page)
    scored.refresh_from_db()
    assert (scored.total_hundredths, scored.comment) == (8250, "第 12 秒很打动人。")
    assert Recusal.objects.get().assignment == recused.assignment
    assert [ballot.progress for ballot in ballots_of(judges[0])] == [
        BallotProgress.DONE,
        BallotProgress.RECUSED,
    ]


def test_points_can_be_given_by_keys(new_page, judges, round):
    ballot = ballots_of(judges[0])[0]
    page = new_page(user=judges[0])
    page.goto(address_of(ballot))
    look_at(page)

    for key in ("idea", "theme", "craft", "reach"):
        page.locator(f"[name=score_{key}]").first.focus()
        page.keyboard.press("8")
        page.keyboard.press(".")
    page.locator("[name=_continue]").click()

    expect(page.locator(".ballot-total")).to_contain_text("85.00")


def test_ballot_of_another_judge_is_not_there(new_page, judges, round):
    page = new_page(user=judges[0])

    answer = page.goto(address_of(ballots_of(judges[1])[0]))

    assert answer.status == 404
    look_at(page)
