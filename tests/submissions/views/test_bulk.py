"""One decision for several works: named, confirmed, done."""

import pytest

from contests.services import publish_rulebook
from submissions.services.screening import turn_of
from submissions.states import ScreeningLevel, State
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_handed_in,
    make_screening,
    rulebook_document,
)

CONFIRM, DECIDE = "/screening/bulk/", "/screening/bulk/decide/"


def ticked(*works, **data):
    return {"works": [f"{work.pk}-{turn_of(work)}" for work in works]} | data


def test_the_confirmation_names_every_work_and_decides_nothing(
    visit, contest, reviewer
):
    works = [make_handed_in(contest, title=f"Bridge {n}") for n in range(2)]
    mine = make_handed_in(contest, title="Mine")
    make_screening(mine, reviewer=reviewer)

    response = visit(reviewer).post(CONFIRM, ticked(*works, mine, decision="return"))

    text = response.content.decode()
    for work in (*works, mine):
        assert work.number in text
        assert work.title in text
    assert [work for work, _turn in response.context["doable"]] == works
    assert [each.submission for each in response.context["refused"]] == [mine]
    assert "You did the first screening." in text
    assert not any(work.screenings.exists() for work in works)


def test_confirmed_works_are_decided_and_told_one_by_one(visit, contest, reviewer):
    works = [make_handed_in(contest) for _ in range(2)]
    gone = make_handed_in(contest)
    data = ticked(*works, gone, decision="return", reason_key="unclear")
    type(gone).objects.filter(pk=gone.pk).update(state=State.WITHDRAWN)
    browser = visit(reviewer)

    answer = browser.post(f"{DECIDE}?unit=river", data, follow=True)

    for work in works:
        work.refresh_from_db()
    assert [work.state for work in works] == [State.RETURNED] * 2
    assert answer.redirect_chain == [("/screening/bulk/done/?unit=river", 302)]
    assert [line[0] for line in answer.context["done"]] == [work.pk for work in works]
    assert [line[0] for line in answer.context["refused"]] == [gone.pk]
    assert "This work no longer waits for screening" in answer.content.decode()


def test_works_of_two_levels_are_not_decided_together(visit, contest, reviewer):
    first, second = make_handed_in(contest), make_handed_in(contest)
    make_screening(second)

    page = visit(reviewer).post(CONFIRM, ticked(first, second))
    answer = visit(reviewer).post(DECIDE, ticked(first, second, decision="pass"))

    assert page.context["is_mixed"] is True
    assert answer.status_code == 422
    assert not first.screenings.exists()


def test_a_refusal_of_several_needs_its_reason(visit, contest, reviewer):
    work = make_handed_in(contest)

    answer = visit(reviewer).post(DECIDE, ticked(work, decision="reject"))

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "reason_key": ["Please choose the reason the entrant will read."]
    }
    assert [each for each, _turn in answer.context["doable"]] == [work]
    assert not work.screenings.exists()


def test_a_suspicion_of_several_is_kept_for_each(visit, contest, reviewer):
    works = [make_handed_in(contest) for _ in range(2)]
    checks = [check.key for check in contest.rulebook.review_checks]
    data = ticked(*works, decision="pass", checks=checks, suspects_ai="on")

    visit(reviewer).post(DECIDE, data)

    assert [work.screenings.get().suspects_ai for work in works] == [True, True]


def test_a_pass_of_several_keeps_for_each_the_checks_that_concern_it(
    visit, contest, reviewer
):
    checks = [
        {"key": "all", "text": "Looked at."},
        {"key": "film", "text": "Edited.", "categories": ["film"]},
    ]
    publish_rulebook(
        rulebook_document(contest.key, review_checks=checks), at=COLLECTING
    )
    contest.refresh_from_db()
    work = make_handed_in(contest)

    without = visit(reviewer).post(DECIDE, ticked(work, decision="pass"), follow=True)
    visit(reviewer).post(DECIDE, ticked(work, decision="pass", checks=["all"]))

    assert len(without.context["refused"]) == 1
    assert [check["key"] for check in work.screenings.get().checks] == ["all"]
    assert work.screenings.get().level == ScreeningLevel.FIRST


@pytest.mark.parametrize(
    "values", [[], ["x"], ["1"], ["1-0-first"], ["999999-1-first"]]
)
def test_nothing_chosen_is_nothing_decided(visit, contest, reviewer, values):
    answer = visit(reviewer).post(DECIDE, {"works": values, "decision": "pass"})

    assert answer.status_code == 422


def test_a_work_of_another_contest_is_not_there(visit, contest, reviewer):
    foreign = make_handed_in(make_contest(key="zone"))

    response = visit(reviewer).post(CONFIRM, ticked(foreign))

    assert response.context["doable"] == []
    assert response.context["refused"] == []


def test_only_reviewers_decide_on_several(visit, contest, organiser, citizen):
    for user in (organiser, citizen):
        for address in (CONFIRM, DECIDE):
            assert visit(user).post(address).status_code == 404
        assert visit(user).get("/screening/bulk/done/").status_code == 404


def test_without_an_outcome_the_page_leads_back_to_the_queue(visit, reviewer):
    answer = visit(reviewer).get("/screening/bulk/done/")

    assert answer["Location"] == "/screening/"
