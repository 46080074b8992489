"""What the organiser's two pages show: all rounds, and one round with its next step."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from accounts.queries import contests_run_by
from contests.models import AwardKind, Stage
from judging.award_lists import authors_line, in_title_marks, name_of_winner
from judging.forms import (
    AwardCountForm,
    CloseForm,
    JudgesForm,
    OtherAwardForm,
    WorkAwardForm,
)
from judging.history import history
from judging.models import Candidate, Round
from judging.permissions import can_run
from judging.queries import (
    candidates_without_judge,
    judged_stages,
    missing_ballots,
    panel,
    prize_groups_of,
    rounds_with_counts,
    submissions_for_round,
    submissions_in_screening,
)
from judging.states import (
    DECIDED,
    GATHERING,
    GIVING_OTHERS,
    GIVING_WORKS,
    RoundState,
)


@dataclass(frozen=True)
class StageRow:
    stage: Stage
    round: Round | None
    may_open: bool


def stage_rows(user) -> list[StageRow]:
    """Every judged stage of the contests the user runs, with its round if opened."""
    contests = list(contests_run_by(user))
    run = {contest.pk for contest in contests if can_run(user, contest)}
    opened = {round.stage_id: round for round in rounds_with_counts(contests)}
    return [
        StageRow(stage, opened.get(stage.pk), stage.contest_id in run)
        for stage in judged_stages(contests)
    ]


@dataclass(frozen=True)
class WorkRow:
    candidate: Candidate
    title: str
    authors: str


class RoundOverview:
    """One round for one reader; each part is read when the page comes to it."""

    def __init__(self, round: Round, *, user, group_key: str):
        self.round = round
        self._user = user
        self._group_key = group_key

    @cached_property
    def may_run(self) -> bool:
        return can_run(self._user, self.round.contest)

    @cached_property
    def counts(self) -> Round:
        return rounds_with_counts([self.round.contest_id]).get(pk=self.round.pk)

    @property
    def is_gathering(self) -> bool:
        return self.round.state in GATHERING

    @property
    def has_tallies(self) -> bool:
        return not self.is_gathering

    @property
    def may_select(self) -> bool:
        return self.may_run and self.round.state == RoundState.CLOSED

    @property
    def may_give_others(self) -> bool:
        return self.may_run and self.round.state in GIVING_OTHERS

    @property
    def may_set_counts(self) -> bool:
        return self.may_run and self.round.state != RoundState.PUBLISHED

    @property
    def path(self):
        """The states of a round in order, with where the round is among them."""
        now = RoundState.values.index(self.round.state)
        return [
            {"label": state.label, "where": _where(step, now)}
            for step, state in enumerate(RoundState)
        ]

    @property
    def step_template(self) -> str:
        """The part of the page with the next verb, if there is one for this reader."""
        if not self.may_run or self.round.state == RoundState.PUBLISHED:
            return ""
        return f"judging/steps/{self.round.state}.html"

    @cached_property
    def final_to_open(self) -> Stage | None:
        """The annual final, once this selection is decided and as long as it waits."""
        if self.round.is_final or not self.may_run or self.round.state not in DECIDED:
            return None
        finals = self.round.contest.stages.filter(kind=Stage.Kind.FINAL)
        return finals.filter(round=None).first()

    # --- Before the scores are closed ----------------------------------------
    @cached_property
    def panel(self):
        return list(panel(self.round))

    @cached_property
    def judges_form(self):
        return JudgesForm(round=self.round)

    @cached_property
    def close_form(self):
        return CloseForm()

    @cached_property
    def late_works(self) -> int:
        """Accepted works of the window that are not in the round yet."""
        works = submissions_for_round(self.round.stage)
        return works.exclude(candidates__round=self.round).count()

    @cached_property
    def in_screening(self) -> int:
        if self.round.is_final:
            return 0
        return submissions_in_screening(self.round.stage).count()

    @cached_property
    def without_judge(self) -> int:
        return candidates_without_judge(self.round).count()

    @cached_property
    def missing_ballots(self) -> int:
        return missing_ballots(self.round)

    # --- Works ---------------------------------------------------------------
    @cached_property
    def groups(self):
        return list(prize_groups_of(self.round))

    @cached_property
    def group(self):
        """The prize group looked at: the one asked for, else the first."""
        asked_for = [group for group in self.groups if group.key == self._group_key]
        return next(iter(asked_for or self.groups), None)

    @cached_property
    def works(self) -> list[WorkRow]:
        """The works of the prize group looked at, best first once they are ranked."""
        candidates = (
            self.round.candidates.standing()
            .filter(prize_group=self.group)
            .with_ballot_counts()
            .select_related("submission__category", "tally")
            .prefetch_related("submission__authors", "awards__kind")
            .ranked()
        )
        return [
            WorkRow(
                candidate,
                title=in_title_marks(candidate.submission.title),
                authors=authors_line(candidate.submission),
            )
            for candidate in candidates
        ]

    # --- Awards --------------------------------------------------------------
    @cached_property
    def award_counts(self):
        """Each kind of award with its number, its form and the awards given."""
        given = list(
            self.round.awards.select_related("candidate__submission", "organisation")
        )
        return [
            {
                "places": places,
                "form": AwardCountForm(
                    initial={"count": places.count}, auto_id=f"id_{places.pk}_%s"
                ),
                "awards": [
                    self._award_row(award)
                    for award in given
                    if award.kind_id == places.kind_id
                ],
            }
            for places in self.round.award_counts.select_related("kind")
        ]

    @property
    def awards_given(self) -> int:
        return sum(len(each["awards"]) for each in self.award_counts)

    def _award_row(self, award):
        giving = GIVING_WORKS if award.candidate_id else GIVING_OTHERS
        return {
            "award": award,
            "name": name_of_winner(award),
            "may_be_taken_back": self.may_run and self.round.state in giving,
        }

    @cached_property
    def work_award_form(self):
        return WorkAwardForm(round=self.round)

    @cached_property
    def other_award_form(self):
        return OtherAwardForm(round=self.round)

    @cached_property
    def gives_other_awards(self) -> bool:
        subject = AwardKind.Subject.SUBMISSION
        return self.round.award_counts.exclude(kind__subject=subject).exists()

    @cached_property
    def history(self):
        return history(self.round)


def _where(step, now):
    return "done" if step < now else "now" if step == now else "coming"
