import datetime as dt

import pytest

from contests import clock
from judging import services
from judging.lifecycle import IllegalMove
from judging.models import Award, Recusal, Round, Tally
from judging.services import rounds
from judging.states import RoundAction, RoundState
from notifications.models import Message
from submissions.models import WinnerForm
from tests.factories.judging import (
    AFTER_AUTUMN,
    AFTER_SPRING,
    make_assignment,
    make_candidate,
    make_contest,
    make_judge,
    make_organiser,
    make_round,
    make_submission,
    score,
)

pytestmark = pytest.mark.django_db


def last_event(round):
    event = round.events.last()
    return event.action, event.reason, event.detail


# --- Opening -----------------------------------------------------------------
def test_round_opens_with_the_accepted_works_under_the_rule_book_in_force():
    contest = make_contest()
    organiser = make_organiser(contest)
    work = make_submission(contest)
    make_submission(make_contest())
    stage = contest.stages.get(key="spring")

    round = services.open_round(stage=stage, by=organiser, at=AFTER_SPRING)

    assert (round.contest, round.state) == (contest, RoundState.DRAFT)
    assert round.rulebook_version == contest.current_version
    assert [candidate.submission for candidate in round.candidates.all()] == [work]
    assert last_event(round) == (RoundAction.OPENED, "", {"works": 1})


def test_stage_without_judging_has_no_round():
    contest = make_contest()
    stage = contest.stages.create(
        key="show",
        name="Show",
        kind="exhibition",
        position=9,
        starts_on=dt.date(2031, 11, 1),
        ends_on=dt.date(2031, 11, 2),
    )

    with pytest.raises(rounds.NotAJudgedStage):
        services.open_round(stage=stage, by=make_organiser(contest), at=AFTER_SPRING)


def test_round_opens_once():
    contest = make_contest()
    round = make_round(contest)

    with pytest.raises(rounds.AlreadyOpened):
        services.open_round(
            stage=round.stage, by=make_organiser(contest), at=AFTER_SPRING
        )

    assert list(Round.objects.filter(contest=contest)) == [round]


def test_final_takes_what_the_confirmed_selections_chose():
    contest = make_contest()
    spring = make_round(contest, state=RoundState.CONFIRMED)
    autumn = make_round(contest, stage="autumn", state=RoundState.PUBLISHED)
    chosen = [
        make_candidate(round, selected_at=AFTER_SPRING).submission
        for round in (spring, autumn)
    ]
    make_candidate(spring)
    make_candidate(spring, left_at=AFTER_SPRING)
    stage = contest.stages.get(key="final")

    final = services.open_round(
        stage=stage, by=make_organiser(contest), at=AFTER_AUTUMN
    )

    drawn = final.candidates.values_list("submission", flat=True)
    assert sorted(drawn) == sorted(work.pk for work in chosen)
    assert list(final.award_counts.values_list("kind__key", "count")) == [
        ("first", 1),
        ("second", None),
        ("organising", 1),
        ("merit", None),
    ]


@pytest.mark.parametrize(
    "state", [RoundState.DRAFT, RoundState.JUDGING, RoundState.CLOSED]
)
def test_final_waits_for_selections_that_have_works(state):
    contest = make_contest()
    make_candidate(make_round(contest, state=state))
    stage = contest.stages.get(key="final")

    with pytest.raises(rounds.SelectionsUndecided) as refusal:
        services.open_round(stage=stage, by=make_organiser(contest), at=AFTER_AUTUMN)

    assert "Spring selection" in refusal.value.message
    assert "Autumn selection" not in refusal.value.message


def test_final_of_a_contest_without_selections_judges_all_accepted_works():
    contest = make_contest()
    contest.stages.filter(kind="selection").delete()
    work = make_submission(contest)
    stage = contest.stages.get(key="final")

    final = services.open_round(
        stage=stage, by=make_organiser(contest), at=AFTER_AUTUMN
    )

    assert [candidate.submission for candidate in final.candidates.all()] == [work]


def test_awards_of_a_stage_are_given_in_its_round():
    contest = make_contest()
    stage = contest.stages.get(key="spring")
    contest.award_kinds.filter(key="first").update(stage=stage)

    round = services.open_round(
        stage=stage, by=make_organiser(contest), at=AFTER_SPRING
    )

    assert list(round.award_counts.values_list("kind__key", "count")) == [("first", 1)]


# --- Starting ----------------------------------------------------------------
def test_judging_starts_once_each_work_has_a_judge():
    contest = make_contest()
    round = make_round(contest)
    make_assignment(make_candidate(round))

    services.start_judging(round=round, by=make_organiser(contest), at=AFTER_SPRING)

    round.refresh_from_db()
    assert round.state == RoundState.JUDGING
    assert last_event(round) == (RoundAction.STARTED, "", {})


def test_judging_may_start_while_works_still_come_in():
    contest = make_contest()
    round = make_round(contest)
    make_assignment(make_candidate(round))
    last_second = clock.end_of(round.stage.works_until) - dt.timedelta(seconds=1)

    services.start_judging(round=round, by=make_organiser(contest), at=last_second)

    round.refresh_from_db()
    assert round.state == RoundState.JUDGING


def test_judging_does_not_start_without_works():
    contest = make_contest()
    round = make_round(contest)
    make_candidate(round, left_at=AFTER_SPRING)

    with pytest.raises(rounds.NotReady, match="no work"):
        services.start_judging(round=round, by=make_organiser(contest), at=AFTER_SPRING)


def test_judging_does_not_start_while_a_work_has_no_judge():
    contest = make_contest()
    round = make_round(contest)
    make_assignment(make_candidate(round))
    make_candidate(round)

    with pytest.raises(rounds.NotReady, match="no judge"):
        services.start_judging(round=round, by=make_organiser(contest), at=AFTER_SPRING)


def test_judging_does_not_start_while_an_accepted_work_stays_outside():
    contest = make_contest()
    round = make_round(contest)
    make_assignment(make_candidate(round))
    make_submission(contest)

    with pytest.raises(rounds.NotReady, match="not in this round"):
        services.start_judging(round=round, by=make_organiser(contest), at=AFTER_SPRING)


# --- Closing -----------------------------------------------------------------
def test_closing_adds_up_the_scores_and_remembers_ties():
    contest = make_contest()
    round = make_round(contest, state=RoundState.JUDGING)
    candidates = [make_candidate(round) for _ in range(3)]
    for candidate, totals in zip(
        candidates, ([8000, 9000], [8500], [7000]), strict=True
    ):
        for total in totals:
            score(make_assignment(candidate), total=total)

    services.close_round(round=round, by=make_organiser(contest), at=AFTER_SPRING)

    round.refresh_from_db()
    assert (round.state, round.closed_at) == (RoundState.CLOSED, AFTER_SPRING)
    assert list(
        Tally.objects.order_by("candidate__blind_number").values_list(
            "candidate__blind_number", "ballots", "mean_hundredths", "rank"
        )
    ) == [("0001", 2, 8500, 1), ("0002", 1, 8500, 1), ("0003", 1, 7000, 3)]
    ties = [{"group": "river", "rank": 1, "numbers": ["0001", "0002"]}]
    assert last_event(round) == (RoundAction.CLOSED, "", {"missing": 0, "ties": ties})


def test_scoring_does_not_close_while_works_still_come_in():
    contest = make_contest()
    round = make_round(contest, state=RoundState.JUDGING)
    score(make_assignment(make_candidate(round)), total=8000)
    last_second = clock.end_of(round.stage.works_until) - dt.timedelta(seconds=1)

    with pytest.raises(rounds.WindowStillOpen):
        services.close_round(round=round, by=make_organiser(contest), at=last_second)

    round.refresh_from_db()
    assert round.state == RoundState.JUDGING


def test_closing_with_ballots_missing_is_refused():
    contest = make_contest()
    round = make_round(contest, state=RoundState.JUDGING)
    make_assignment(make_candidate(round))

    with pytest.raises(rounds.BallotsMissing, match="1 ballot "):
        services.close_round(
            round=round, by=make_organiser(contest), at=AFTER_SPRING, reason="  "
        )

    round.refresh_from_db()
    assert (round.state, Tally.objects.count()) == (RoundState.JUDGING, 0)


def test_closing_with_ballots_missing_needs_a_reason():
    contest = make_contest()
    round = make_round(contest, state=RoundState.JUDGING)
    unscored, unasked = make_candidate(round), make_candidate(round)
    make_assignment(unscored)

    services.close_round(
        round=round, by=make_organiser(contest), at=AFTER_SPRING, reason="Judge ill."
    )

    round.refresh_from_db()
    assert last_event(round) == (
        RoundAction.CLOSED,
        "Judge ill.",
        {"missing": 2, "ties": []},
    )
    assert list(
        Tally.objects.filter(candidate__in=[unscored, unasked]).values_list(
            "ballots", "mean_hundredths", "rank"
        )
    ) == [(0, None, None), (0, None, None)]


def test_neither_recused_nor_departed_ballots_are_missing():
    contest = make_contest()
    round = make_round(contest, state=RoundState.JUDGING)
    candidate = make_candidate(round)
    score(make_assignment(candidate), total=8000)
    recused = make_assignment(candidate)
    Recusal.objects.create(assignment=recused, reason="A friend", at=AFTER_SPRING)
    make_assignment(make_candidate(round, left_at=AFTER_SPRING))

    services.close_round(round=round, by=make_organiser(contest), at=AFTER_SPRING)

    round.refresh_from_db()
    assert round.state == RoundState.CLOSED


def test_closing_waits_for_accepted_works_outside_the_round():
    contest = make_contest()
    round = make_round(contest, state=RoundState.JUDGING)
    score(make_assignment(make_candidate(round)), total=8000)
    make_submission(contest)

    with pytest.raises(rounds.NotReady):
        services.close_round(
            round=round, by=make_organiser(contest), at=AFTER_SPRING, reason="Enough."
        )


# --- Confirming and publishing -----------------------------------------------
def test_selection_is_confirmed():
    contest = make_contest()
    round = make_round(contest, state=RoundState.CLOSED)
    make_candidate(round, selected_at=AFTER_SPRING)

    services.confirm_round(round=round, by=make_organiser(contest), at=AFTER_SPRING)

    round.refresh_from_db()
    assert round.state == RoundState.CONFIRMED
    assert last_event(round) == (RoundAction.CONFIRMED, "", {"works": 1})


@pytest.mark.parametrize("stage", ["spring", "final"])
def test_an_empty_choice_is_not_confirmed(stage):
    contest = make_contest()
    round = make_round(contest, stage=stage, state=RoundState.CLOSED)
    make_candidate(round)

    with pytest.raises(rounds.NothingChosen):
        services.confirm_round(round=round, by=make_organiser(contest), at=AFTER_SPRING)


def test_results_of_a_selection_are_published():
    contest = make_contest()
    round = make_round(contest, state=RoundState.CONFIRMED)

    services.publish_results(round=round, by=make_organiser(contest), at=AFTER_SPRING)

    round.refresh_from_db()
    assert (round.state, round.published_at) == (RoundState.PUBLISHED, AFTER_SPRING)
    assert last_event(round) == (RoundAction.PUBLISHED, "", {})


def test_results_are_not_published_while_a_count_is_empty():
    contest = make_contest()
    organiser = make_organiser(contest)
    round = make_round(contest, stage="final", state=RoundState.CONFIRMED)

    with pytest.raises(rounds.CountsNotSet) as refusal:
        services.publish_results(round=round, by=organiser, at=AFTER_AUTUMN)

    assert "Second prize、Merit of a person" in refusal.value.message


def test_results_are_published_once_every_count_is_set():
    contest = make_contest()
    organiser = make_organiser(contest)
    round = make_round(contest, stage="final", state=RoundState.CONFIRMED)
    for key, count in (("second", 2), ("merit", 0)):
        services.set_award_count(
            round=round,
            kind=contest.award_kinds.get(key=key),
            by=organiser,
            at=AFTER_AUTUMN,
            count=count,
        )

    services.publish_results(round=round, by=organiser, at=AFTER_AUTUMN)

    round.refresh_from_db()
    assert round.state == RoundState.PUBLISHED


@pytest.mark.parametrize(
    ("verb", "possible_from"),
    [
        (services.start_judging, RoundState.DRAFT),
        (services.close_round, RoundState.JUDGING),
        (services.confirm_round, RoundState.CLOSED),
        (services.publish_results, RoundState.CONFIRMED),
    ],
)
@pytest.mark.parametrize("state", RoundState)
def test_each_verb_belongs_to_one_state(state, verb, possible_from):
    contest = make_contest()
    round = make_round(contest, state=state)
    candidate = make_candidate(round, selected_at=AFTER_SPRING)
    score(make_assignment(candidate, make_judge(contest)), total=8000)

    if state == possible_from:
        verb(round=round, by=make_organiser(contest), at=AFTER_SPRING)
    else:
        with pytest.raises(IllegalMove):
            verb(round=round, by=make_organiser(contest), at=AFTER_SPRING)

    round.refresh_from_db()
    assert (round.state == state) == (state != possible_from)


def test_winners_are_told_once_the_list_is_published():
    contest = make_contest()
    round = make_round(contest, stage="final", state=RoundState.CONFIRMED)
    kind = contest.award_kinds.get(key="second")
    candidate = make_candidate(round)
    make_candidate(round)
    round.award_counts.update(count=1)
    Award.objects.create(
        round=round,
        kind=kind,
        position=1,
        candidate=candidate,
        awarded_at=AFTER_AUTUMN,
    )

    services.publish_results(round=round, by=make_organiser(contest), at=AFTER_AUTUMN)

    message = Message.objects.get()
    assert (message.recipient, message.kind, message.params["award"]) == (
        candidate.submission.author,
        "awarded",
        kind.name,
    )


LICENCE = {
    "declaration": "own",
    "basis": "…",
    "winner_form": {"name": "…", "text": "winner-rights", "version": 1, "rule": "80"},
}


def test_only_the_winner_is_asked_for_the_signed_form():
    contest = make_contest(licence=LICENCE, texts={"winner-rights": "# The form"})
    round = make_round(contest, stage="final", state=RoundState.CONFIRMED)
    winner = make_candidate(round)
    make_candidate(round)
    round.award_counts.update(count=1)
    Award.objects.create(
        round=round,
        kind=contest.award_kinds.get(key="second"),
        position=1,
        candidate=winner,
        awarded_at=AFTER_AUTUMN,
    )

    services.publish_results(round=round, by=make_organiser(contest), at=AFTER_AUTUMN)

    form = WinnerForm.objects.get()
    assert (form.submission, form.award) == (winner.submission, "Second prize")
