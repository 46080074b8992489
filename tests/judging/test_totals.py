import pytest

from contests.rulebook import Scoring
from judging.totals import weighted_total


def scoring(weights, max_points=10):
    criteria = [
        {"key": key, "name": key, "description": key, "weight": weight}
        for key, weight in weights.items()
    ]
    return Scoring.model_validate(
        {
            "source": "portal",
            "note": "…",
            "max_points": max_points,
            "criteria": criteria,
        }
    )


@pytest.mark.parametrize(
    ("weights", "max_points", "half_points", "total"),
    [
        ({"idea": 100}, 10, {"idea": 0}, 0),
        ({"idea": 100}, 10, {"idea": 20}, 10000),
        ({"idea": 60, "craft": 40}, 10, {"idea": 17, "craft": 16}, 8300),
        (
            {"theme": 30, "idea": 25, "craft": 25, "effect": 20},
            10,
            {"theme": 18, "idea": 16, "craft": 18, "effect": 17},
            8650,
        ),
        (
            {"idea": 34, "craft": 33, "effect": 33},
            7,
            dict.fromkeys(["idea", "craft", "effect"], 1),
            714,
        ),
        ({"idea": 2, "craft": 98}, 8, {"idea": 1, "craft": 0}, 13),
    ],
)
def test_total_weighs_the_points_and_rounds_halves_up(
    weights, max_points, half_points, total
):
    assert weighted_total(half_points, scoring=scoring(weights, max_points)) == total


def test_no_total_while_a_criterion_is_open():
    weights = {"idea": 60, "craft": 40}

    assert weighted_total({"idea": 20}, scoring=scoring(weights)) is None
