import pytest

from judging import services
from judging.lifecycle import IllegalMove
from judging.models import Award, Round
from judging.services import awards
from judging.services.selection import CandidateLeft, NoPlacesLeft
from judging.states import RoundAction, RoundState
from tests.factories.judging import (
    AFTER_AUTUMN,
    make_candidate,
    make_contest,
    make_organisation,
    make_organiser,
    make_round,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def final():
    return make_round(make_contest(), stage="final", state=RoundState.CLOSED)


@pytest.fixture
def organiser(final):
    return make_organiser(final.contest)


def kind(final, key):
    return final.contest.award_kinds.get(key=key)


def give(final, key, organiser, **winner):
    return services.give_award(
        round=final, kind=kind(final, key), by=organiser, at=AFTER_AUTUMN, **winner
    )


def given(final):
    return list(
        final.awards.values_list(
            "kind__key", "position", "candidate", "organisation", "person_name"
        )
    )


def test_awards_go_to_a_work_a_body_and_a_person(final, organiser):
    candidate = make_candidate(final)
    body = make_organisation(final.contest)

    give(final, "first", organiser, candidate=candidate)
    give(final, "organising", organiser, organisation=body)
    give(final, "merit", organiser, person_name=" 王小荷 ")

    assert given(final) == [
        ("first", 1, candidate.pk, None, ""),
        ("organising", 1, None, body.pk, ""),
        ("merit", 1, None, None, "王小荷"),
    ]
    assert [(event.action, event.detail) for event in final.events.all()] == [
        (
            RoundAction.AWARDED,
            {"award": "first", "number": "0001", "organisation": None},
        ),
        (
            RoundAction.AWARDED,
            {"award": "organising", "number": "", "organisation": body.pk},
        ),
        (RoundAction.AWARDED, {"award": "merit", "number": "", "organisation": None}),
    ]


def test_more_winners_than_places_are_refused(final, organiser):
    winner, other = make_candidate(final), make_candidate(final)
    give(final, "first", organiser, candidate=winner)

    with pytest.raises(NoPlacesLeft):
        give(final, "first", organiser, candidate=other)

    assert given(final) == [("first", 1, winner.pk, None, "")]


def test_award_without_a_count_is_given_freely(final, organiser):
    candidates = [make_candidate(final) for _ in range(3)]

    services.give_awards(
        round=final,
        kind=kind(final, "second"),
        candidates=candidates,
        by=organiser,
        at=AFTER_AUTUMN,
    )

    assert given(final) == [
        ("second", position, candidate.pk, None, "")
        for position, candidate in enumerate(candidates, start=1)
    ]


def test_several_awards_are_given_together_or_not_at_all(final, organiser):
    candidates = [make_candidate(final) for _ in range(2)]

    with pytest.raises(NoPlacesLeft):
        services.give_awards(
            round=final,
            kind=kind(final, "first"),
            candidates=candidates,
            by=organiser,
            at=AFTER_AUTUMN,
        )

    assert given(final) == []


def test_work_wins_once_in_a_round(final, organiser):
    candidate = make_candidate(final)
    give(final, "first", organiser, candidate=candidate)

    with pytest.raises(awards.AlreadyAwarded):
        give(final, "second", organiser, candidate=candidate)


@pytest.mark.parametrize(
    ("key", "winner"),
    [
        ("first", {"person_name": "王小荷"}),
        ("merit", {}),
        ("merit", {"person_name": "  "}),
        ("merit", {"person_name": "王小荷", "candidate": True}),
        ("organising", {"candidate": True}),
    ],
)
def test_winner_of_another_kind_is_refused(final, organiser, key, winner):
    if "candidate" in winner:
        winner = winner | {"candidate": make_candidate(final)}

    with pytest.raises(awards.WrongWinner):
        give(final, key, organiser, **winner)

    assert given(final) == []


def test_winner_from_elsewhere_is_refused(final, organiser):
    elsewhere = make_candidate(make_round(final.contest))
    stranger = make_organisation(make_contest())

    with pytest.raises(awards.WrongWinner):
        give(final, "first", organiser, candidate=elsewhere)
    with pytest.raises(awards.WrongWinner):
        give(final, "organising", organiser, organisation=stranger)


def test_work_that_left_the_contest_wins_nothing(final, organiser):
    candidate = make_candidate(final)
    final.candidates.update(left_at=AFTER_AUTUMN)

    with pytest.raises(CandidateLeft):
        give(final, "first", organiser, candidate=candidate)


def test_award_of_another_round_is_not_given(organiser, final):
    spring = make_round(final.contest, state=RoundState.CLOSED)
    candidate = make_candidate(spring)

    with pytest.raises(awards.NotGivenHere):
        give(spring, "first", organiser, candidate=candidate)


@pytest.mark.parametrize("state", sorted(set(RoundState) - {RoundState.CLOSED}))
def test_works_win_only_while_the_round_is_closed(organiser, final, state):
    candidate = make_candidate(final)
    award = give(final, "first", organiser, candidate=candidate)
    Round.objects.update(state=state)

    with pytest.raises(IllegalMove):
        give(final, "second", organiser, candidate=make_candidate(final))
    with pytest.raises(IllegalMove):
        services.take_back_award(award=award, by=organiser, at=AFTER_AUTUMN)

    assert Award.objects.get() == award


@pytest.mark.parametrize("state", RoundState)
def test_bodies_and_people_win_until_the_results_are_published(organiser, final, state):
    Round.objects.update(state=state)

    if state in {RoundState.CLOSED, RoundState.CONFIRMED}:
        give(final, "merit", organiser, person_name="王小荷")
    else:
        with pytest.raises(IllegalMove):
            give(final, "merit", organiser, person_name="王小荷")


def test_place_of_an_award_taken_back_is_free_again(final, organiser):
    loser, winner = make_candidate(final), make_candidate(final)
    award = give(final, "first", organiser, candidate=loser)

    services.take_back_award(award=award, by=organiser, at=AFTER_AUTUMN)
    give(final, "first", organiser, candidate=winner)

    assert given(final) == [("first", 1, winner.pk, None, "")]
    assert [event.action for event in final.events.all()] == [
        RoundAction.AWARDED,
        RoundAction.AWARD_TAKEN_BACK,
        RoundAction.AWARDED,
    ]


def test_number_of_an_award_is_set(final, organiser):
    services.set_award_count(
        round=final, kind=kind(final, "second"), by=organiser, at=AFTER_AUTUMN, count=3
    )

    assert final.award_counts.get(kind__key="second").count == 3
    event = final.events.get()
    assert (event.action, event.detail) == (
        RoundAction.COUNT_SET,
        {"award": "second", "count": 3},
    )


def test_number_is_not_set_below_what_was_given(final, organiser):
    give(final, "merit", organiser, person_name="王小荷")

    with pytest.raises(awards.FewerThanGiven):
        services.set_award_count(
            round=final,
            kind=kind(final, "merit"),
            by=organiser,
            at=AFTER_AUTUMN,
            count=0,
        )

    assert final.award_counts.get(kind__key="merit").count is None


def test_number_of_a_published_award_stays(final, organiser):
    Round.objects.update(state=RoundState.PUBLISHED)

    with pytest.raises(IllegalMove):
        services.set_award_count(
            round=final,
            kind=kind(final, "merit"),
            by=organiser,
            at=AFTER_AUTUMN,
            count=1,
        )
