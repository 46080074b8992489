"""The judge's desk: own ballots only, no author, points through one service call."""

import pytest
from django.urls import reverse

from accounts.models import Membership, Role
from judging.models import Recusal, Round
from judging.states import RoundState
from tests.factories.accounts import make_worker
from tests.factories.judging import (
    AFTER_SPRING,
    make_assignment,
    make_candidate,
    make_contest,
    make_round,
    make_submission,
    score,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:judging_ballot_changelist")


def page_of(assignment):
    return reverse("admin:judging_ballot_change", args=[assignment.ballot.pk])


@pytest.fixture
def round():
    return make_round(make_contest(), state=RoundState.JUDGING)


@pytest.fixture
def judge(round):
    return make_worker(round.contest, Role.JUDGE, full_name="评委甲")


@pytest.fixture
def assignment(round, judge):
    return make_assignment(make_candidate(round), judge)


@pytest.fixture
def desk(client, judge):
    client.force_login(judge)
    return client


def points_of(assignment):
    scores = assignment.ballot.scores
    return dict(scores.values_list("criterion__key", "half_points"))


# --- Who sees what -----------------------------------------------------------
def test_list_holds_own_ballots_of_rounds_that_have_begun(desk, round, judge):
    own = make_assignment(make_candidate(round), judge)
    make_assignment(make_candidate(round))
    make_assignment(make_candidate(round, left_at=AFTER_SPRING), judge)
    coming = make_round(round.contest, stage="autumn")
    make_assignment(make_candidate(coming), judge)

    response = desk.get(LIST)

    assert list(response.context["cl"].result_list) == [own.ballot]


def test_another_judges_ballot_is_not_there(desk, round):
    other = make_assignment(make_candidate(round))

    assert desk.get(page_of(other)).status_code == 404
    assert desk.post(page_of(other), {"score_idea": "17"}).status_code == 404
    assert points_of(other) == {}


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.REVIEWER, Role.SUPERVISOR])
def test_those_who_do_not_judge_see_no_ballot(client, assignment, role):
    worker = make_worker(assignment.candidate.round.contest, role, is_staff=True)
    client.force_login(worker)

    assert client.get(LIST).status_code == 403
    assert client.get(page_of(assignment)).status_code == 404


def test_ballots_are_gone_with_the_role(desk, assignment, judge):
    Membership.objects.filter(user=judge).update(role=Role.REVIEWER)

    assert desk.get(page_of(assignment)).status_code == 404


def test_ballot_shows_the_work_and_nothing_of_its_author(desk, round, judge):
    submission = make_submission(
        round.contest,
        title="晨光",
        story="清晨的渡口。",
        authors=["王小荷"],
        entrant_name="示例参赛人",
        organisation_name="示例单位",
        school="示例大学",
    )
    assignment = make_assignment(make_candidate(round, submission=submission), judge)

    page = desk.get(page_of(assignment)).content.decode()

    assert [text in page for text in ("晨光", "清晨的渡口。", "0001")] == [True] * 3
    hidden = ("王小荷", "示例参赛人", "示例单位", "示例大学", submission.number)
    assert [text in page for text in hidden] == [False] * 5


# --- Scoring -----------------------------------------------------------------
def test_points_are_stored_and_the_next_open_ballot_follows(desk, round, judge):
    first, second, third = (
        make_assignment(make_candidate(round), judge) for _ in range(3)
    )
    score(second, idea=10, craft=10, total=5000)

    response = desk.post(
        page_of(first),
        {"score_idea": "17", "score_craft": "16", "comment": "好。", "_next": ""},
    )

    assert response["Location"] == page_of(third)
    first.ballot.refresh_from_db()
    assert points_of(first) == {"idea": 17, "craft": 16}
    assert (first.ballot.total_hundredths, first.ballot.comment) == (8300, "好。")


def test_after_the_last_ballot_the_list_follows(desk, assignment):
    data = {"score_idea": "17", "score_craft": "16", "comment": "", "_next": ""}

    response = desk.post(page_of(assignment), data)

    assert response["Location"] == LIST


def test_some_points_are_stored_and_the_ballot_stays(desk, assignment):
    data = {"score_idea": "17", "score_craft": "", "comment": "", "_continue": ""}

    response = desk.post(page_of(assignment), data)

    assert response["Location"] == page_of(assignment)
    assert points_of(assignment) == {"idea": 17}


def test_points_beyond_the_scale_are_told_beside_the_field(desk, assignment):
    response = desk.post(page_of(assignment), {"score_idea": "21", "comment": ""})

    form = response.context["adminform"].form
    assert list(form.errors) == ["score_idea"]
    assert points_of(assignment) == {}


def test_refusal_is_told_with_what_was_typed(desk, assignment):
    Recusal.objects.create(assignment=assignment, reason="Friend", at=AFTER_SPRING)

    response = desk.post(page_of(assignment), {"score_idea": "17", "comment": "好。"})

    [error] = response.context["adminform"].form.non_field_errors().as_data()
    assert error.code == "recused"
    assert points_of(assignment) == {}


@pytest.mark.parametrize(
    "state", [RoundState.CLOSED, RoundState.CONFIRMED, RoundState.PUBLISHED]
)
def test_closed_ballot_is_read_and_not_written(desk, assignment, state):
    score(assignment, idea=17, craft=16, total=8300)
    Round.objects.update(state=state)

    page = desk.get(page_of(assignment))
    answer = desk.post(page_of(assignment), {"score_idea": "2", "comment": ""})

    assert (page.status_code, answer.status_code) == (200, 403)
    assert "83.00" in page.content.decode()
    assert points_of(assignment) == {"idea": 17, "craft": 16}


# --- Stepping back -----------------------------------------------------------
def test_judge_steps_back_and_goes_on_to_the_next_work(desk, round, judge):
    first, second = (make_assignment(make_candidate(round), judge) for _ in range(2))

    response = desk.post(
        page_of(first), {"comment": "", "reason": "My student.", "_recuse": ""}
    )

    assert response["Location"] == page_of(second)
    assert first.recusal.reason == "My student."


def test_stepping_back_without_a_reason_is_refused(desk, assignment):
    response = desk.post(
        page_of(assignment), {"comment": "", "reason": "", "_recuse": ""}
    )

    [error] = response.context["adminform"].form.non_field_errors().as_data()
    assert error.code == "reason_missing"
    assert Recusal.objects.count() == 0


def test_stepping_back_is_undone(desk, assignment):
    Recusal.objects.create(assignment=assignment, reason="Friend", at=AFTER_SPRING)

    response = desk.post(page_of(assignment), {"comment": "", "_undo": ""})

    assert response["Location"] == page_of(assignment)
    assert Recusal.objects.count() == 0


# --- Cost --------------------------------------------------------------------
def test_list_costs_the_same_for_one_ballot_and_for_three(
    desk, round, judge, queries_of
):
    make_assignment(make_candidate(round), judge)
    one = queries_of(lambda: desk.get(LIST))
    for _ in range(2):
        make_assignment(make_candidate(round), judge)

    three = queries_of(lambda: desk.get(LIST))

    assert three == one


# --- Finding one's way -------------------------------------------------------
def listed(desk, **query):
    return list(desk.get(LIST, query).context["cl"].result_list)


def test_list_is_narrowed_by_progress_and_by_round(desk, round, judge):
    other_round = make_round(round.contest, stage="autumn", state=RoundState.JUDGING)
    untouched, begun, done, recused, elsewhere = (
        make_assignment(make_candidate(where), judge)
        for where in (round, round, round, round, other_round)
    )
    score(begun, idea=10)
    score(done, idea=10, craft=10, total=5000)
    Recusal.objects.create(assignment=recused, reason="Friend", at=AFTER_SPRING)

    assert listed(desk, progress="open") == [elsewhere.ballot, untouched.ballot]
    assert listed(desk, progress="partial") == [begun.ballot]
    assert listed(desk, progress="done") == [done.ballot]
    assert listed(desk, progress="recused") == [recused.ballot]
    assert listed(desk, round=other_round.pk) == [elsewhere.ballot]


def test_filter_never_reaches_other_judges_ballots(desk, round):
    make_assignment(make_candidate(round))

    assert listed(desk, round=round.pk, progress="open") == []


@pytest.mark.parametrize(("max_points", "widget"), [(10, "radio"), (25, "select")])
def test_points_are_cells_and_on_a_long_scale_a_list(client, max_points, widget):
    round = make_round(make_contest(max_points=max_points), state=RoundState.JUDGING)
    judge = make_worker(round.contest, Role.JUDGE)
    client.force_login(judge)
    assignment = make_assignment(make_candidate(round), judge)

    page = client.get(page_of(assignment))

    field = page.context["adminform"].form.fields["score_idea"]
    values = [value for value, _label in field.choices]
    assert field.widget.template_name == f"django/forms/widgets/{widget}.html"
    assert values == ["", *range(2 * max_points + 1)]
