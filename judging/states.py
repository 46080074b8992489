"""The states of a round, the legal moves between them (rule 21), what it remembers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    JUDGING = "judging", _("Judging")
    CLOSED = "closed", _("Scores closed")
    CONFIRMED = "confirmed", _("Selection confirmed")
    PUBLISHED = "published", _("Published")


TRANSITIONS = {
    RoundState.DRAFT: {RoundState.JUDGING},
    RoundState.JUDGING: {RoundState.CLOSED},
    RoundState.CLOSED: {RoundState.CONFIRMED},
    RoundState.CONFIRMED: {RoundState.PUBLISHED},
    RoundState.PUBLISHED: set(),
}

# The panel and the candidates may still change.
GATHERING = {RoundState.DRAFT, RoundState.JUDGING}
# The selection is fixed: the annual final draws on it (rule 20).
DECIDED = {RoundState.CONFIRMED, RoundState.PUBLISHED}
# Awards for works come out of the scores; the others may follow until publication.
GIVING_WORKS = {RoundState.CLOSED}
GIVING_OTHERS = {RoundState.CLOSED, RoundState.CONFIRMED}


class RoundAction(models.TextChoices):
    OPENED = "opened", _("Round opened")
    TAKEN_IN = "taken_in", _("Late works taken in")
    ASSIGNED = "assigned", _("Judges assigned")
    RELEASED = "released", _("Judge released")
    STARTED = "started", _("Judging started")
    RECUSED = "recused", _("Judge stepped back from a work")
    RECUSAL_UNDONE = "recusal_undone", _("Judge took a work up again")
    CLOSED = "closed", _("Scores closed")
    SELECTED = "selected", _("Works selected")
    UNSELECTED = "unselected", _("Selection taken back")
    COUNT_SET = "count_set", _("Number of awards set")
    AWARDED = "awarded", _("Award given")
    AWARD_TAKEN_BACK = "award_taken_back", _("Award taken back")
    CONFIRMED = "confirmed", _("Selection confirmed")
    PUBLISHED = "published", _("Results published")
    DROPPED_OUT = "dropped_out", _("A work left the contest")


class BallotProgress(models.TextChoices):
    OPEN = "open", _("Not scored yet")
    PARTIAL = "partial", _("Partly scored")
    DONE = "done", _("Scored")
    RECUSED = "recused", _("Stepped back")


UNFINISHED = {BallotProgress.OPEN, BallotProgress.PARTIAL}
