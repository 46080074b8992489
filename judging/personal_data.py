"""What judging holds about entrants: the awards they won. Judges' work stays."""

from django.utils.translation import ngettext

from accounts.personal_data import Holding, Prospect, Table, register
from judging.models import (
    Assignment,
    Award,
    Ballot,
    Candidate,
    Recusal,
    Score,
    Tally,
)
from judging.states import RoundState

OF_AUTHOR = "candidate__submission__author"
PUBLISHED = {"round__state": RoundState.PUBLISHED}


def _foretell(user, at):
    count = Award.objects.filter(**{OF_AUTHOR: user}, **PUBLISHED).count()
    if not count:
        return Prospect()
    words = ngettext(
        "%(count)s award in the published list, with the names given for the work.",
        "%(count)s awards in the published list, with the names given for the works.",
        count,
    )
    return Prospect(stays=[words % {"count": count}])


_PART_OF_THE_RESULT = (
    "Part of the contest's result, under a blind number and without a name."
)
_WORK_OF_JUDGES = (
    "What judges did is part of the result; whoever leaves was released before."
)

register(
    Holding(
        app="judging",
        tables=(Table(Award, OF_AUTHOR, only=PUBLISHED),),
        exempt={
            Candidate: _PART_OF_THE_RESULT,
            Tally: _PART_OF_THE_RESULT,
            Assignment: _WORK_OF_JUDGES,
            Ballot: _WORK_OF_JUDGES,
            Score: _WORK_OF_JUDGES,
            Recusal: _WORK_OF_JUDGES,
        },
        foretell=_foretell,
    )
)
