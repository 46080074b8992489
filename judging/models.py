"""Rounds, who judges what in them, the scores, and what comes of them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from contests.models import (
    AwardKind,
    Contest,
    Criterion,
    PrizeGroup,
    RuleBookVersion,
    Stage,
)
from judging.querysets import (
    AssignmentQuerySet,
    BallotQuerySet,
    CandidateQuerySet,
    RoundQuerySet,
)
from judging.states import RoundAction, RoundState
from submissions.models import Submission


class Round(models.Model):
    """A quarterly selection or the annual final. Only lifecycle moves its state."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="rounds")
    stage = models.OneToOneField(Stage, models.PROTECT, related_name="round")
    rulebook_version = models.ForeignKey(
        RuleBookVersion, models.PROTECT, related_name="rounds"
    )  # criteria, weights and points as they were when the round was opened
    state = models.CharField(
        max_length=16, choices=RoundState, default=RoundState.DRAFT
    )
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["stage__position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RoundState.values),
                name="round_state_is_known",
            )
        ]

    def __str__(self):
        return f"#{self.pk} {self.stage}"

    def get_absolute_url(self):
        return reverse("judging:round", args=[self.pk])

    @property
    def is_final(self):
        return self.stage.kind == Stage.Kind.FINAL

    @property
    def scoring(self):
        return self.rulebook_version.rulebook.scoring


class Candidate(models.Model):
    """A submission in a round, in the prize group it is judged in."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="candidates")
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="candidates"
    )
    prize_group = models.ForeignKey(
        PrizeGroup, models.PROTECT, related_name="candidates"
    )
    blind_number = models.CharField(max_length=16)  # what judges see for a name
    selected_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)  # withdrawn, disqualified

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["round", "blind_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "submission"], name="submission_is_once_in_a_round"
            ),
            models.UniqueConstraint(
                fields=["round", "blind_number"], name="blind_number_is_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True)
                | models.Q(selected_at__isnull=True),
                name="selected_candidate_is_still_in",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.blind_number}"


class Assignment(models.Model):
    """One judge asked to score one candidate."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="assignments")
    judge = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments"
    )
    assigned_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["candidate__blind_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "judge"], name="judge_is_assigned_once"
            )
        ]

    def __str__(self):
        return f"#{self.pk}"


class Ballot(models.Model):
    """One judge on one submission, blank at first. Counts once it has a total."""

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="ballot")
    comment = models.TextField(_("comment"), blank=True)
    total_hundredths = models.PositiveIntegerField(null=True, blank=True)
    updated_at = models.DateTimeField()

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["assignment__candidate__blind_number", "pk"]

    def __str__(self):
        return f"#{self.pk}"

    @property
    def total(self):
        return None if self.total_hundredths is None else self.total_hundredths / 100


class Score(models.Model):
    """Points for one criterion, counted in halves: 17 is 8.5 points."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    half_points = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "criterion"], name="criterion_is_scored_once"
            ),
            models.CheckConstraint(
                condition=models.Q(half_points__lte=200), name="score_is_within_bounds"
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.points}"

    @property
    def points(self):
        return self.half_points / 2


class Recusal(models.Model):
    """A judge steps back from one submission, and says why."""

    assignment = models.OneToOneField(
        Assignment, models.CASCADE, related_name="recusal"
    )
    reason = models.TextField(_("reason"))
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="recusal_has_a_reason"
            )
        ]

    def __str__(self):
        return f"#{self.pk}"


class Tally(models.Model):
    """What the closed scores of a candidate add up to, and its rank in its group."""

    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="tally")
    ballots = models.PositiveSmallIntegerField()
    mean_hundredths = models.PositiveIntegerField(null=True)
    rank = models.PositiveIntegerField(null=True)  # in its prize group, ties share

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self):
        return f"#{self.pk} {self.rank}"

    @property
    def mean(self):
        return None if self.mean_hundredths is None else self.mean_hundredths / 100


class AwardCount(models.Model):
    """How many of an award a round has to give; empty until the organiser says."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="award_counts")
    kind = models.ForeignKey(AwardKind, models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)

    class Meta:
        verbose_name = _("number of awards")
        verbose_name_plural = _("numbers of awards")
        ordering = ["kind__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind"], name="award_is_counted_once_in_a_round"
            )
        ]

    def __str__(self):
        return f"#{self.pk} {self.count}"


class Award(models.Model):
    """A prize given in a round: to a submission, an organisation or a person."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="awards")
    kind = models.ForeignKey(AwardKind, models.PROTECT, related_name="awards")
    position = models.PositiveIntegerField()
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="awards"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="awards"
    )
    person_name = models.CharField(max_length=30, blank=True)
    awarded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["kind__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "candidate"], name="candidate_wins_once_in_a_round"
            ),
            models.UniqueConstraint(
                fields=["round", "kind", "position"], name="award_position_is_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    candidate__isnull=False, organisation__isnull=True, person_name=""
                )
                | models.Q(
                    candidate__isnull=True, organisation__isnull=False, person_name=""
                )
                | (
                    models.Q(candidate__isnull=True, organisation__isnull=True)
                    & ~models.Q(person_name="")
                ),
                name="award_has_one_winner",
            ),
        ]

    def __str__(self):
        return f"#{self.pk} {self.kind}"


class RoundEvent(models.Model):
    """One move of a round, or one decision in it. Holds no personal fields."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=24, choices=RoundAction)
    from_state = models.CharField(max_length=16, choices=RoundState, blank=True)
    to_state = models.CharField(max_length=16, choices=RoundState)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event of a round")
        verbose_name_plural = _("events of a round")
        ordering = ["pk"]  # as written: the contest's clock can be set back

    def __str__(self):
        return f"#{self.round_id} {self.action}"
