"""Adding up a closed round, in the database: no score leaves it."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection

from judging.models import Round, Tally

# The mean is rounded to whole hundredths before it is ranked, so that a tie is a tie.
_ADD_UP = """
insert into judging_tally (candidate_id, ballots, mean_hundredths, rank)
select
    candidate_id,
    ballots,
    mean_hundredths,
    case when ballots > 0 then rank() over (
        partition by prize_group_id order by mean_hundredths desc nulls last
    ) end
from (
    select
        candidate.id as candidate_id,
        candidate.prize_group_id,
        count(ballot.id) as ballots,
        (2 * sum(ballot.total_hundredths) + count(ballot.id))
            / nullif(2 * count(ballot.id), 0) as mean_hundredths
    from judging_candidate candidate
    left join judging_assignment assignment
        on assignment.candidate_id = candidate.id
        and not exists (
            select from judging_recusal recusal
            where recusal.assignment_id = assignment.id
        )
    left join judging_ballot ballot
        on ballot.assignment_id = assignment.id
        and ballot.total_hundredths is not null
    where candidate.round_id = %s and candidate.left_at is null
    group by candidate.id
) as added_up
"""


def tally_up(round: Round) -> None:
    """Write anew the mean and the rank in its prize group of every candidate."""
    Tally.objects.filter(candidate__round=round).delete()
    with connection.cursor() as cursor:
        cursor.execute(_ADD_UP, [round.pk])


def ties(round: Round) -> list[dict]:
    """Ranks that several candidates share, with their numbers (B20)."""
    shared = (
        Tally.objects.filter(candidate__round=round, rank__isnull=False)
        .values("candidate__prize_group__key", "rank")
        .annotate(
            numbers=ArrayAgg(
                "candidate__blind_number", order_by="candidate__blind_number"
            )
        )
        .filter(numbers__len__gt=1)
        .order_by("candidate__prize_group__position", "rank")
    )
    return [
        {
            "group": tie["candidate__prize_group__key"],
            "rank": tie["rank"],
            "numbers": tie["numbers"],
        }
        for tie in shared
    ]
