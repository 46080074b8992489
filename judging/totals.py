"""What the points of a ballot add up to."""

from contests.rulebook import Scoring


def weighted_total(half_points: dict[str, int], *, scoring: Scoring) -> int | None:
    """Out of 100, in hundredths, halves rounded up; None while a criterion is open.

    A criterion of weight 30 scored 8.5 of 10 adds 25.5, counted as 2550.
    """
    if any(criterion.key not in half_points for criterion in scoring.criteria):
        return None
    parts = sum(
        criterion.weight * half_points[criterion.key] for criterion in scoring.criteria
    )
    return (parts * 100 + scoring.max_points) // (2 * scoring.max_points)
