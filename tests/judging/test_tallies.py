"""The ranking in SQL, against the same thing said in plain Python."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judging.models import Assignment, Ballot, Candidate, Recusal, Tally
from judging.tallies import tally_up, ties
from tests.factories.judging import (
    AFTER_SPRING,
    UNITS,
    make_contest,
    make_judge,
    make_round,
    make_submission,
)

pytestmark = pytest.mark.django_db

BALLOT = st.one_of(
    st.none(),  # not scored
    st.just("recused"),
    st.sampled_from([0, 1, 8000, 8001, 10000]),
    st.integers(0, 10000),
)
WORK = st.fixed_dictionaries(
    {
        "unit": st.sampled_from([unit for unit, _name in UNITS]),
        "left": st.booleans(),
        "ballots": st.lists(BALLOT, max_size=3),
    }
)


def expected(works):
    """For each work still in: how many ballots, their mean, its rank in its group."""
    standing = {n: work for n, work in enumerate(works) if not work["left"]}
    counted = {
        n: [total for total in work["ballots"] if isinstance(total, int)]
        for n, work in standing.items()
    }
    means = {
        n: floor(Fraction(sum(totals), len(totals)) + Fraction(1, 2))
        for n, totals in counted.items()
        if totals
    }
    return {
        n: (
            len(counted[n]),
            means.get(n),
            1
            + sum(
                means[rival] > means[n]
                for rival in means
                if standing[rival]["unit"] == work["unit"]
            )
            if n in means
            else None,
        )
        for n, work in standing.items()
    }


def build(works, *, contest, judges, submissions):
    """Rows by bulk: a candidate per work, its number the place in the list."""
    round = make_round(contest)
    candidates = Candidate.objects.bulk_create(
        Candidate(
            round=round,
            submission=submissions[n],
            prize_group=contest.prize_groups.get(key=work["unit"]),
            blind_number=str(n),
            left_at=AFTER_SPRING if work["left"] else None,
        )
        for n, work in enumerate(works)
    )
    for candidate, work in zip(candidates, works, strict=True):
        for judge, total in zip(judges, work["ballots"], strict=False):
            assignment = Assignment.objects.create(
                candidate=candidate, judge=judge, assigned_at=AFTER_SPRING
            )
            recused = total == "recused"
            Ballot.objects.create(
                assignment=assignment,
                updated_at=AFTER_SPRING,
                total_hundredths=9999 if recused else total,
            )
            if recused:
                Recusal.objects.create(
                    assignment=assignment, reason="Friend", at=AFTER_SPRING
                )
    return round


def tallies_of(round):
    return {
        int(number): tally
        for number, *tally in Tally.objects.filter(candidate__round=round).values_list(
            "candidate__blind_number", "ballots", "mean_hundredths", "rank"
        )
    }


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(works=st.lists(WORK, max_size=7))
def test_ranking_in_sql_is_that_of_the_rules(db, works):
    contest = make_contest()
    judges = [make_judge(contest) for _ in range(3)]
    submissions = [make_submission(contest) for _ in works]
    round = build(works, contest=contest, judges=judges, submissions=submissions)

    tally_up(round)

    assert {n: tuple(tally) for n, tally in tallies_of(round).items()} == expected(
        works
    )


def test_tallying_again_replaces_what_was_there():
    contest = make_contest()
    round = make_round(contest)
    submission = make_submission(contest)
    candidate = Candidate.objects.create(
        round=round,
        submission=submission,
        prize_group=contest.prize_groups.get(key="river"),
        blind_number="0",
    )
    tally_up(round)
    assignment = Assignment.objects.create(
        candidate=candidate, judge=make_judge(contest), assigned_at=AFTER_SPRING
    )
    Ballot.objects.create(
        assignment=assignment, updated_at=AFTER_SPRING, total_hundredths=8000
    )

    tally_up(round)

    assert tallies_of(round) == {0: [1, 8000, 1]}


def test_ties_name_each_shared_rank_of_each_group():
    contest = make_contest()
    works = [
        {"unit": unit, "left": False, "ballots": [total]}
        for unit, total in (
            ("street", 8000),
            ("street", 8000),
            ("river", 9000),
            ("river", 7000),
            ("river", 7000),
            ("river", None),
            ("river", None),
        )
    ]
    round = build(
        works,
        contest=contest,
        judges=[make_judge(contest)],
        submissions=[make_submission(contest) for _ in works],
    )
    tally_up(round)

    assert ties(round) == [
        {"group": "river", "rank": 2, "numbers": ["3", "4"]},
        {"group": "street", "rank": 1, "numbers": ["0", "1"]},
    ]
