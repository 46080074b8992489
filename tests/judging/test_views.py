"""The organiser's pages and verbs, the downloads, the results everybody reads."""

from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from documents import xlsx
from judging.models import Assignment, Recusal, Round
from judging.states import RoundState
from judging.tallies import tally_up
from tests.factories.accounts import make_worker
from tests.factories.judging import (
    AFTER_SPRING,
    IN_SPRING,
    make_assignment,
    make_candidate,
    make_contest,
    make_judge,
    make_organisation,
    make_round,
    make_submission,
    score,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def organiser(contest):
    return make_worker(contest, Role.ORGANISER)


@pytest.fixture
def desk(client, organiser):
    client.force_login(organiser)
    return client


@pytest.fixture
def on_day(settings):
    """Puts the portal's pages on a day of the small contest."""

    def go(moment):
        settings.DEMO_TODAY = moment.date()

    return go


def url(name, round, *more):
    return reverse(f"judging:{name}", args=[round.pk, *more])


def sentences(response):
    return [(each.level_tag, str(each)) for each in get_messages(response.wsgi_request)]


def post(desk, name, round, *more, **data):
    """The kind of message the verb answers with, and where it leads."""
    response = desk.post(url(name, round, *more), data)
    tag, _sentence = sentences(response)[-1]
    return tag, response["Location"]


# --- Rounds ------------------------------------------------------------------
def test_rounds_show_each_judged_stage_with_its_round_or_its_works(desk, contest):
    spring = make_round(contest, state=RoundState.JUDGING)
    candidate = make_candidate(spring)
    score(make_assignment(candidate), total=8000)
    make_assignment(candidate)
    for _ in range(3):
        make_submission(contest, submitted_at=AFTER_SPRING)
    make_round(make_contest())

    rows = desk.get(reverse("judging:rounds")).context["rows"]

    assert [(row.stage.key, row.round, row.may_open) for row in rows] == [
        ("spring", spring, True),
        ("autumn", None, True),
        ("final", None, True),
    ]
    first = rows[0].round
    assert (first.works, first.selected, first.done, first.asked) == (1, 0, 1, 2)
    assert [row.stage.waiting for row in rows] == [1, 3, None]


@pytest.mark.parametrize(
    "role", [Role.REVIEWER, Role.JUDGE, Role.PRACTICE_CENTRE, Role.DISTRICT_OFFICER]
)
def test_rounds_are_not_there_for_others(client, contest, role):
    district = {"organisation": None}
    if role in {Role.PRACTICE_CENTRE, Role.DISTRICT_OFFICER}:
        district = {"organisation": make_organisation(contest)}
    client.force_login(make_worker(contest, role, **district))
    round = make_round(contest)

    assert client.get(reverse("judging:rounds")).status_code == 404
    assert client.get(round.get_absolute_url()).status_code == 404
    assert client.post(url("start", round)).status_code == 404


def test_rounds_ask_strangers_to_sign_in(client, contest):
    round = make_round(contest)

    answers = [
        client.get(reverse("judging:rounds")),
        client.get(round.get_absolute_url()),
        client.post(url("start", round)),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302]


def test_rounds_cost_the_same_for_one_round_and_for_three(desk, contest, queries_of):
    make_round(contest)
    one = queries_of(lambda: desk.get(reverse("judging:rounds")))
    make_round(contest, stage="autumn")
    make_round(contest, stage="final")

    three = queries_of(lambda: desk.get(reverse("judging:rounds")))

    assert three == one


def test_round_is_opened_from_the_list(desk, contest):
    make_submission(contest)
    stage = contest.stages.get(key="spring")

    response = desk.post(reverse("judging:open", args=[stage.pk]))

    round = Round.objects.get()
    assert response["Location"] == round.get_absolute_url()
    assert round.candidates.count() == 1


def test_refusal_to_open_is_told_on_the_list(desk, contest):
    round = make_round(contest)

    response = desk.post(reverse("judging:open", args=[round.stage.pk]))

    assert response["Location"] == reverse("judging:rounds")
    assert [tag for tag, _ in sentences(response)] == ["error"]


def test_organiser_of_another_contest_finds_nothing(desk):
    elsewhere = make_round(make_contest(), state=RoundState.CLOSED)
    stage = elsewhere.contest.stages.get(key="autumn")

    answers = [
        desk.get(elsewhere.get_absolute_url()),
        desk.get(url("award-list", elsewhere)),
        desk.get(url("scores", elsewhere)),
        desk.post(url("confirm", elsewhere)),
        desk.post(reverse("judging:open", args=[stage.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


def test_supervisor_reads_and_changes_nothing(client, contest):
    client.force_login(make_worker(contest, Role.SUPERVISOR))
    round = make_round(contest, state=RoundState.CLOSED)
    candidate = make_candidate(round)
    stage = contest.stages.get(key="autumn")

    reads = [
        client.get(reverse("judging:rounds")),
        client.get(round.get_absolute_url()),
        client.get(url("award-list", round)),
        client.get(url("scores", round)),
    ]
    writes = [
        client.post(url("select", round), {"candidates": [candidate.pk]}),
        client.post(reverse("judging:open", args=[stage.pk])),
    ]

    assert [answer.status_code for answer in reads] == [200] * 4
    assert [answer.status_code for answer in writes] == [403] * 2
    assert not reads[1].context["overview"].step_template
    assert list(round.candidates.selected()) == []


# --- One round ---------------------------------------------------------------
def test_page_shows_works_of_the_group_asked_for_best_first(desk, contest):
    round = make_round(contest, state=RoundState.CLOSED)
    works = [make_candidate(round, unit="street") for _ in range(3)]
    for candidate, total in zip(works, (7000, 9000, None), strict=True):
        score(make_assignment(candidate), total=total)
    make_candidate(round, unit="street", left_at=AFTER_SPRING)
    make_candidate(round)
    tally_up(round)

    overview = desk.get(f"{round.get_absolute_url()}?group=street").context["overview"]

    assert [row.candidate for row in overview.works] == [works[1], works[0], works[2]]
    assert [(group.key, group.works) for group in overview.groups] == [
        ("river", 1),
        ("street", 3),
    ]


def test_page_shows_judges_with_their_progress(desk, contest):
    round = make_round(contest, state=RoundState.JUDGING)
    judge = make_judge(contest)
    candidates = [make_candidate(round) for _ in range(3)]
    scored, _open, recused = (
        make_assignment(candidate, judge) for candidate in candidates
    )
    score(scored, idea=10, craft=10, total=5000)
    Recusal.objects.create(assignment=recused, reason="Friend", at=AFTER_SPRING)
    judged_elsewhere = make_round(contest, stage="autumn", state=RoundState.JUDGING)
    score(make_assignment(make_candidate(judged_elsewhere), judge), total=1)

    [row] = desk.get(round.get_absolute_url()).context["overview"].panel

    assert (row, row.asked, row.done, row.recused, row.has_begun) == (
        judge,
        3,
        1,
        1,
        True,
    )


@pytest.mark.parametrize("stage", ["spring", "final"])
@pytest.mark.parametrize("state", RoundState)
def test_page_opens_in_every_state(desk, contest, state, stage):
    round = make_round(contest, stage=stage, state=state)
    score(make_assignment(make_candidate(round)), idea=10, craft=10, total=5000)
    tally_up(round)

    assert desk.get(round.get_absolute_url()).status_code == 200


def test_page_costs_the_same_for_one_work_and_for_three(desk, contest, queries_of):
    round = make_round(contest, stage="final", state=RoundState.CLOSED)

    def add(key, **winner):
        kind = contest.award_kinds.get(key=key)
        score(make_assignment(make_candidate(round)), idea=10, craft=10, total=5000)
        round.awards.create(
            kind=kind,
            position=round.awards.count() + 1,
            awarded_at=AFTER_SPRING,
            **winner,
        )
        tally_up(round)

    add("second", candidate=make_candidate(round))
    one = queries_of(lambda: desk.get(round.get_absolute_url()))
    add("organising", organisation=make_organisation(contest))
    add("merit", person_name="王小荷")

    three = queries_of(lambda: desk.get(round.get_absolute_url()))

    assert three == one


# --- Verbs -------------------------------------------------------------------
def test_round_is_judged_verb_by_verb(desk, contest, on_day):
    on_day(AFTER_SPRING)
    round = make_round(contest)
    make_submission(contest)
    ann, bob = make_judge(contest), make_judge(contest)
    home = round.get_absolute_url()

    assert post(desk, "take-in", round) == ("success", home)
    answer = post(desk, "assign", round, judges=[ann.pk, bob.pk])
    assert answer == ("success", home)
    assert post(desk, "release", round, bob.pk) == ("success", home)
    assert post(desk, "start", round) == ("success", home)
    assignment = Assignment.objects.get()
    score(assignment, idea=17, craft=16, total=8300)
    assert post(desk, "close", round) == ("success", home)
    ticked = {"candidates": [assignment.candidate.pk], "group": "river"}
    at_group = f"{home}?group=river#works"
    assert post(desk, "select", round, **ticked) == ("success", at_group)
    assert post(desk, "unselect", round, **ticked) == ("success", at_group)
    assert post(desk, "select", round, **ticked) == ("success", at_group)
    assert post(desk, "confirm", round) == ("success", home)
    assert post(desk, "publish", round) == ("success", home)

    round.refresh_from_db()
    assert round.state == RoundState.PUBLISHED


def test_final_is_awarded_verb_by_verb(desk, contest):
    final = make_round(contest, stage="final", state=RoundState.CLOSED)
    first, second, merit = (
        contest.award_kinds.get(key=key) for key in ("first", "second", "merit")
    )
    winner, runner_up = make_candidate(final), make_candidate(final)

    def give(kind, candidate):
        data = {"kind": kind.pk, "candidates": [candidate.pk]}
        return post(desk, "award-works", final, **data)[0]

    assert give(first, winner) == "success"
    assert give(first, runner_up) == "error"
    assert give(second, runner_up) == "success"
    person = {"kind": merit.pk, "person_name": "王小荷"}
    assert post(desk, "award-other", final, **person)[0] == "success"
    award = final.awards.get(kind=merit)
    assert post(desk, "take-back", final, award.pk)[0] == "success"
    assert post(desk, "confirm", final)[0] == "success"
    assert post(desk, "publish", final)[0] == "error"
    assert post(desk, "count", final, second.pk, count="1")[0] == "success"
    assert post(desk, "count", final, merit.pk, count="0")[0] == "success"
    assert post(desk, "publish", final)[0] == "success"

    assert list(final.awards.values_list("kind__key", "candidate")) == [
        ("first", winner.pk),
        ("second", runner_up.pk),
    ]


@pytest.mark.parametrize(
    ("name", "state", "data"),
    [
        ("assign", RoundState.DRAFT, {}),
        ("start", RoundState.DRAFT, {}),
        ("close", RoundState.DRAFT, {}),
        ("select", RoundState.CLOSED, {}),
        ("select", RoundState.CLOSED, {"candidates": ["999999"]}),
        ("unselect", RoundState.CLOSED, {"candidates": ["a"]}),
        ("confirm", RoundState.CLOSED, {}),
        ("publish", RoundState.CLOSED, {}),
        ("take-in", RoundState.CLOSED, {}),
        ("award-works", RoundState.CLOSED, {}),
        ("award-other", RoundState.CLOSED, {}),
    ],
)
def test_refusal_is_told_on_the_page(desk, contest, name, state, data):
    round = make_round(contest, state=state)

    assert post(desk, name, round, **data) == ("error", round.get_absolute_url())


def test_verbs_are_only_posted(desk, contest):
    round = make_round(contest)

    assert desk.get(url("start", round)).status_code == 405


def test_number_and_award_of_another_round_are_not_there(desk, contest):
    spring = make_round(contest, state=RoundState.CLOSED)
    final = make_round(contest, stage="final", state=RoundState.CLOSED)
    kind = contest.award_kinds.get(key="merit")
    award = final.awards.create(
        kind=kind, position=1, person_name="王小荷", awarded_at=AFTER_SPRING
    )

    answers = [
        desk.post(url("count", spring, kind.pk), {"count": "1"}),
        desk.post(url("take-back", spring, award.pk)),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


# --- Downloads ---------------------------------------------------------------
@pytest.mark.parametrize("name", ["award-list", "scores"])
def test_downloads_are_spreadsheets_named_after_the_round(desk, contest, name):
    round = make_round(contest, state=RoundState.CLOSED)

    response = desk.get(url(name, round))

    assert response["Content-Type"] == xlsx.CONTENT_TYPE
    assert response["Content-Disposition"] == (
        f'attachment; filename="spring-{name}.xlsx"'
    )
    assert load_workbook(BytesIO(response.content)).active.max_row > 1


@pytest.mark.parametrize("name", ["award-list", "scores"])
@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.JUDGING])
def test_nothing_is_downloaded_before_the_scores_are_closed(desk, contest, name, state):
    round = make_round(contest, state=state)

    assert desk.get(url(name, round)).status_code == 404


# --- Results -----------------------------------------------------------------
def test_results_show_published_rounds_to_everybody(client, contest):
    for stage, state in (
        ("spring", RoundState.PUBLISHED),
        ("autumn", RoundState.CONFIRMED),
    ):
        round = make_round(contest, stage=stage, state=state, published_at=IN_SPRING)
        make_candidate(round, selected_at=IN_SPRING)

    lists = client.get(reverse("judging:results")).context["lists"]

    assert [round.stage.key for round, _list in lists] == ["spring"]


def test_results_are_empty_before_the_first_publication(client, contest):
    response = client.get(reverse("judging:results"))

    assert (response.status_code, response.context["lists"]) == (200, [])


def test_results_cost_the_same_for_one_winner_and_for_three(
    client, contest, queries_of
):
    round = make_round(contest, state=RoundState.PUBLISHED, published_at=IN_SPRING)
    make_candidate(round, selected_at=IN_SPRING)
    one = queries_of(lambda: client.get(reverse("judging:results")))
    for _ in range(2):
        make_candidate(round, selected_at=IN_SPRING)

    three = queries_of(lambda: client.get(reverse("judging:results")))

    assert three == one
