"""The credit line: whom a work is shown with, and how the form writes it."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from submissions.models import Submission

ADD, REMOVE, UP, DOWN = "author-add", "author-remove", "author-up", "author-down"


def credits_of(work: Submission) -> list[str]:
    """Everybody to be named wherever the work is shown (rule 83), each with what they
    did, then the organisation that entered it; `authors` should be loaded."""
    names = [author.credit for author in work.authors.all()]
    is_body = work.entrant == Submission.Entrant.ORGANISATION
    body = [work.organisation_name] if is_body and work.organisation_name else []
    return [*names, *body] or [name for name in [work.entrant_name] if name]


def credit_line(work: Submission) -> str:
    return _(", ").join(credits_of(work))


class Credit(NamedTuple):
    """A row of the form: a name and what its bearer did."""

    name: str
    role: str = ""


def rearranged(rows: list[Credit], do: str) -> list[Credit]:
    """The rows after a button was pressed, as `author-up-2`; rows count from 1."""
    action, _dash, number = do.rpartition("-")
    at = int(number) - 1 if number.isdecimal() and len(number) < 4 else -1
    if not 0 <= at < len(rows):
        return rows
    rows = list(rows)
    row = rows.pop(at)
    places = {UP: max(at - 1, 0), DOWN: at + 1}
    if action in places:
        rows.insert(places[action], row)
    elif action != REMOVE:
        rows.insert(at, row)
    return rows
