"""Adjectives of rounds, candidates, assignments and ballots."""

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When

from accounts.models import Role
from accounts.queries import contests_run_by, contests_with_role
from judging.states import BallotProgress, RoundState


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rounds of the contests the user runs or supervises."""
        return self.filter(contest__in=contests_run_by(user))

    def published(self):
        return self.filter(state=RoundState.PUBLISHED)


class CandidateQuerySet(models.QuerySet):
    def standing(self):
        """Still in the contest: neither withdrawn nor disqualified since."""
        return self.filter(left_at=None)

    def selected(self):
        return self.exclude(selected_at=None)

    def ranked(self):
        """By prize group and rank; unranked last, ties by number."""
        return self.order_by(
            "prize_group__position",
            "prize_group",
            F("tally__rank").asc(nulls_last=True),
            "blind_number",
        )

    def with_ballot_counts(self):
        """Annotates `asked`, `done` and `recused`: how far its judges are."""
        return self.annotate(
            asked=Count("assignments"),
            recused=Count("assignments__recusal"),
            done=Count(
                "assignments",
                filter=Q(
                    assignments__recusal=None,
                    assignments__ballot__total_hundredths__isnull=False,
                ),
            ),
        )


class AssignmentQuerySet(models.QuerySet):
    def of_judge(self, user):
        """A judge's own, while the judge still holds the role."""
        return self.filter(
            judge_id=user.pk,
            candidate__round__contest__in=contests_with_role(user, Role.JUDGE),
        )

    def standing(self):
        return self.filter(candidate__left_at=None)

    def unfinished(self):
        """Neither fully scored nor recused."""
        return self.filter(recusal=None, ballot__total_hundredths=None)


class BallotQuerySet(models.QuerySet):
    def of_judge(self, user):
        """A judge's own of the rounds that have begun, while the role is held."""
        return self.filter(
            assignment__judge_id=user.pk,
            assignment__candidate__left_at=None,
            assignment__candidate__round__contest__in=contests_with_role(
                user, Role.JUDGE
            ),
        ).exclude(assignment__candidate__round__state=RoundState.DRAFT)

    def with_progress(self):
        """Annotates `progress`, one of BallotProgress."""
        return self.annotate(scored=Count("scores")).annotate(
            progress=Case(
                When(
                    assignment__recusal__isnull=False,
                    then=Value(BallotProgress.RECUSED),
                ),
                When(total_hundredths__isnull=False, then=Value(BallotProgress.DONE)),
                When(scored__gt=0, then=Value(BallotProgress.PARTIAL)),
                default=Value(BallotProgress.OPEN),
                output_field=models.CharField(),
            )
        )

    def counting(self):
        """Those a tally is made of: complete, not recused, work still in."""
        return self.filter(
            total_hundredths__isnull=False,
            assignment__recusal=None,
            assignment__candidate__left_at=None,
        )
