"""The states of a round and the legal moves between them (rule 21)."""

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
