"""The credit line as the form writes it: rows of a name and what its bearer did."""

from typing import NamedTuple

ADD, REMOVE, UP, DOWN = "author-add", "author-remove", "author-up", "author-down"


class Credit(NamedTuple):
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
