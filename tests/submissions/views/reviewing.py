"""The reviewers' desk, as its pages are asked for and answered."""

import datetime as dt

from submissions.services.screening import turn_of
from tests.factories.submissions import COLLECTING, make_handed_in


def waiting(contest, *, days=0, **fields):
    at = COLLECTING - dt.timedelta(days=days)
    return make_handed_in(contest, submitted_at=at, **fields)


def works(response):
    return [line.work for line in response.context["lines"]]


def desk(work, query=""):
    return f"/screening/{work.pk}/{query}"


def decided(work, decision="pass", **data):
    """What the form of the open page sends."""
    return {"turn": str(turn_of(work)), "decision": decision} | data
