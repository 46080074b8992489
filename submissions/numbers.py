"""Submission numbers: one gap-free sequence per contest."""

from contests.models import Contest
from submissions.models import NumberSequence


def next_number(contest: Contest) -> str:
    """The next number in the contest's pattern. A roll-back gives it back."""
    NumberSequence.objects.get_or_create(contest=contest)
    sequence = NumberSequence.objects.select_for_update().get(contest=contest)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return contest.rulebook.contest.number_pattern.format(sequence=sequence.last)
